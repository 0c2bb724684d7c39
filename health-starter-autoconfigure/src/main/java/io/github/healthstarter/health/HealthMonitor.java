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

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.healthstarter.check.CheckEngine;
import io.github.healthstarter.check.CheckSnapshot;
import io.github.healthstarter.lifecycle.LifecycleState;
import io.github.healthstarter.liveness.Liveness;
import io.github.healthstarter.mode.ModeState;
import io.github.healthstarter.notification.Listeners;
import io.github.healthstarter.time.TimeSource;

/**
 * Puts the snapshot together that every probe answers from. {@link #snapshot()} may be
 * called from any thread and reads one field; only a snapshot that has gone stale,
 * because something stopped measuring, is composed again on the caller's thread.
 */
public final class HealthMonitor {

	/**
	 * How many changes of state are remembered.
	 */
	public static final int MAX_TRANSITIONS = 20;

	private static final Log logger = LogFactory.getLog(HealthMonitor.class);

	private final HealthSources sources;

	private final TimeSource time;

	private final Listeners<HealthListener> listeners = new Listeners<>("health");

	private volatile HealthSnapshot current;

	private volatile List<HealthTransition> history = List.of();

	private final JudgedTime judged;

	// While the start lasts: the state never goes back to starting
	private HealthState held = HealthState.STARTING;

	// The time source's reading at the latest change of state
	private long changedAt;

	/**
	 * Create a monitor and follow its sources from now on.
	 * @param sources what decides about the state
	 * @param time the time source
	 */
	public HealthMonitor(HealthSources sources, TimeSource time) {
		this.sources = sources;
		this.time = time;
		this.changedAt = time.nanos();
		this.judged = new JudgedTime(this.changedAt);
		this.current = compose(null);
		sources.onChange(this::refresh);
	}

	/**
	 * Add a listener inside the starter; applications take the events.
	 * @param listener called for each change from now on
	 */
	public void addListener(HealthListener listener) {
		this.listeners.add(listener);
	}

	/**
	 * Return what decides about the state.
	 * @return the sources
	 */
	public HealthSources sources() {
		return this.sources;
	}

	/**
	 * Return the picture to answer from.
	 * @return the current snapshot
	 */
	public HealthSnapshot snapshot() {
		HealthSnapshot snapshot = this.current;
		if (this.time.nanos() - snapshot.freshUntil() >= 0) {
			refresh();
			return this.current;
		}
		return snapshot;
	}

	/**
	 * Return the latest changes of state.
	 * @return the changes, the oldest first, at most {@value #MAX_TRANSITIONS}
	 */
	public List<HealthTransition> history() {
		return this.history;
	}

	/**
	 * Run all checks now, each once however many callers ask meanwhile, and wait until
	 * there are results: for at most the longest of their timeouts and a second.
	 * @return the snapshot then
	 */
	public HealthSnapshot freshSnapshot() {
		CheckEngine checks = this.sources.checks();
		try {
			Duration limit = checks.snapshot().longestVerdict().plusSeconds(1);
			checks.refresh().get(limit.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			logger.debug("Some checks have not come to a result in time", ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return snapshot();
	}

	/**
	 * Compose the snapshot again, after something that it is made of has changed.
	 */
	public synchronized void refresh() {
		HealthSnapshot before = this.current;
		HealthSnapshot after = compose(before);
		this.current = after;
		if (before.state() != after.state()) {
			remember(new HealthTransition(after.since(), before.state(), after.state(), after.reason(),
					this.time.since(this.changedAt)));
			this.changedAt = this.time.nanos();
		}
		if (before.state() != after.state() || before.lifecycle().isStarted() != after.lifecycle().isStarted()) {
			this.listeners.notify((listener) -> listener.onChange(before, after));
		}
	}

	private void remember(HealthTransition transition) {
		List<HealthTransition> all = new ArrayList<>(this.history);
		all.add(transition);
		this.history = List.copyOf((all.size() <= MAX_TRANSITIONS) ? all : all.subList(1, all.size()));
	}

	private HealthSnapshot compose(@Nullable HealthSnapshot before) {
		long nanos = this.time.nanos();
		CheckSnapshot measured = this.sources.checks().snapshot();
		// Each result leads to a judgement
		long judged = this.judged.judge(nanos, measured.shortestRound());
		Instant now = this.time.instant();
		LifecycleState lifecycle = this.sources.lifecycle().state();
		Liveness liveness = this.sources.liveness().current().asOf(judged);
		// Those that have been stopped on purpose, as in a pause, do not get stale
		boolean measuring = this.sources.checks().isRunning();
		CheckSnapshot current = measuring ? measured.asOf(now, judged) : measured;
		ModeState mode = this.sources.modes().state();
		boolean startOver = (before != null && before.startOver())
				|| HealthSnapshot.isStartOver(lifecycle.isStarted(), lifecycle, current);
		CheckSnapshot checks = startOver ? current.afterStart() : current;
		HealthState state = HealthState
			.of(HealthConditions.of(startOver, this.held, lifecycle, liveness, checks, mode.mode()));
		hold(state);
		long liveFor = liveness.isAlive() ? liveness.freshUntil() - nanos : Long.MAX_VALUE;
		long checksFor = measuring ? checks.freshUntil(nanos) - nanos : Long.MAX_VALUE;
		long freshFor = this.judged.freshFor(nanos, Math.min(liveFor, checksFor));
		return new HealthSnapshot(state, HealthReason.of(state, lifecycle, liveness, checks, mode),
				(before != null && state == before.state()) ? before.since() : now, lifecycle.isStarted(), startOver,
				lifecycle, liveness, checks, mode, nanos + freshFor);
	}

	private void hold(HealthState state) {
		if (state == HealthState.FAILING) {
			this.held = HealthState.FAILING;
		}
		else if (state != HealthState.STARTING && this.held == HealthState.STARTING) {
			this.held = HealthState.MAINTENANCE;
		}
	}

}
