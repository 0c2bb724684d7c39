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

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import io.github.healthstarter.drain.DrainWait;

/**
 * How long a caller wants to wait for the end of a drain, as its query has it.
 */
final class DrainQuery {

	private DrainQuery() {
	}

	/**
	 * Read the wait.
	 * @param query the query
	 * @param maxWait the longest wait
	 * @return the wait, zero where none is asked for
	 * @throws IllegalArgumentException if it is no duration, negative or too long
	 */
	static Duration wait(@Nullable String query, Duration maxWait) {
		Duration wait = Duration.ZERO;
		for (String parameter : StringUtils.delimitedListToStringArray(query, "&")) {
			int equals = parameter.indexOf('=');
			String name = ProbeQuery.decode((equals < 0) ? parameter : parameter.substring(0, equals));
			if (DrainWait.PARAMETER.equals(name)) {
				wait = DrainWait.parse(ProbeQuery.decode((equals < 0) ? "" : parameter.substring(equals + 1)), maxWait);
			}
		}
		return wait;
	}

}
