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

package io.github.healthstarter.mode;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.notification.Listeners;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;

/**
 * Owns the mode: enters one, leaves it, and ends it when its time is over. All methods
 * may be called from any thread.
 */
public final class ModeController implements AutoCloseable {

	// The end is a time of day: a machine that sleeps, or whose clock is set, is noticed
	private static final Duration LONGEST_LOOK_AHEAD = Duration.ofMinutes(1);

	private final Scheduler scheduler;

	private final TimeSource time;

	private final Listeners<ModeListener> listeners = new Listeners<>("mode");

	private volatile ModeState state;

	/**
	 * Create a controller in the mode {@link Mode#NORMAL}.
	 * @param scheduler where the end of a mode is waited for; closed with this controller
	 * @param time the time source
	 */
	public ModeController(Scheduler scheduler, TimeSource time) {
		this.scheduler = scheduler;
		this.time = time;
		this.state = ModeState.normal(time.instant());
	}

	/**
	 * Add a listener inside the starter; applications take the events.
	 * @param listener called for each change from now on
	 */
	public void addListener(ModeListener listener) {
		this.listeners.add(listener);
	}

	/**
	 * Return the mode that holds.
	 * @return an immutable picture
	 */
	public ModeState state() {
		return this.state;
	}

	/**
	 * Return how long the mode goes on.
	 * @return the span, zero or more; {@code null} where no end is known
	 */
	public @Nullable Duration remaining() {
		return this.state.remaining(this.time.instant());
	}

	/**
	 * Enter a mode, or change what is known of it.
	 * @param request the mode; {@link Mode#NORMAL} leaves any other
	 * @return what holds now
	 * @throws IllegalArgumentException if the end is not in the future
	 */
	public synchronized ModeState enter(ModeRequest request) {
		ModeState entered = new ModeState(request.mode(), request.reason(), request.by(), this.time.instant(),
				request.until());
		Duration remaining = entered.remaining(entered.since());
		if (remaining != null && remaining.isZero()) {
			throw new IllegalArgumentException("'until' must be in the future");
		}
		if (request.mode() == Mode.NORMAL) {
			return leave();
		}
		change(entered);
		watch(entered);
		return entered;
	}

	/**
	 * Enter a mode as it is asked for from outside.
	 * @param values the request
	 * @return what holds now
	 * @throws IllegalArgumentException saying what is wrong with the request
	 * @see ModeRequest#parse(Map, java.time.Instant)
	 */
	public ModeState enter(Map<String, ?> values) {
		return enter(ModeRequest.parse(values, this.time.instant()));
	}

	/**
	 * Return to the mode {@link Mode#NORMAL}.
	 * @return what holds now
	 */
	public synchronized ModeState leave() {
		if (this.state.mode() != Mode.NORMAL) {
			change(ModeState.normal(this.time.instant()));
		}
		return this.state;
	}

	private synchronized void watch(ModeState watched) {
		Duration remaining = watched.remaining(this.time.instant());
		if (remaining == null || !watched.equals(this.state)) {
			return;
		}
		if (remaining.isZero()) {
			leave();
			return;
		}
		Duration delay = (remaining.compareTo(LONGEST_LOOK_AHEAD) < 0) ? remaining : LONGEST_LOOK_AHEAD;
		this.scheduler.schedule(delay, () -> watch(watched));
	}

	private void change(ModeState after) {
		ModeState before = this.state;
		this.state = after;
		this.listeners.notify((listener) -> listener.onChange(before, after));
	}

	/**
	 * Stop waiting for the end of a mode.
	 */
	@Override
	public void close() {
		this.scheduler.close();
	}

}
