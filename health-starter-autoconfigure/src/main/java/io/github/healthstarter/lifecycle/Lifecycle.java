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
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.lifecycle.LifecycleState.ContextState;
import io.github.healthstarter.lifecycle.LifecycleState.Stage;
import io.github.healthstarter.notification.Listeners;
import io.github.healthstarter.text.TextLine;
import io.github.healthstarter.time.TimeSource;

/**
 * The life of the application. Transitions may be requested by any thread and any number
 * of times; each answers whether this call made it.
 */
public final class Lifecycle {

	private final TimeSource time;

	private final long createdAt;

	private final Listeners<Runnable> listeners = new Listeners<>("lifecycle");

	private volatile LifecycleState state = LifecycleState.INITIAL;

	/**
	 * Create a lifecycle in the phase {@link LifecyclePhase#STARTING}.
	 * @param time the time source
	 * @param processAge how long the process has been running
	 */
	public Lifecycle(TimeSource time, Duration processAge) {
		this.time = time;
		this.createdAt = time.nanos() - processAge.toNanos();
	}

	/**
	 * Add a listener inside the starter; applications take the events.
	 * @param listener called after each transition on the thread that made it; must not
	 * block
	 */
	public void addListener(Runnable listener) {
		this.listeners.add(listener);
	}

	/**
	 * Return the current state.
	 * @return an immutable picture
	 */
	public LifecycleState state() {
		return this.state;
	}

	/**
	 * Return the current phase.
	 * @return the phase
	 */
	public LifecyclePhase phase() {
		return state().phase();
	}

	/**
	 * Note that the context has been refreshed and its web server serves.
	 * @return whether this call made the transition
	 */
	public boolean refreshed() {
		return transition((state) -> state.withStage(Stage.REFRESHED));
	}

	/**
	 * Note that all runners and ready listeners have returned, the context thus being
	 * refreshed.
	 * @return whether this call made the transition
	 */
	public boolean ready() {
		return transition((state) -> state.withStage(Stage.READY));
	}

	/**
	 * Complete startup, for good.
	 * @return whether this call made the transition; never before the context is
	 * refreshed
	 */
	public boolean started() {
		LifecycleState.Startup startup = new LifecycleState.Startup(this.time.instant(),
				this.time.since(this.createdAt));
		return transition((state) -> state.withStartup(startup));
	}

	/**
	 * Note that the context is being stopped, but not closed.
	 * @return whether this call made the transition; never once it is being closed
	 */
	public boolean contextStopped() {
		return transition((state) -> state.withContext(ContextState.STOPPED));
	}

	/**
	 * Note that the context has been started again.
	 * @return whether this call made the transition; only if it was stopped
	 */
	public boolean contextStarted() {
		return transition((state) -> state.withContext(ContextState.STARTED_AGAIN));
	}

	/**
	 * Note that the checks have passed since the context was started again.
	 * @return whether this call made the transition; only if it was started again
	 */
	public boolean contextResumed() {
		return transition((state) -> state.withContext(ContextState.RUNNING));
	}

	/**
	 * Note that the application refuses traffic, or accepts it again.
	 * @param refusing whether it refuses
	 * @return whether this call made the transition
	 */
	public boolean refuse(boolean refusing) {
		return transition((state) -> state.withRefusing(refusing));
	}

	/**
	 * Begin to drain.
	 * @return whether this call made the transition
	 */
	public boolean drain() {
		return transition(LifecycleState::withDraining);
	}

	/**
	 * Return from draining to what was before.
	 * @return whether this call made the transition; never once the context is closing
	 */
	public boolean resume() {
		return transition(LifecycleState::withoutDraining);
	}

	/**
	 * Note that the context is about to be closed.
	 * @return whether this call made the transition
	 */
	public boolean stop() {
		return transition(LifecycleState::withStopping);
	}

	/**
	 * Note that startup has failed.
	 * @param cause why, in one line; for trusted readers only
	 * @return whether this call made the transition; never once the application is ready
	 */
	public boolean fail(@Nullable String cause) {
		return transition((state) -> state.withFailure((cause != null) ? TextLine.of(cause) : "unknown cause"));
	}

	// A transition that changes nothing returns the same instance
	@SuppressWarnings("ReferenceEquality")
	private boolean transition(UnaryOperator<LifecycleState> change) {
		synchronized (this) {
			LifecycleState before = this.state;
			this.state = change.apply(before);
			if (this.state == before) {
				return false;
			}
		}
		this.listeners.notify(Runnable::run);
		return true;
	}

}
