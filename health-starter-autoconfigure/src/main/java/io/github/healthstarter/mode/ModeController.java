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
 * Owns the mode: enters one, leaves it, and ends it when it has expired. All methods may
 * be called from any thread.
 */
public final class ModeController implements AutoCloseable {

	private final Scheduler scheduler;

	private final TimeSource time;

	private final Listeners<ModeListener> listeners = new Listeners<>("mode");

	private volatile Held held;

	/**
	 * Create a controller in the mode {@link Mode#NORMAL}.
	 * @param scheduler where the end of a mode is waited for; closed with this controller
	 * @param time the time source
	 */
	public ModeController(Scheduler scheduler, TimeSource time) {
		this.scheduler = scheduler;
		this.time = time;
		this.held = Held.of(ModeState.normal(time.instant()), time);
		scheduler.recoverWith(() -> watch(this.held));
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
		return this.held.state();
	}

	/**
	 * Return how long the mode goes on.
	 * @return the span, zero or more; {@code null} where no end is known
	 */
	public @Nullable Duration remaining() {
		return this.held.remaining(this.time);
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
		if (entered.until() != null && !entered.until().isAfter(entered.since())) {
			throw new IllegalArgumentException("'until' must be in the future");
		}
		if (request.mode() == Mode.NORMAL) {
			return leave();
		}
		Held after = Held.of(entered, this.time);
		Duration remaining = after.remaining(this.time);
		if (remaining != null) {
			schedule(after, remaining);
		}
		change(after);
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
		if (this.held.state().mode() != Mode.NORMAL) {
			change(Held.of(ModeState.normal(this.time.instant()), this.time));
		}
		return this.held.state();
	}

	private synchronized void watch(Held watched) {
		Duration remaining = watched.remaining(this.time);
		if (remaining == null || !watched.equals(this.held)) {
			return;
		}
		if (remaining.isZero()) {
			leave();
			return;
		}
		schedule(watched, remaining);
	}

	private void schedule(Held watched, Duration delay) {
		this.scheduler.schedule(delay, () -> watch(watched));
	}

	private void change(Held after) {
		ModeState before = this.held.state();
		this.held = after;
		this.listeners.notify((listener) -> listener.onChange(before, after.state()));
	}

	/**
	 * Stop waiting for the end of a mode.
	 */
	@Override
	public void close() {
		this.scheduler.close();
	}

	/**
	 * A mode and the reading of the time source at which it ends: a wall clock that is
	 * set neither ends nor prolongs it.
	 */
	private record Held(ModeState state, @Nullable Long endsAt) {

		// No process lives to see an end that is further away than nanoseconds can count
		private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

		static Held of(ModeState state, TimeSource time) {
			if (state.until() == null) {
				return new Held(state, null);
			}
			Duration span = Duration.between(state.since(), state.until());
			return new Held(state, time.nanos() + ((span.compareTo(LONGEST) < 0) ? span : LONGEST).toNanos());
		}

		@Nullable Duration remaining(TimeSource time) {
			if (this.endsAt == null) {
				return null;
			}
			return Duration.ofNanos(Math.max(0, this.endsAt - time.nanos()));
		}

	}

}
