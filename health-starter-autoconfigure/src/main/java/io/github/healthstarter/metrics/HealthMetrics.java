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

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.github.healthstarter.check.CheckEngine;
import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.health.HealthState;
import io.github.healthstarter.health.Probe;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.lifecycle.LifecycleState;
import io.github.healthstarter.traffic.RequestLoad;

/**
 * The meters of the instance: its probes, its state, its requests, its startup, its
 * checks and its drains.
 */
public final class HealthMetrics implements MeterBinder {

	private final HealthInstance instance;

	/**
	 * Create the meters.
	 * @param instance the instance
	 */
	public HealthMetrics(HealthInstance instance) {
		this.instance = instance;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (Probe probe : Probe.values()) {
			bindProbe(registry, probe, true, "ok");
			bindProbe(registry, probe, false, "fail");
		}
		for (HealthState state : HealthState.values()) {
			Gauge
				.builder("health.state", this.instance.health(),
						(health) -> (health.snapshot().state() == state) ? 1 : 0)
				.description("1 for the state that the instance is in")
				.tag("state", state.label())
				.register(registry);
		}
		Gauge.builder("health.requests.in.flight", this.instance.traffic().requests(), RequestLoad::inFlight)
			.description("Requests of the application that are under way")
			.register(registry);
		TimeGauge
			.builder("health.startup.duration", this.instance.health(), TimeUnit.NANOSECONDS,
					HealthMetrics::startupNanos)
			.description("Time from the start of the process until startup was complete")
			.register(registry);
		this.instance.drain().addListener(new DrainMetrics(registry));
		bindChecks(registry);
	}

	// Some checks may run already where a registry comes late
	private void bindChecks(MeterRegistry registry) {
		CheckEngine checks = this.instance.checks();
		CheckMetrics metrics = new CheckMetrics(registry, checks, this.instance.health(), this.instance.time());
		checks.addListener(metrics);
		metrics.onStart();
	}

	private void bindProbe(MeterRegistry registry, Probe probe, boolean passes, String result) {
		FunctionCounter
			.builder("health.probe.requests", this.instance.counters(), (counters) -> counters.count(probe, passes))
			.description("Answers given to probes")
			.tags("probe", probe.label(), "result", result)
			.register(registry);
	}

	private static double startupNanos(HealthMonitor health) {
		LifecycleState.Startup startup = health.snapshot().lifecycle().startup();
		return (startup != null) ? startup.duration().toNanos() : Double.NaN;
	}

}
