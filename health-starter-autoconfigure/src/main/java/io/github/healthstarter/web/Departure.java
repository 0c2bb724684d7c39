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

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.lifecycle.LifecyclePhase;

/**
 * Asks clients to move on while the instance is going away. Safe for use by any thread.
 */
public final class Departure {

	private final Lifecycle lifecycle;

	private volatile boolean envoyHeaders;

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
	 * Whether the instance is going away.
	 * @return {@code true} where clients are to move on
	 */
	public boolean isUnderWay() {
		LifecyclePhase phase = this.lifecycle.phase();
		return phase == LifecyclePhase.DRAINING || phase == LifecyclePhase.STOPPING;
	}

	/**
	 * Tell Envoy, or no longer.
	 * @param envoyHeaders whether answers also tell Envoy
	 */
	public void use(boolean envoyHeaders) {
		this.envoyHeaders = envoyHeaders;
	}

	/**
	 * Return the headers that an answer gets, where the instance is going away. One of
	 * HTTP/2 does not say that its connection ends: that protocol knows no such header.
	 * @param protocol the protocol of the request, such as {@code HTTP/1.1}
	 * @return the headers, empty where the instance stays
	 */
	public Map<String, String> headers(String protocol) {
		if (!isUnderWay()) {
			return Map.of();
		}
		Map<String, String> headers = new LinkedHashMap<>();
		if (protocol.startsWith("HTTP/1")) {
			headers.put("Connection", "close");
		}
		if (this.envoyHeaders) {
			headers.put("x-envoy-immediate-health-check-fail", "true");
		}
		return headers;
	}

}
