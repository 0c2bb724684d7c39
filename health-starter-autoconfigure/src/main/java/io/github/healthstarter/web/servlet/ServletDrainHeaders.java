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

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.github.healthstarter.web.DrainHeaders;

/**
 * Sets the drain headers of responses.
 */
final class ServletDrainHeaders {

	private ServletDrainHeaders() {
	}

	/**
	 * Set the drain headers of a response, if the instance is draining and the headers
	 * can still be changed. A connection that changes to another protocol is left alone.
	 * @param drainHeaders the headers
	 * @param request the request
	 * @param response the answer to it
	 */
	static void announce(DrainHeaders drainHeaders, ServletRequest request, HttpServletResponse response) {
		if (!response.isCommitted() && response.getStatus() != HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
			drainHeaders.headers(request.getProtocol()).forEach(response::setHeader);
		}
	}

}
