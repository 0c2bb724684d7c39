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

import io.github.healthstarter.check.CheckSnapshot;
import io.github.healthstarter.lifecycle.LifecyclePhase;
import io.github.healthstarter.lifecycle.LifecycleState;
import io.github.healthstarter.lifecycle.LifecycleState.ContextState;
import io.github.healthstarter.liveness.Liveness;
import io.github.healthstarter.mode.Mode;

/**
 * The conditions that decide about the state of the instance.
 *
 * @param held the state that holds while the start lasts and nothing else is the case
 * @param phase the lifecycle phase
 * @param alive whether no liveness signal fails
 * @param refusing whether the application, a stopped context or an operator refuses
 * traffic
 * @param failing whether a required check fails
 * @param readOnly whether writes are not to be sent
 * @param degraded whether a check restricts the instance without taking it out of traffic
 */
record HealthConditions(HealthState held, LifecyclePhase phase, boolean alive, boolean refusing, boolean failing,
		boolean readOnly, boolean degraded) {

	/**
	 * Return the conditions of one picture.
	 * @param startOver whether the start is over, see {@link HealthSnapshot#startOver()}
	 * @param held the state that holds while the start lasts and nothing else is the case
	 */
	static HealthConditions of(boolean startOver, HealthState held, LifecycleState lifecycle, Liveness liveness,
			CheckSnapshot checks, Mode mode) {
		LifecyclePhase phase = switch (lifecycle.phase()) {
			case STARTING, RUNNING -> startOver ? LifecyclePhase.RUNNING : LifecyclePhase.STARTING;
			case DRAINING, STOPPING, FAILED -> lifecycle.phase();
		};
		boolean refusing = lifecycle.refusing() || lifecycle.context() != ContextState.RUNNING
				|| mode == Mode.MAINTENANCE;
		return new HealthConditions(held, phase, liveness.isAlive(), refusing, checks.requiredDown(),
				checks.preventWrites() || mode == Mode.READ_ONLY, checks.degrade());
	}

}
