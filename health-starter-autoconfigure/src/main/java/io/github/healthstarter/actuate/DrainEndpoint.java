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

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.health.HealthMonitor;

/**
 * Actuator's endpoint that looks at, begins and undoes a drain. Who may call it is
 * decided by Actuator's own exposure, access and security; unless it is told otherwise,
 * it only lets look.
 */
@Endpoint(id = "drain", defaultAccess = Access.READ_ONLY)
public final class DrainEndpoint {

	private final DrainController drain;

	private final HealthMonitor health;

	/**
	 * Create the endpoint.
	 * @param drain the drain
	 * @param health tells the state of the instance
	 */
	public DrainEndpoint(DrainController drain, HealthMonitor health) {
		this.drain = drain;
		this.health = health;
	}

	/**
	 * Look at the drain.
	 * @return the state of the instance and the drain's progress
	 */
	@ReadOperation
	public DrainDescriptor drain() {
		return DrainDescriptor.of(this.health.snapshot(), this.drain.progress());
	}

	/**
	 * Begin a drain; one that is under way is left as it is.
	 * @return the state of the instance and the drain's progress
	 */
	@WriteOperation
	public DrainDescriptor begin() {
		return begin(Duration.ZERO, false);
	}

	DrainDescriptor begin(Duration limit, boolean inFlight) {
		DrainProgress progress = this.drain.begin(DrainTrigger.ACTUATOR, limit, inFlight);
		return DrainDescriptor.of(this.health.snapshot(), progress);
	}

	Duration maxWait() {
		return this.drain.maxWait();
	}

	/**
	 * Undo the drain, unless the process is going to end.
	 * @return the state of the instance and, where it could not be undone, the drain's
	 * progress
	 */
	@DeleteOperation
	public DrainDescriptor cancel() {
		this.drain.cancel();
		return drain();
	}

}
