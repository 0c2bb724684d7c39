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

package io.github.healthstarter.body;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Values in bodies.
 */
public final class BodyValues {

	private BodyValues() {
	}

	/**
	 * Put a value into a body, unless there is none.
	 * @param body the body
	 * @param key the key
	 * @param value the value, {@code null} for none
	 */
	public static void put(Map<String, Object> body, String key, @Nullable Object value) {
		if (value != null) {
			body.put(key, value);
		}
	}

	/**
	 * Return a time as bodies have it.
	 * @param instant the time
	 * @return the time in ISO 8601, to the millisecond
	 */
	public static String time(Instant instant) {
		return instant.truncatedTo(ChronoUnit.MILLIS).toString();
	}

	/**
	 * Return a short duration as bodies have it.
	 * @param duration the duration
	 * @return the milliseconds, to one decimal place
	 */
	public static double millis(Duration duration) {
		return Math.round(duration.toNanos() / 100_000.0) / 10.0;
	}

}
