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
import java.util.function.BooleanSupplier;

import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.lifecycle.LifecyclePhase;

/**
 * Headers that ask clients to move on while the instance is draining. Safe for use by any
 * thread.
 */
public final class DrainHeaders {

	private final Lifecycle lifecycle;

	private final BooleanSupplier envoyHeaders;

	/**
	 * Create the headers.
	 * @param lifecycle the lifecycle of the instance
	 * @param envoyHeaders whether Envoy gets a header of its own, read for each answer
	 */
	public DrainHeaders(Lifecycle lifecycle, BooleanSupplier envoyHeaders) {
		this.lifecycle = lifecycle;
		this.envoyHeaders = envoyHeaders;
	}

	/**
	 * Whether the instance is draining, or has been drained and is stopping.
	 * @return {@code true} if clients are to move on
	 */
	public boolean isDraining() {
		LifecyclePhase phase = this.lifecycle.phase();
		return phase == LifecyclePhase.DRAINING || phase == LifecyclePhase.STOPPING;
	}

	/**
	 * Return the headers that an answer gets. HTTP/2 has none to end a connection with.
	 * @param protocol the protocol of the request, such as {@code HTTP/1.1}
	 * @return the headers, empty unless the instance is draining
	 */
	public Map<String, String> headers(String protocol) {
		if (!isDraining()) {
			return Map.of();
		}
		Map<String, String> headers = new LinkedHashMap<>();
		if (protocol.startsWith("HTTP/1")) {
			headers.put("Connection", "close");
		}
		if (this.envoyHeaders.getAsBoolean()) {
			headers.put("x-envoy-immediate-health-check-fail", "true");
		}
		return headers;
	}

}
