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

package io.github.healthstarter.text;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * Prints durations the way they are written in properties, such as {@code 250ms} and
 * {@code 2s}, in every locale alike.
 */
public final class DurationText {

	private static final long NANOS_PER_MICRO = ChronoUnit.MICROS.getDuration().toNanos();

	private static final long NANOS_PER_MILLI = ChronoUnit.MILLIS.getDuration().toNanos();

	private DurationText() {
	}

	/**
	 * Print a duration as it has been measured: in milliseconds below a second, otherwise
	 * in seconds and tenths.
	 * @param duration the duration
	 * @return the rounded duration
	 */
	public static String rounded(Duration duration) {
		if (duration.toMillis() < 1000) {
			return duration.toMillis() + "ms";
		}
		long tenths = Math.round(duration.toMillis() / 100.0);
		return (tenths % 10 == 0) ? tenths / 10 + "s" : tenths / 10 + "." + tenths % 10 + "s";
	}

	/**
	 * Print a duration as it has been configured.
	 * @param duration the duration
	 * @return the exact duration in seconds, or in the largest smaller unit of which it
	 * has a whole number
	 */
	public static String exact(Duration duration) {
		int nanos = duration.toNanosPart();
		if (nanos == 0) {
			return duration.toSeconds() + "s";
		}
		if (nanos % NANOS_PER_MILLI == 0) {
			return duration.toMillis() + "ms";
		}
		return (nanos % NANOS_PER_MICRO == 0) ? duration.toNanos() / NANOS_PER_MICRO + "us" : duration.toNanos() + "ns";
	}

}
