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
 * How far a participant of a drain has come.
 *
 * @param name its name
 * @param inFlight how much of its work is under way, {@code null} where it has not said
 * @param oldestAge for how long the oldest piece has been under way at the least,
 * {@code null} where it is not known
 * @param failure why it is not waited for, {@code null} where nothing is wrong
 */
public record ParticipantProgress(String name, @Nullable Long inFlight, @Nullable Duration oldestAge,
		@Nullable String failure) {

	boolean isAwaited() {
		return this.failure == null && !isFinished();
	}

	boolean isFinished() {
		return this.failure == null && this.inFlight != null && this.inFlight == 0;
	}

	/**
	 * Return the participant and what is known of it, for people.
	 * @return the name, followed by the failure or the number in brackets
	 */
	String text() {
		Object state = (this.failure != null) ? this.failure : this.inFlight;
		return (state != null) ? this.name + " (" + state + ")" : this.name;
	}

}
