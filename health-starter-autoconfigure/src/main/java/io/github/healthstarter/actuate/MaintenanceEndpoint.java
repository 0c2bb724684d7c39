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

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

import io.github.healthstarter.body.ModeBody;
import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.mode.ModeController;

/**
 * Actuator endpoint that shows, enters and leaves a mode. Actuator's own exposure, access
 * and security decide who may call it; by default it is read-only.
 */
@Endpoint(id = "maintenance", defaultAccess = Access.READ_ONLY)
public final class MaintenanceEndpoint {

	private final ModeController modes;

	private final HealthMonitor health;

	private final Predicate<SecurityContext> detailed;

	/**
	 * Create the endpoint.
	 * @param modes the modes
	 * @param health the health of the instance
	 * @param detailed whether a caller gets the reason and the operator
	 */
	public MaintenanceEndpoint(ModeController modes, HealthMonitor health, Predicate<SecurityContext> detailed) {
		this.modes = modes;
		this.health = health;
		this.detailed = detailed;
	}

	/**
	 * Return the mode.
	 * @param caller the caller
	 * @return the state of the instance and its mode
	 */
	@ReadOperation
	public Map<String, Object> maintenance(SecurityContext caller) {
		return OperationResponseBody.of(ModeBody.of(this.health.snapshot(), this.detailed.test(caller)));
	}

	/**
	 * Enter a mode.
	 * @param caller the caller
	 * @param mode {@code maintenance}, {@code read-only} or {@code normal}
	 * @param reason the reason
	 * @param by the operator
	 * @param until when the mode ends, a date and time of ISO 8601 with an offset
	 * @param duration after which time the mode ends, such as {@code 30m}; the admin path
	 * calls it {@code for}, as no parameter can be called
	 * @return the state of the instance and its mode
	 * @throws InvalidEndpointRequestException if a value cannot be understood
	 */
	@WriteOperation
	public Map<String, Object> enter(SecurityContext caller, String mode, @Nullable String reason, @Nullable String by,
			@Nullable String until, @Nullable String duration) {
		Map<String, @Nullable String> values = new HashMap<>();
		values.put("mode", mode);
		values.put("reason", reason);
		values.put("by", by);
		values.put("until", until);
		values.put("for", duration);
		try {
			this.modes.enter(values);
		}
		catch (IllegalArgumentException ex) {
			String problem = String.valueOf(ex.getMessage());
			throw new InvalidEndpointRequestException(problem, problem);
		}
		return maintenance(caller);
	}

	/**
	 * Leave the mode for {@code normal}.
	 * @param caller the caller
	 * @return the state of the instance and its mode
	 */
	@DeleteOperation
	public Map<String, Object> leave(SecurityContext caller) {
		this.modes.leave();
		return maintenance(caller);
	}

}
