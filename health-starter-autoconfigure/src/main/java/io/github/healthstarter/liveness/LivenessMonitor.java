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

package io.github.healthstarter.liveness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.healthstarter.notification.Listeners;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;

/**
 * Looks at all liveness signals every few seconds. {@link #current()} may be called from
 * any thread and takes no lock; signals are looked at on the scheduler's thread alone.
 */
public final class LivenessMonitor implements AutoCloseable {

	/**
	 * The name for the thread that looks.
	 */
	public static final String THREAD_NAME = "health-liveness";

	/**
	 * The time from one look to the next, unless more looks are asked for.
	 */
	public static final Duration INTERVAL = Duration.ofSeconds(5);

	/**
	 * The age from which the latest look is too old to be believed. Far above the
	 * interval, because a process that was merely paused must not be restarted for it.
	 */
	public static final Duration STALE_AFTER = Duration.ofSeconds(60);

	private static final Log logger = LogFactory.getLog(LivenessMonitor.class);

	private final List<LivenessSignal> signals = new CopyOnWriteArrayList<>();

	private final Scheduler scheduler;

	private final TimeSource time;

	private final Listeners<Runnable> listeners = new Listeners<>("liveness");

	private final Set<LivenessSignal> throwing = Collections.newSetFromMap(new IdentityHashMap<>());

	private volatile Liveness current;

	private Duration interval = INTERVAL;

	private Scheduler.@Nullable Scheduled next;

	/**
	 * Create a monitor that has not looked yet.
	 * @param signals the signals
	 * @param scheduler where they are looked at; closed with this monitor
	 * @param time the time source
	 */
	public LivenessMonitor(List<LivenessSignal> signals, Scheduler scheduler, TimeSource time) {
		this.signals.addAll(signals);
		this.scheduler = scheduler;
		this.time = time;
		this.current = result(List.of());
		scheduler.recoverWith(this::scheduleNext);
	}

	/**
	 * Add a listener inside the starter; applications take the events.
	 * @param listener called on the scheduler's thread after each look, whether or not it
	 * found anything new; must not block
	 */
	public void addListener(Runnable listener) {
		this.listeners.add(listener);
	}

	/**
	 * Add a signal.
	 * @param signal looked at from the next look on
	 */
	public void addSignal(LivenessSignal signal) {
		this.signals.add(signal);
	}

	/**
	 * Begin to look, for the first time after an interval: a process that has just been
	 * started has better things to do. To be called once.
	 */
	public void start() {
		this.scheduler.execute(this::scheduleNext);
	}

	/**
	 * Look more often than every {@link #INTERVAL}.
	 * @param interval the longest time from one look to the next
	 */
	public void lookAtLeastEvery(Duration interval) {
		this.scheduler.execute(() -> {
			if (interval.compareTo(this.interval) < 0) {
				this.interval = interval;
				scheduleNext();
			}
		});
	}

	private void scheduleNext() {
		if (this.next != null) {
			this.next.cancel();
		}
		this.next = this.scheduler.schedule(this.interval, this::lookAgainAndAgain);
	}

	/**
	 * Look now, in addition to the regular looks: for a signal that knows of a change.
	 */
	public void refresh() {
		this.scheduler.execute(this::look);
	}

	/**
	 * Return what the latest look found.
	 * @return the latest result
	 */
	public Liveness current() {
		return this.current;
	}

	private void lookAgainAndAgain() {
		scheduleNext();
		look();
	}

	private void look() {
		List<LivenessFailure> before = this.current.failures();
		List<LivenessFailure> failures = new ArrayList<>();
		for (LivenessSignal signal : this.signals) {
			LivenessFailure failure = look(signal);
			if (failure != null) {
				failures.add(known(failure, before));
			}
		}
		this.current = result(failures);
		this.listeners.notify(Runnable::run);
	}

	private @Nullable LivenessFailure look(LivenessSignal signal) {
		try {
			LivenessFailure failure = signal.look();
			this.throwing.remove(signal);
			return failure;
		}
		catch (Throwable ex) {
			if (this.throwing.add(signal)) {
				logger.warn("The liveness signal " + signal.getClass().getName() + " threw and is taken as healthy",
						ex);
			}
			return null;
		}
	}

	private LivenessFailure known(LivenessFailure failure, List<LivenessFailure> before) {
		return before.stream()
			.filter((known) -> known.signal().equals(failure.signal()) && known.reason().equals(failure.reason()))
			.findFirst()
			.orElse(failure);
	}

	private Liveness result(List<LivenessFailure> failures) {
		return new Liveness(failures, this.time.nanos() + STALE_AFTER.toNanos());
	}

	@Override
	public void close() {
		this.scheduler.close();
	}

}
