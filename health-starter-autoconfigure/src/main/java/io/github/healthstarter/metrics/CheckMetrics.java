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

package io.github.healthstarter.metrics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;

import io.github.healthstarter.check.CheckEngine;
import io.github.healthstarter.check.CheckListener;
import io.github.healthstarter.check.CheckOutcome;
import io.github.healthstarter.check.CheckRun;
import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.check.CheckStatus;
import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.time.TimeSource;

/**
 * Meters of each check. The gauges read what is known already, so that a scrape runs no
 * check; whether a check passes is absent before its first result.
 */
final class CheckMetrics implements CheckListener {

	private final MeterRegistry registry;

	private final CheckEngine checks;

	private final HealthMonitor health;

	private final TimeSource time;

	private final Map<String, Long> completedAt = new ConcurrentHashMap<>();

	// Looking one up in the registry for each run costs more than recording it
	private final Map<Runs, Timer> timers = new ConcurrentHashMap<>();

	private final List<Meter> gauges = new ArrayList<>();

	// Those with a gauge of whether they pass
	private final Set<String> measured = ConcurrentHashMap.newKeySet();

	/**
	 * Create the meters.
	 * @param registry where they are registered
	 * @param checks the checks and their latest results
	 * @param health where the checks stand, stale results counted as failures
	 * @param time the time source
	 */
	CheckMetrics(MeterRegistry registry, CheckEngine checks, HealthMonitor health, TimeSource time) {
		this.registry = registry;
		this.checks = checks;
		this.health = health;
		this.time = time;
	}

	@Override
	public synchronized void onStart() {
		this.gauges.forEach(this.registry::remove);
		this.gauges.clear();
		this.measured.clear();
		Collection<CheckState> states = this.checks.snapshot().states();
		this.completedAt.keySet().retainAll(states.stream().map(CheckState::name).toList());
		removeTimersOfOthers();
		for (CheckState check : states) {
			this.completedAt.putIfAbsent(check.name(), this.time.nanos());
			registerAge(check.name());
			if (check.lastRun() != null && check.lastRun().status() != CheckStatus.PENDING) {
				registerUp(check);
			}
		}
	}

	private synchronized void registerUp(CheckState check) {
		String name = check.name();
		if (!this.measured.add(name)) {
			return;
		}
		this.gauges.add(Gauge.builder("health.check.up", this, (meters) -> meters.isPassing(name) ? 1 : 0)
			.description("1 while the check passes, else 0")
			.tags("check", name, "impact", check.policy().impact().label())
			.register(this.registry));
	}

	private void registerAge(String name) {
		this.gauges
			.add(TimeGauge.builder("health.check.age", this, TimeUnit.NANOSECONDS, (meters) -> meters.ageNanos(name))
				.description("Time since the last completed run of the check, or since it was added")
				.tag("check", name)
				.register(this.registry));
	}

	private boolean isPassing(String name) {
		CheckState check = this.health.snapshot().checks().find(name);
		return check != null && check.status().isPassing();
	}

	private double ageNanos(String name) {
		Long completed = this.completedAt.get(name);
		return (completed != null) ? this.time.since(completed).toNanos() : Double.NaN;
	}

	@Override
	public void onResult(CheckState before, CheckState after) {
		CheckRun run = after.lastRun();
		if (run == null || run.outcome() == CheckOutcome.STUCK || run.outcome() == CheckOutcome.NOT_BEGUN) {
			return;
		}
		if (!this.measured.contains(after.name())) {
			registerUp(after);
		}
		if (run.outcome().isCompleted()) {
			this.completedAt.put(after.name(), this.time.nanos());
		}
		this.timers.computeIfAbsent(new Runs(after.name(), run.outcome()), this::timer).record(run.duration());
	}

	private void removeTimersOfOthers() {
		this.timers.entrySet().removeIf((timer) -> {
			boolean gone = this.checks.snapshot().find(timer.getKey().check()) == null;
			if (gone) {
				this.registry.remove(timer.getValue());
			}
			return gone;
		});
	}

	private Timer timer(Runs runs) {
		return Timer.builder("health.check.duration")
			.description("Duration of the runs of the check")
			.tags("check", runs.check(), "outcome", runs.outcome().label())
			.register(this.registry);
	}

	/**
	 * The runs of a check that share a timer.
	 */
	private record Runs(String check, CheckOutcome outcome) {

	}

}
