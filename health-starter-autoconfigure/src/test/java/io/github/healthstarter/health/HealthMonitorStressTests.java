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
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.healthstarter.check.CheckEngine;
import io.github.healthstarter.check.FactoryThreads;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.liveness.LivenessFailure;
import io.github.healthstarter.liveness.LivenessMonitor;
import io.github.healthstarter.liveness.LivenessSignal;
import io.github.healthstarter.mode.ModeController;
import io.github.healthstarter.testing.Race;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Stress tests of {@link HealthMonitor}.
 */
@Timeout(60)
class HealthMonitorStressTests {

	private static final int ROUNDS = 2000;

	private final TimeSource time = TimeSource.system();

	private final AtomicBoolean broken = new AtomicBoolean();

	private final Lifecycle lifecycle = new Lifecycle(this.time, Duration.ZERO);

	private final LivenessMonitor liveness = new LivenessMonitor(List.of(new SwitchedSignal()), new InlineScheduler(),
			this.time);

	private final CheckEngine checks = FactoryThreads.engine(new InlineScheduler(), this.time, (name) -> Thread::new);

	private final AtomicReference<HealthState> lastTold = new AtomicReference<>(HealthState.STARTING);

	private final List<String> gaps = new ArrayList<>();

	@Test
	void refreshByManyThreadsEndsWithTheStateThatHolds() throws Exception {
		HealthMonitor health = new HealthMonitor(new HealthSources(this.lifecycle, this.liveness, this.checks,
				new ModeController(Scheduler.start("unused"), this.time)), this.time);
		health.addListener(this::onChange);
		this.lifecycle.ready();
		this.lifecycle.started();
		for (int round = 0; round < ROUNDS; round++) {
			boolean refuse = round % 2 == 0;
			boolean drain = round % 3 == 0;
			boolean breaks = round % 5 == 0;
			Race.run(List.of(change(() -> this.lifecycle.refuse(refuse)),
					change(() -> drain ? this.lifecycle.drain() : this.lifecycle.resume()), change(() -> {
						this.broken.set(breaks);
						this.liveness.refresh();
						return true;
					})));
			HealthState expected = expected(refuse, drain, breaks);
			assertThat(health.snapshot().state()).as("in round %d", round).isEqualTo(expected);
			assertThat(this.lastTold.get()).as("told in round %d", round).isEqualTo(expected);
		}
		assertThat(this.gaps).isEmpty();
	}

	private void onChange(HealthSnapshot before, HealthSnapshot after) {
		if (this.lastTold.getAndSet(after.state()) != before.state()) {
			this.gaps.add(before.state() + " to " + after.state());
		}
	}

	private static Callable<Boolean> change(Callable<Boolean> change) {
		return change;
	}

	private static HealthState expected(boolean refuse, boolean drain, boolean breaks) {
		if (breaks) {
			return HealthState.BROKEN;
		}
		if (drain) {
			return HealthState.DRAINING;
		}
		return refuse ? HealthState.MAINTENANCE : HealthState.RUNNING;
	}

	private final class SwitchedSignal implements LivenessSignal {

		@Override
		public String name() {
			return "switched";
		}

		@Override
		public @Nullable LivenessFailure look() {
			return HealthMonitorStressTests.this.broken.get() ? new LivenessFailure(name(), "broken", "") : null;
		}

	}

	/**
	 * Runs each task on the thread that hands it over.
	 */
	private static final class InlineScheduler implements Scheduler {

		@Override
		public Scheduled schedule(Duration delay, Runnable task) {
			task.run();
			return () -> {
			};
		}

		@Override
		public void recoverWith(Runnable recovery) {
		}

		@Override
		public void close() {
		}

	}

}
