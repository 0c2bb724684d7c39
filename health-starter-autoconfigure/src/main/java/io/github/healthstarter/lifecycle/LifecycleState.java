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

package io.github.healthstarter.lifecycle;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A picture of the lifecycle at one moment. Immutable; a transition that changes nothing
 * returns the same instance.
 *
 * @param runnersDone whether the context has been built and all runners have run
 * @param startup when and how fast startup was completed, {@code null} before
 * @param refusing whether the application itself refuses traffic
 * @param ending how near the end is
 * @param failure why startup failed, {@code null} where it did not
 */
public record LifecycleState(boolean runnersDone, @Nullable Startup startup, boolean refusing, Ending ending,
		@Nullable String failure) {

	static final LifecycleState INITIAL = new LifecycleState(false, null, false, Ending.NONE, null);

	/**
	 * Return the phase.
	 * @return the phase that holds
	 */
	public LifecyclePhase phase() {
		if (this.failure != null) {
			return LifecyclePhase.FAILED;
		}
		return switch (this.ending) {
			case STOPPING -> LifecyclePhase.STOPPING;
			case DRAINING -> LifecyclePhase.DRAINING;
			case NONE -> isStarted() ? LifecyclePhase.RUNNING : LifecyclePhase.STARTING;
		};
	}

	/**
	 * Whether startup has ever been completed.
	 * @return {@code true} from then on
	 */
	public boolean isStarted() {
		return this.startup != null;
	}

	LifecycleState withRunnersDone() {
		return this.runnersDone ? this
				: new LifecycleState(true, this.startup, this.refusing, this.ending, this.failure);
	}

	LifecycleState withStartup(Startup startup) {
		boolean possible = this.runnersDone && !isStarted() && this.failure == null && this.ending != Ending.STOPPING;
		return possible ? new LifecycleState(true, startup, this.refusing, this.ending, null) : this;
	}

	LifecycleState withRefusing(boolean refusing) {
		return (this.refusing == refusing) ? this
				: new LifecycleState(this.runnersDone, this.startup, refusing, this.ending, this.failure);
	}

	LifecycleState withDraining() {
		return (this.ending == Ending.NONE) ? withEnding(Ending.DRAINING) : this;
	}

	LifecycleState withoutDraining() {
		return (this.ending == Ending.DRAINING) ? withEnding(Ending.NONE) : this;
	}

	LifecycleState withStopping() {
		return (this.ending != Ending.STOPPING) ? withEnding(Ending.STOPPING) : this;
	}

	LifecycleState withFailure(String cause) {
		boolean possible = !isStarted() && this.failure == null;
		return possible ? new LifecycleState(this.runnersDone, null, this.refusing, this.ending, cause) : this;
	}

	private LifecycleState withEnding(Ending ending) {
		return new LifecycleState(this.runnersDone, this.startup, this.refusing, ending, this.failure);
	}

	/**
	 * The completion of startup.
	 *
	 * @param at when it was completed
	 * @param duration how long it took from the start of the process
	 */
	public record Startup(Instant at, Duration duration) {

	}

	/**
	 * How near the end is.
	 */
	public enum Ending {

		/**
		 * Nobody has asked for it.
		 */
		NONE,

		/**
		 * Balancers are moving traffic away.
		 */
		DRAINING,

		/**
		 * The context is being closed.
		 */
		STOPPING

	}

}
