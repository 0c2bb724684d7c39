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
 * The format of an answer to a probe.
 */
enum Format {

	/**
	 * Actuator's shape, and what is given where nothing else is asked for.
	 */
	JSON("application/json"),

	/**
	 * The shape of the IETF draft {@code draft-inadarei-api-health-check-06}.
	 */
	HEALTH_JSON("application/health+json"),

	/**
	 * The shape of the Kubernetes API server.
	 */
	PLAIN("text/plain;charset=UTF-8");

	private final String contentType;

	Format(String contentType) {
		this.contentType = contentType;
	}

	String contentType() {
		return this.contentType;
	}

}
