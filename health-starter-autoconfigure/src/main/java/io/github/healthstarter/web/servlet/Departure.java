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

import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.lifecycle.LifecyclePhase;

/**
 * Asks clients to move on while the instance is going away. Safe for use by any thread.
 */
public final class Departure {

	private final Lifecycle lifecycle;

	private final boolean envoyHeaders;

	/**
	 * Create it.
	 * @param lifecycle tells whether the instance is going away
	 * @param envoyHeaders whether answers also tell Envoy
	 */
	public Departure(Lifecycle lifecycle, boolean envoyHeaders) {
		this.lifecycle = lifecycle;
		this.envoyHeaders = envoyHeaders;
	}

	/**
	 * Say in an answer that the connection ends with it, where the instance is going away
	 * and the headers can still be changed. A connection that changes to another protocol
	 * is left alone, and so is one of HTTP/2, which knows no such header.
	 * @param request the request
	 * @param response the answer to it
	 */
	void announce(ServletRequest request, HttpServletResponse response) {
		LifecyclePhase phase = this.lifecycle.phase();
		boolean leaving = phase == LifecyclePhase.DRAINING || phase == LifecyclePhase.STOPPING;
		if (!leaving || response.isCommitted() || response.getStatus() == HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
			return;
		}
		if (request.getProtocol().startsWith("HTTP/1")) {
			response.setHeader("Connection", "close");
		}
		if (this.envoyHeaders) {
			response.setHeader("x-envoy-immediate-health-check-fail", "true");
		}
	}

}
