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
 * @param stage how far the start has come
 * @param startup when and how fast startup was completed, {@code null} before
 * @param context whether the context runs, once it has been built
 * @param refusing whether the application itself refuses traffic
 * @param ending how near the end is
 * @param failure why startup failed, {@code null} if it did not
 */
public record LifecycleState(Stage stage, @Nullable Startup startup, ContextState context, boolean refusing,
		Ending ending, @Nullable String failure) {

	static final LifecycleState INITIAL = new LifecycleState(Stage.BUILDING, null, ContextState.RUNNING, false,
			Ending.NONE, null);

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
			case NONE -> (isStarted() && isReady()) ? LifecyclePhase.RUNNING : LifecyclePhase.STARTING;
		};
	}

	/**
	 * Whether startup has ever been completed.
	 * @return {@code true} from then on
	 */
	public boolean isStarted() {
		return this.startup != null;
	}

	/**
	 * Whether the context has been refreshed and its web server serves.
	 * @return {@code true} from then on
	 */
	public boolean isRefreshed() {
		return this.stage != Stage.BUILDING;
	}

	/**
	 * Whether the runners and ready listeners of the application have returned.
	 * @return {@code true} from then on
	 */
	public boolean isReady() {
		return this.stage == Stage.READY;
	}

	LifecycleState withStage(Stage stage) {
		return (stage.compareTo(this.stage) <= 0) ? this
				: new LifecycleState(stage, this.startup, this.context, this.refusing, this.ending, this.failure);
	}

	LifecycleState withStartup(Startup startup) {
		boolean possible = isRefreshed() && !isStarted() && this.failure == null && this.ending != Ending.STOPPING;
		return possible
				? new LifecycleState(this.stage, startup, this.context, this.refusing, this.ending, this.failure)
				: this;
	}

	// What is being closed is not stopped for a while, and only what is stopped starts
	// again
	LifecycleState withContext(ContextState context) {
		boolean possible = switch (context) {
			case STOPPED -> this.ending != Ending.STOPPING;
			case STARTED_AGAIN -> this.context == ContextState.STOPPED;
			case RUNNING -> this.context == ContextState.STARTED_AGAIN;
		};
		return (!possible || context == this.context) ? this
				: new LifecycleState(this.stage, this.startup, context, this.refusing, this.ending, this.failure);
	}

	LifecycleState withRefusing(boolean refusing) {
		return (this.refusing == refusing) ? this
				: new LifecycleState(this.stage, this.startup, this.context, refusing, this.ending, this.failure);
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
		boolean possible = !isReady() && this.failure == null;
		return possible ? new LifecycleState(this.stage, this.startup, this.context, this.refusing, this.ending, cause)
				: this;
	}

	private LifecycleState withEnding(Ending ending) {
		return new LifecycleState(this.stage, this.startup, this.context, this.refusing, ending, this.failure);
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
	 * How far the start has come.
	 */
	public enum Stage {

		/**
		 * The context is being built.
		 */
		BUILDING,

		/**
		 * The context has been refreshed and its web server serves; runners and ready
		 * listeners run.
		 */
		REFRESHED,

		/**
		 * Runners and ready listeners have returned.
		 */
		READY

	}

	/**
	 * Whether the context runs. Spring can stop a context, and start it again, without
	 * closing it.
	 */
	public enum ContextState {

		/**
		 * It runs, or is being built.
		 */
		RUNNING,

		/**
		 * It has been stopped, its web server included.
		 */
		STOPPED,

		/**
		 * It runs again, and its checks have not passed since.
		 */
		STARTED_AGAIN

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
