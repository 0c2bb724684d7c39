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

import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

import io.github.healthstarter.body.DrainBody;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.health.HealthMonitor;

/**
 * Actuator endpoint that shows, begins and cancels a drain. Actuator's own exposure,
 * access and security decide who may call it; by default it is read-only.
 */
@Endpoint(id = "drain", defaultAccess = Access.READ_ONLY)
public final class DrainEndpoint {

	private final DrainController drain;

	private final HealthMonitor health;

	private final Predicate<SecurityContext> detailed;

	/**
	 * Create the endpoint.
	 * @param drain the drain
	 * @param health the health of the instance
	 * @param detailed whether a caller gets what a drain waits for, by name
	 */
	public DrainEndpoint(DrainController drain, HealthMonitor health, Predicate<SecurityContext> detailed) {
		this.drain = drain;
		this.health = health;
		this.detailed = detailed;
	}

	/**
	 * Return the drain.
	 * @param caller the caller
	 * @return the state of the instance and the progress of its drain
	 */
	@ReadOperation
	public Map<String, Object> drain(SecurityContext caller) {
		return body(this.drain.progress(), caller);
	}

	/**
	 * Begin a drain, or leave one that is under way as it is. Returns at once: an
	 * operation with a parameter, be it the caller, would refuse a request without a body
	 * of JSON.
	 * @return the state of the instance and the progress of its drain
	 */
	@WriteOperation
	public Map<String, Object> begin() {
		return body(this.drain.begin(DrainTrigger.ACTUATOR, Duration.ZERO), SecurityContext.NONE);
	}

	/**
	 * Cancel the drain, unless the process is going to end.
	 * @param caller the caller
	 * @return the state of the instance, and the progress of a drain that could not be
	 * cancelled
	 */
	@DeleteOperation
	public Map<String, Object> cancel(SecurityContext caller) {
		this.drain.cancel();
		return drain(caller);
	}

	private Map<String, Object> body(@Nullable DrainProgress progress, SecurityContext caller) {
		return OperationResponseBody.of(DrainBody.of(this.health.snapshot(), progress, this.detailed.test(caller)));
	}

}
