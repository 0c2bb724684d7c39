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

package io.github.healthstarter.mode;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

import io.github.healthstarter.text.TextLine;

/**
 * What an operator asks for.
 *
 * @param mode the mode
 * @param reason why, one line of at most {@value #MAX_TEXT} characters
 * @param by who asks, one line of at most {@value #MAX_TEXT} characters
 * @param until when it is to end by itself, {@code null} for never
 */
public record ModeRequest(Mode mode, @Nullable String reason, @Nullable String by, @Nullable Instant until) {

	private static final int MAX_TEXT = 300;

	private static final Set<String> NAMES = Set.of("mode", "reason", "by", "until", "for");

	public ModeRequest {
		reason = line(reason);
		by = line(by);
	}

	/**
	 * Read a request as it is sent.
	 * @param values {@code mode}, and where wanted {@code reason}, {@code by} and either
	 * {@code until} (a date and time of ISO 8601 with an offset) or {@code for} (a
	 * duration such as {@code 30m} or {@code PT30M})
	 * @param now what {@code for} counts from
	 * @return the request
	 * @throws IllegalArgumentException saying what is wrong, and how it is to be put
	 * right
	 */
	public static ModeRequest parse(Map<String, ?> values, Instant now) {
		requireKnown(values.keySet());
		Mode mode = Mode.of(values.get("mode"));
		return new ModeRequest(mode, text(values, "reason"), text(values, "by"),
				end(text(values, "until"), text(values, "for"), now));
	}

	private static void requireKnown(Set<String> names) {
		Set<String> unknown = new TreeSet<>(names);
		unknown.removeAll(NAMES);
		if (!unknown.isEmpty()) {
			throw new IllegalArgumentException(
					"'" + line(unknown.iterator().next()) + "' is unknown, there are mode, reason, by, until and for");
		}
	}

	private static @Nullable String text(Map<String, ?> values, String name) {
		Object value = values.get(name);
		if (value == null || value instanceof String) {
			return (String) value;
		}
		throw new IllegalArgumentException("'" + name + "' must be a text");
	}

	private static @Nullable Instant end(@Nullable String until, @Nullable String duration, Instant now) {
		if (until != null && duration != null) {
			throw new IllegalArgumentException("'until' and 'for' exclude each other");
		}
		if (duration != null) {
			return after(now, duration);
		}
		return (until != null) ? parse(until) : null;
	}

	private static Instant after(Instant now, String duration) {
		try {
			Duration span = DurationFormatterUtils.detectAndParse(duration);
			if (!span.isNegative() && !span.isZero()) {
				return now.plus(span);
			}
		}
		catch (ArithmeticException | DateTimeException | IllegalArgumentException ex) {
			// The same advice as for a duration that is not above zero
		}
		throw new IllegalArgumentException("'for' must be a duration above zero, such as 30m or PT30M");
	}

	private static Instant parse(String until) {
		try {
			return OffsetDateTime.parse(until).toInstant();
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException("'until' must be a date and time such as 2026-01-02T03:04:05Z", ex);
		}
	}

	private static @Nullable String line(@Nullable String text) {
		return (text != null) ? TextLine.of(text, MAX_TEXT) : null;
	}

}
