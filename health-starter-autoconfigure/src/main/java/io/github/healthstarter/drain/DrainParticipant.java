/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.healthstarter.drain;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Work of the application that takes part in drains: it takes no more once draining, and
 * a drain waits until what it has begun is finished. Beans of this type are found by
 * themselves.
 * <p>
 * All methods but {@link #name()} are called on a thread that is this participant's own,
 * one at a time: {@link #startDraining()} and {@link #cancelDraining()} in turn,
 * beginning with the former. One that throws, or does not return within two seconds, is
 * not waited for as long as it is like that.
 */
public interface DrainParticipant {

	/**
	 * Return the name that logs and bodies show. Asked for once.
	 * @return the name, different from those of all others
	 */
	String name();

	/**
	 * Take no more work. What has been begun goes on.
	 */
	void startDraining();

	/**
	 * Take work again: the drain has been undone.
	 */
	void cancelDraining();

	/**
	 * Return how much work has been begun and is not finished. Asked for again and again
	 * while a drain waits.
	 * @return the number of pieces
	 */
	long inFlight();

	/**
	 * Return for how long the oldest piece of work has been under way, at the least.
	 * @return the age, {@code null} where it is not known
	 */
	default @Nullable Duration oldestAge() {
		return null;
	}

}
