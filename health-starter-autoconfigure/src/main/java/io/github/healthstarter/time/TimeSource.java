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

package io.github.healthstarter.time;

import java.time.Duration;
import java.time.Instant;

/**
 * A source of the time of day, for people, and of the elapsed time, for deadlines.
 * Implementations are safe for use by any thread.
 */
public interface TimeSource {

	/**
	 * Return the time of day.
	 * @return the current instant
	 */
	Instant instant();

	/**
	 * Return a reading that only ever grows, for measuring spans of time.
	 * @return nanoseconds since an arbitrary origin; compare by subtraction
	 * @see System#nanoTime()
	 */
	long nanos();

	/**
	 * Return the time that has passed since an earlier reading.
	 * @param nanos an earlier result of {@link #nanos()}
	 * @return the span, never negative
	 */
	default Duration since(long nanos) {
		return Duration.ofNanos(Math.max(0, nanos() - nanos));
	}

	/**
	 * Return the machine's own clocks.
	 * @return the system's time source
	 */
	static TimeSource system() {
		return SystemTimeSource.INSTANCE;
	}

}
