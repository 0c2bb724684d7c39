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

import io.github.healthstarter.web.Departure;

/**
 * Asks the client of a request to move on.
 */
final class ServletDeparture {

	private ServletDeparture() {
	}

	/**
	 * Say in an answer that the connection ends with it, where the instance is going away
	 * and the headers can still be changed. A connection that changes to another protocol
	 * is left alone.
	 * @param departure tells what there is to say
	 * @param request the request
	 * @param response the answer to it
	 */
	static void announce(Departure departure, ServletRequest request, HttpServletResponse response) {
		if (!response.isCommitted() && response.getStatus() != HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
			departure.headers(request.getProtocol()).forEach(response::setHeader);
		}
	}

}
