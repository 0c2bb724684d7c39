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

package io.github.healthstarter.web;

import java.time.DateTimeException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.StringUtils;

/**
 * Query of a request that begins a drain: how long the caller waits for its end.
 */
final class DrainQuery {

	private static final String WAIT = "wait";

	private DrainQuery() {
	}

	/**
	 * Parse the wait.
	 * @param query the query
	 * @param maxWait the longest wait
	 * @return the wait, zero if there is none in the query
	 * @throws IllegalArgumentException if it is no duration, negative or too long
	 */
	static Duration wait(@Nullable String query, Duration maxWait) {
		Duration wait = Duration.ZERO;
		for (String parameter : StringUtils.delimitedListToStringArray(query, "&")) {
			int equals = parameter.indexOf('=');
			if (WAIT.equals(ProbeQuery.decode((equals < 0) ? parameter : parameter.substring(0, equals)))) {
				wait = parse(ProbeQuery.decode((equals < 0) ? "" : parameter.substring(equals + 1)), maxWait);
			}
		}
		return wait;
	}

	private static Duration parse(@Nullable String text, Duration maxWait) {
		Duration wait = parse((text != null) ? text : "");
		if (wait.isNegative() || wait.compareTo(maxWait) > 0) {
			throw new IllegalArgumentException("'wait' must be from 0s to 'health.drain.max-wait', which is "
					+ DurationFormatterUtils.print(maxWait, DurationFormat.Style.COMPOSITE));
		}
		return wait;
	}

	private static Duration parse(String text) {
		try {
			return DurationFormatterUtils.detectAndParse(text);
		}
		catch (ArithmeticException | DateTimeException | IllegalArgumentException ex) {
			throw new IllegalArgumentException("'wait' must be a duration such as 20s, 500ms or PT20S", ex);
		}
	}

}
