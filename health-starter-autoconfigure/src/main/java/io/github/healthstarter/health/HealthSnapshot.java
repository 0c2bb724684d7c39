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

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.check.CheckSnapshot;
import io.github.healthstarter.lifecycle.LifecyclePhase;
import io.github.healthstarter.lifecycle.LifecycleState;
import io.github.healthstarter.lifecycle.LifecycleState.ContextState;
import io.github.healthstarter.liveness.Liveness;
import io.github.healthstarter.mode.ModeState;

/**
 * The picture that every probe answers from: code, status, state and reason all come from
 * one. Immutable.
 *
 * @param state the state of the instance
 * @param reason the reason for not simply running, {@code null} if it is; for trusted
 * readers only
 * @param since when this state began
 * @param started whether startup is complete
 * @param startOver whether the start is over: startup is complete, the application is
 * ready, and every required check has had a first result. From then on the state is never
 * {@code STARTING}, and a check that arrives later does not count before its first result
 * @param lifecycle where the application is in its life
 * @param liveness what the liveness signals found
 * @param checks where the checks stand
 * @param mode what an operator has asked for
 * @param freshUntil the reading of the time source after which this has to be composed
 * again
 */
public record HealthSnapshot(HealthState state, @Nullable String reason, Instant since, boolean started,
		boolean startOver, LifecycleState lifecycle, Liveness liveness, CheckSnapshot checks, ModeState mode,
		long freshUntil) {

	/**
	 * Whether the state is what an operator has asked for, and nothing else causes it:
	 * the end of the mode is then its end.
	 * @return {@code true} if only the mode stands between this and a better state
	 */
	public boolean isByOperator() {
		return switch (this.mode.mode()) {
			case NORMAL -> false;
			case READ_ONLY -> this.state == HealthState.READ_ONLY && !this.checks.preventWrites();
			case MAINTENANCE -> this.state == HealthState.MAINTENANCE && !this.lifecycle.refusing()
					&& this.lifecycle.context() == ContextState.RUNNING && this.startOver
					&& !this.checks.requiredDown();
		};
	}

	/**
	 * Whether writes may be sent to the instance.
	 * @return {@code true} where it is ready and not read-only
	 */
	public boolean servesWrites() {
		return this.state.isReady() && this.state != HealthState.READ_ONLY;
	}

	/**
	 * Return this picture as if some checks were not there: the state is the one that
	 * would hold, and a startup that waits for nothing but them would be complete.
	 * @param names their exact names; those that there are not are ignored
	 * @return this snapshot where there is none of them, else a new one with
	 * {@code since} as it is here
	 */
	public HealthSnapshot without(Set<String> names) {
		CheckSnapshot rest = this.checks.without(names);
		if (rest == this.checks) {
			return this;
		}
		boolean started = this.started || (this.lifecycle.phase() == LifecyclePhase.STARTING
				&& this.lifecycle.isRefreshed() && rest.requiredHavePassed());
		boolean startOver = this.startOver || isStartOver(started, this.lifecycle, rest);
		HealthState state = HealthState.of(HealthConditions.of(startOver, HealthState.STARTING, this.lifecycle,
				this.liveness, rest, this.mode.mode()));
		return new HealthSnapshot(state, HealthReason.of(state, this.lifecycle, this.liveness, rest, this.mode),
				this.since, started, startOver, this.lifecycle, this.liveness, rest, this.mode, this.freshUntil);
	}

	static boolean isStartOver(boolean started, LifecycleState lifecycle, CheckSnapshot checks) {
		return started && lifecycle.isReady() && !checks.requiredPending();
	}

	/**
	 * Whether a probe passes.
	 * @param probe the probe
	 * @return {@code true} for an answer of 200, {@code false} for one of 503
	 */
	public boolean passes(Probe probe) {
		return switch (probe) {
			case LIVENESS -> this.state.isLive();
			case READINESS -> this.state.isReady();
			case STARTUP -> this.started;
		};
	}

}
