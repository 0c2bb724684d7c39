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

/**
 * Answers the requests on one path. Never throws, and blocks only where it says so.
 */
@FunctionalInterface
public interface Route {

	/**
	 * Answer a request.
	 * @param request the request
	 * @return the answer
	 */
	HttpResponse answer(HttpRequest request);

	/**
	 * Whether the answer to a request may take its time, so that it must not be waited
	 * for on a thread that others need.
	 * @param request the request
	 * @return {@code true} where {@link #answer} may block
	 */
	default boolean mayWait(HttpRequest request) {
		return false;
	}

	/**
	 * How much of the body the answer to a request needs.
	 * @param request the request, its body not read
	 * @return how many bytes {@link #answer} reads of it at the most
	 */
	default int bodyLimit(HttpRequest request) {
		return 0;
	}

}
