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

import java.util.Map;
import java.util.function.Predicate;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

import io.github.healthstarter.body.StateBody;
import io.github.healthstarter.health.HealthMonitor;

/**
 * Actuator endpoint that shows the state of the instance and its checks, with the history
 * of each. It runs no check.
 */
@Endpoint(id = "checks")
public final class ChecksEndpoint {

	private final HealthMonitor health;

	private final Predicate<SecurityContext> detailed;

	/**
	 * Create the endpoint.
	 * @param health the health of the instance
	 * @param detailed whether a caller gets errors, details and reasons, which may name
	 * hosts, users and tables
	 */
	public ChecksEndpoint(HealthMonitor health, Predicate<SecurityContext> detailed) {
		this.health = health;
		this.detailed = detailed;
	}

	/**
	 * Return the checks.
	 * @param caller the caller
	 * @return the state of the instance, all checks, and the history of each
	 */
	@ReadOperation
	public Map<String, Object> checks(SecurityContext caller) {
		return OperationResponseBody
			.of(StateBody.withChecks(this.health.snapshot(), this.health.history(), this.detailed.test(caller)));
	}

}
