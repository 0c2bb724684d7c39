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

package io.github.healthstarter.actuate;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

import io.github.healthstarter.probe.HealthMonitor;

/**
 * Actuator's endpoint that shows where the instance and its checks stand, and how they
 * came to. It runs no check.
 */
@Endpoint(id = "checks")
public final class ChecksEndpoint {

	private final HealthMonitor health;

	/**
	 * Create the endpoint.
	 * @param health tells the states
	 */
	public ChecksEndpoint(HealthMonitor health) {
		this.health = health;
	}

	/**
	 * Look at the checks.
	 * @return the state of the instance, all checks, and the history of each
	 */
	@ReadOperation
	public ChecksDescriptor checks() {
		return ChecksDescriptor.of(this.health.snapshot(), this.health.history());
	}

}
