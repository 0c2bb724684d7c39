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

/**
 * The header that says when to come back (RFC 9110, 10.2.3).
 */
final class RetryAfter {

	private static final String NAME = "Retry-After";

	private RetryAfter() {
	}

	static HttpResponse add(HttpResponse response, @Nullable Duration remaining) {
		return (remaining != null) ? response.with(NAME, seconds(remaining)) : response;
	}

	// Whole seconds, and never too early
	private static String seconds(Duration remaining) {
		return String.valueOf(Math.max(1, remaining.plusNanos(999_999_999).toSeconds()));
	}

}
