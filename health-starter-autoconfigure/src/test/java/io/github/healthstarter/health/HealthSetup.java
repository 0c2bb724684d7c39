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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;

import io.github.healthstarter.check.CheckDefinition;
import io.github.healthstarter.check.CheckEngine;
import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.FactoryThreads;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.liveness.LivenessFailure;
import io.github.healthstarter.liveness.LivenessMonitor;
import io.github.healthstarter.liveness.LivenessSignal;
import io.github.healthstarter.mode.ModeController;
import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualThreads;
import io.github.healthstarter.testing.ManualTime;

/**
 * A lifecycle, a liveness monitor and a check engine on a manual time.
 */
public final class HealthSetup {

	public final ManualTime time = new ManualTime();

	public final ManualScheduler checkScheduler = new ManualScheduler(this.time);

	public final ManualScheduler livenessScheduler = new ManualScheduler(this.time);

	public final ManualThreads threads = new ManualThreads();

	public final Lifecycle lifecycle = new Lifecycle(this.time, Duration.ZERO);

	public final FakeSignal signal = new FakeSignal();

	public final LivenessMonitor liveness = new LivenessMonitor(List.of(this.signal), this.livenessScheduler,
			this.time);

	public final CheckEngine checks = FactoryThreads.engine(this.checkScheduler, this.time, (name) -> this.threads);

	public final ModeController modes = new ModeController(new ManualScheduler(this.time), this.time);

	private final Map<String, Health> answers = new LinkedHashMap<>();

	private final List<CheckDefinition> definitions = new ArrayList<>();

	public HealthSources sources() {
		return new HealthSources(this.lifecycle, this.liveness, this.checks, this.modes);
	}

	public HealthSetup withCheck(String name, Impact impact) {
		return withCheck(name, CheckPolicy.DEFAULT.withImpact(impact));
	}

	public HealthSetup withCheck(String name, CheckPolicy policy) {
		this.definitions.add(definition(name, policy));
		return this;
	}

	public CheckDefinition definition(String name, Impact impact) {
		return definition(name, CheckPolicy.DEFAULT.withImpact(impact));
	}

	private CheckDefinition definition(String name, CheckPolicy policy) {
		this.answers.putIfAbsent(name, Health.up().build());
		return new CheckDefinition(name, name, () -> this.answers.get(name), policy);
	}

	public void startChecks() {
		this.checks.start(this.definitions);
		// Otherwise an informational check has its first result within an interval
		CompletableFuture<Void> unused = this.checks.refresh();
		this.time.runDue();
		this.time.runDue();
	}

	public void startApplication() {
		this.liveness.start();
		startChecks();
		this.lifecycle.ready();
		this.lifecycle.started();
	}

	/**
	 * Let a check answer something else and be run again.
	 */
	public void answer(String name, Health health) {
		this.answers.put(name, health);
		this.time.advance(Duration.ofSeconds(6));
	}

	public static Health down(String error) {
		return Health.down().withDetail("error", error).build();
	}

	public static Health degraded(String error) {
		return Health.status("DEGRADED").withDetail("error", error).build();
	}

	/**
	 * Fails when it is told to.
	 */
	public static final class FakeSignal implements LivenessSignal {

		private @Nullable LivenessFailure failure;

		void fail(@Nullable LivenessFailure failure) {
			this.failure = failure;
		}

		@Override
		public String name() {
			return "fake";
		}

		@Override
		public @Nullable LivenessFailure look() {
			return this.failure;
		}

	}

}
