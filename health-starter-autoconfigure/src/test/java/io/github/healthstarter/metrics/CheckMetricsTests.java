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

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.healthstarter.check.CheckDefinition;
import io.github.healthstarter.check.CheckEngine;
import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.check.FactoryThreads;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.health.HealthSources;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.liveness.LivenessMonitor;
import io.github.healthstarter.mode.ModeController;
import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualThreads;
import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the meters of checks with a clock that stands still and a scheduler that runs
 * nothing later than now.
 */
@ExtendWith(OutputCaptureExtension.class)
class CheckMetricsTests {

	private final Clock time = new Clock();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final Scheduler scheduler = new Now();

	private final CheckEngine checks = FactoryThreads.engine(this.scheduler, this.time,
			(name) -> (task) -> new Immediate(task));

	private final HealthMonitor health = new HealthMonitor(new HealthSources(new Lifecycle(this.time, Duration.ZERO),
			new LivenessMonitor(List.of(), this.scheduler, this.time), this.checks,
			new ModeController(this.scheduler, this.time)), this.time);

	private final CheckMetrics metrics = new CheckMetrics(this.registry, this.checks, this.health, this.time);

	private Health answer = Health.up().build();

	@BeforeEach
	void addListener() {
		this.checks.addListener(this.metrics);
	}

	@Test
	void checkThatReportsUnknownIsUp() {
		this.answer = Health.unknown().build();
		start();
		assertThat(up()).isOne();
	}

	@Test
	void checkThatNeverRanIsNeitherUpNorDownAndAgesFromItsBeginning() {
		this.checks.start(List.of(check(() -> {
			throw new AssertionError();
		}, false)));
		this.time.advance(Duration.ofSeconds(3));
		assertThat(this.registry.find("health.check.up").gauge()).isNull();
		assertThat(ageSeconds()).isEqualTo(3);
	}

	@Test
	void resultMakesTheCheckUpAndYoung() {
		start();
		this.time.advance(Duration.ofSeconds(4));
		assertThat(up()).isOne();
		assertThat(ageSeconds()).isEqualTo(4);
	}

	@Test
	void checksThatAreReconfiguredHaveTheirMetersAndNoOthers() {
		start();
		CheckDefinition degrading = new CheckDefinition("other", "other", () -> Health.up().build(),
				CheckPolicy.DEFAULT.withImpact(Impact.DEGRADING));
		this.checks.reconfigure(List.of(degrading));
		assertThat(this.registry.find("health.check.up").gauges()).singleElement()
			.satisfies((gauge) -> assertThat(gauge.getId().getTag("check")).isEqualTo("other"));
		this.checks
			.reconfigure(List.of(new CheckDefinition("other", "other", degrading.indicator(), CheckPolicy.DEFAULT)));
		assertThat(this.registry.find("health.check.up").gauges()).singleElement()
			.satisfies((gauge) -> assertThat(gauge.getId().getTag("impact")).isEqualTo("required"));
		assertThat(this.registry.find("health.check.age").timeGauges()).hasSize(1);
	}

	@Test
	void staleResultIsDownAndAgesOn() {
		start();
		Duration stale = CheckPolicy.DEFAULT.staleAfter().plusSeconds(1);
		this.time.advance(stale);
		assertThat(up()).as("the process may have been paused").isOne();
		assertThat(ageSeconds()).isEqualTo((double) stale.toSeconds());
		this.time.advance(Duration.ofSeconds(5));
		assertThat(up()).isZero();
		assertThat(ageSeconds()).isEqualTo((double) stale.toSeconds() + 5);
	}

	@Test
	void failureMakesTheCheckDown() {
		this.answer = Health.down().build();
		start();
		assertThat(up()).isZero();
	}

	@Test
	void runIsTimedByItsOutcome() {
		start();
		assertThat(this.registry.get("health.check.duration").tags("check", "db", "outcome", "up").timer().count())
			.isOne();
	}

	@Test
	void metersOfChecksThatAreStartedAgainAreAddedOnce(CapturedOutput output) {
		start();
		start();
		assertThat(output).doesNotContain("already been registered");
		assertThat(this.registry.find("health.check.up").gauges()).hasSize(1);
	}

	@Test
	void callThatIsStuckIsTimedOnceAndAgesOn() {
		ManualTime time = new ManualTime();
		ManualThreads threads = new ManualThreads();
		threads.hold();
		CheckEngine checks = FactoryThreads.engine(new ManualScheduler(time), time, (name) -> threads);
		checks.addListener(new CheckMetrics(this.registry, checks, this.health, time));
		checks.start(List.of(new CheckDefinition("stuck", "stuck", () -> this.answer, CheckPolicy.DEFAULT)));
		time.advance(Duration.ofMinutes(1));
		CheckState stuck = checks.snapshot().states().iterator().next();
		assertThat(stuck.consecutiveFailures()).isGreaterThan(10);
		assertThat(stuck.error()).startsWith("timed out after 10s, stuck for ");
		Timer timer = this.registry.get("health.check.duration").tags("check", "stuck", "outcome", "timeout").timer();
		assertThat(timer.count()).isOne();
		assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(10);
		assertThat(this.registry.find("health.check.duration").tag("check", "stuck").timers()).hasSize(1);
		assertThat(this.registry.get("health.check.age").tag("check", "stuck").timeGauge().value(TimeUnit.SECONDS))
			.isEqualTo(60);
	}

	private void start() {
		this.checks.start(List.of(check(() -> this.answer, true)));
	}

	private CheckDefinition check(HealthIndicator indicator, boolean runs) {
		((Now) this.scheduler).runs = runs;
		return new CheckDefinition("db", "db", indicator, CheckPolicy.DEFAULT);
	}

	private double up() {
		return this.registry.get("health.check.up").tags("check", "db", "impact", "required").gauge().value();
	}

	private double ageSeconds() {
		return this.registry.get("health.check.age").tag("check", "db").timeGauge().value(TimeUnit.SECONDS);
	}

	private static final class Clock implements TimeSource {

		private final AtomicLong nanos = new AtomicLong();

		void advance(Duration duration) {
			this.nanos.addAndGet(duration.toNanos());
		}

		@Override
		public long nanos() {
			return this.nanos.get();
		}

		@Override
		public Instant instant() {
			return Instant.EPOCH.plusNanos(nanos());
		}

	}

	private static final class Now implements Scheduler {

		private boolean runs = true;

		@Override
		public Scheduled schedule(Duration delay, Runnable task) {
			if (this.runs && delay.isZero()) {
				task.run();
			}
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

	private static final class Immediate extends Thread {

		private final Runnable task;

		Immediate(Runnable task) {
			this.task = task;
		}

		@Override
		public synchronized void start() {
			this.task.run();
		}

	}

}
