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

package io.github.healthstarter.health;

import java.util.Locale;

/**
 * The state of the instance, in the order of precedence: where several hold, the later
 * one wins.
 */
public enum HealthState {

	/**
	 * Startup is not complete.
	 */
	STARTING("OUT_OF_SERVICE", true, false),

	/**
	 * All is well.
	 */
	RUNNING("UP", true, true),

	/**
	 * A check that does not take the instance out of traffic fails.
	 */
	DEGRADED("DEGRADED", true, true),

	/**
	 * Reads are served, writes are not to be sent.
	 */
	READ_ONLY("DEGRADED", true, true),

	/**
	 * A required check fails.
	 */
	FAILING("DOWN", true, false),

	/**
	 * The application, or an operator, refuses traffic.
	 */
	MAINTENANCE("OUT_OF_SERVICE", true, false),

	/**
	 * Balancers are moving traffic away.
	 */
	DRAINING("OUT_OF_SERVICE", true, false),

	/**
	 * The application context is being closed.
	 */
	STOPPING("OUT_OF_SERVICE", true, false),

	/**
	 * A liveness signal fails.
	 */
	BROKEN("DOWN", false, false),

	/**
	 * Startup failed.
	 */
	FAILED("DOWN", true, false);

	private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

	private final String status;

	private final boolean live;

	private final boolean ready;

	HealthState(String status, boolean live, boolean ready) {
		this.status = status;
		this.live = live;
		this.ready = ready;
	}

	/**
	 * Return the state as bodies, logs and metrics show it.
	 * @return the label
	 */
	public String label() {
		return this.label;
	}

	/**
	 * Return the status that goes with the state.
	 * @return a code of Spring Boot's, or {@code DEGRADED}
	 */
	public String status() {
		return this.status;
	}

	/**
	 * Whether the liveness probe passes.
	 * @return {@code false} where the process has to be restarted
	 */
	public boolean isLive() {
		return this.live;
	}

	/**
	 * Whether the readiness probe passes.
	 * @return {@code true} where the instance may get traffic
	 */
	public boolean isReady() {
		return this.ready;
	}

	/**
	 * Return the state that holds under given conditions.
	 * @param conditions the conditions
	 * @return the state of the highest precedence
	 */
	static HealthState of(HealthConditions conditions) {
		return switch (conditions.phase()) {
			case FAILED -> FAILED;
			case STOPPING -> conditions.alive() ? STOPPING : BROKEN;
			case DRAINING -> conditions.alive() ? DRAINING : BROKEN;
			case STARTING -> unready(conditions, conditions.held());
			case RUNNING -> unready(conditions, ready(conditions));
		};
	}

	private static HealthState unready(HealthConditions conditions, HealthState otherwise) {
		if (!conditions.alive()) {
			return BROKEN;
		}
		if (conditions.refusing()) {
			return MAINTENANCE;
		}
		return conditions.failing() ? FAILING : otherwise;
	}

	private static HealthState ready(HealthConditions conditions) {
		if (conditions.readOnly()) {
			return READ_ONLY;
		}
		return conditions.degraded() ? DEGRADED : RUNNING;
	}

}
