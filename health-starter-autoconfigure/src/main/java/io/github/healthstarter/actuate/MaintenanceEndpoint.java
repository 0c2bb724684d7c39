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

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

import io.github.healthstarter.mode.ModeController;

/**
 * Actuator's endpoint that looks at, enters and leaves a mode. Who may call it is decided
 * by Actuator's own exposure, access and security; unless it is told otherwise, it only
 * lets look.
 */
@Endpoint(id = "maintenance", defaultAccess = Access.READ_ONLY)
public final class MaintenanceEndpoint {

	private final ModeController modes;

	/**
	 * Create the endpoint.
	 * @param modes the modes
	 */
	public MaintenanceEndpoint(ModeController modes) {
		this.modes = modes;
	}

	/**
	 * Look at the mode.
	 * @return the mode that holds
	 */
	@ReadOperation
	public ModeDescriptor maintenance() {
		return ModeDescriptor.of(this.modes.state());
	}

	/**
	 * Enter a mode.
	 * @param mode {@code maintenance}, {@code read-only} or {@code normal}
	 * @param reason why
	 * @param by who asks
	 * @param until when it is to end, a date and time of ISO 8601 with an offset
	 * @param duration in how long it is to end, such as {@code 30m}; called {@code for}
	 * in a request, as no parameter can be
	 * @return the mode that holds now
	 * @throws InvalidEndpointRequestException saying what is wrong
	 */
	@WriteOperation
	public ModeDescriptor enter(String mode, @Nullable String reason, @Nullable String by, @Nullable String until,
			@Nullable String duration) {
		Map<String, @Nullable String> values = new HashMap<>();
		values.put("mode", mode);
		values.put("reason", reason);
		values.put("by", by);
		values.put("until", until);
		values.put("for", duration);
		return ModeDescriptor.of(EndpointRequest.read(() -> this.modes.enter(values)));
	}

	/**
	 * Return to normal.
	 * @return the mode that holds now
	 */
	@DeleteOperation
	public ModeDescriptor leave() {
		return ModeDescriptor.of(this.modes.leave());
	}

}
