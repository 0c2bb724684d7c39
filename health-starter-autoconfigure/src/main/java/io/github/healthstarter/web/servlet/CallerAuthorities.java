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

package io.github.healthstarter.web.servlet;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Knows what the callers of the application may do. Asked ahead of every filter, so by a
 * request that nobody has authenticated yet.
 */
@FunctionalInterface
public interface CallerAuthorities {

	/**
	 * Whether a caller proves with its request who it is, and has an authority. Never
	 * throws; the request is not answered.
	 * @param request the request
	 * @param authority the authority
	 * @return {@code true} where it has
	 */
	boolean has(HttpServletRequest request, String authority);

}
