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

package io.github.healthstarter.systemd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;

import io.github.healthstarter.check.CheckDefinition;
import io.github.healthstarter.check.CheckEngine;
import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainSettings;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.health.HealthSources;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.liveness.LivenessFailure;
import io.github.healthstarter.liveness.LivenessMonitor;
import io.github.healthstarter.liveness.LivenessSignal;
import io.github.healthstarter.mode.ModeController;
import io.github.healthstarter.reload.ReloadResult;
import io.github.healthstarter.reload.ReloadTrigger;
import io.github.healthstarter.startup.StartupPhase;
import io.github.healthstarter.startup.StartupProgress;
import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualThreads;
import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.traffic.Traffic;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SystemdService} and its {@link Watchdog}.
 */
class SystemdServiceTests {

	private static final String EXTENSION = "EXTEND_TIMEOUT_USEC=15000000";

	private static final String READY = "READY=1 MAINPID=" + ProcessHandle.current().pid();

	private static final Duration WATCHDOG = Duration.ofSeconds(4);

	private static final DrainSettings DRAIN = new DrainSettings(Duration.ofSeconds(12), Duration.ofSeconds(30),
			Duration.ofSeconds(1), 3);

	private static final ReloadResult RELOADED = new ReloadResult(ReloadTrigger.SIGHUP, Duration.ZERO, null);

	private final ManualTime time = new ManualTime();

	private final FakeManager manager = new FakeManager();

	private final StartupProgress progress = new StartupProgress(this.time);

	private final Lifecycle lifecycle = new Lifecycle(this.time, Duration.ZERO);

	private final FakeSignal signal = new FakeSignal();

	private final ManualScheduler looks = new ManualScheduler(this.time);

	private final LivenessMonitor liveness = new LivenessMonitor(List.of(this.signal), this.looks, this.time);

	private final CheckEngine checks = new CheckEngine(new ManualScheduler(this.time), this.time,
			(name) -> new ManualThreads());

	private final HealthSources sources = new HealthSources(this.lifecycle, this.liveness, this.checks,
			new ModeController(new ManualScheduler(this.time), this.time));

	private final HealthMonitor health = new HealthMonitor(this.sources, this.time, Runnable::run);

	private final DrainController drain = new DrainController(DRAIN, this.lifecycle, new Traffic(this.time),
			new ManualScheduler(this.time), this.time);

	private SystemdService service;

	@BeforeEach
	void start() {
		this.service = start(WATCHDOG);
	}

	private SystemdService start(@Nullable Duration watchdog) {
		return SystemdService.start(new SystemdSettings("unused", watchdog, Duration.ofSeconds(30)), this.manager,
				new ManualScheduler(this.time), this.time, this.progress);
	}

	@Test
	void startIsToldOncePerSecondAtTheMost() {
		this.time.runDue();
		assertThat(heard()).containsExactly("STATUS=Starting: environment");
		this.progress.enter(StartupPhase.BEANS);
		this.progress.expect(410);
		this.progress.begin("dataSource");
		this.progress.end("dataSource");
		this.progress.begin("modelLoader");
		this.time.advance(Duration.ofMillis(999));
		assertThat(heard()).isEmpty();
		this.time.advance(Duration.ofMillis(1));
		assertThat(heard())
			.containsExactly("STATUS=Starting: beans (1 of 410 beans), waiting for 'modelLoader' for 1s " + EXTENSION);
		this.time.advance(Duration.ofSeconds(2));
		assertThat(heard()).containsExactly("STATUS=Starting: beans (1 of 410 beans), waiting for 'modelLoader' for 2s",
				"STATUS=Starting: beans (1 of 410 beans), waiting for 'modelLoader' for 3s");
	}

	@Test
	void slowStartGetsMoreTimeInTime() {
		this.time.advance(Duration.ofSeconds(31));
		assertThat(heard()).filteredOn((datagram) -> datagram.endsWith(EXTENSION)).hasSize(7);
	}

	@Test
	void readyIsToldOnceWhenTheStartupProbePasses() {
		follow();
		this.time.runDue();
		this.lifecycle.runnersDone();
		assertThat(heard()).noneMatch((datagram) -> datagram.contains("READY"));
		this.lifecycle.started();
		assertThat(heard()).containsExactly(READY + " STATUS=Running");
		this.lifecycle.refuse(true);
		this.lifecycle.refuse(false);
		assertThat(heard()).containsExactly("STATUS=Maintenance: the application refuses traffic", "STATUS=Running");
		this.time.advance(Duration.ofSeconds(1));
		assertThat(heard()).noneMatch((datagram) -> datagram.contains("EXTEND") || datagram.contains("READY"));
	}

	@Test
	void checksThatAreWaitedForAreNamed() {
		follow();
		this.checks.start(List.of(down("db")));
		this.time.runDue();
		this.lifecycle.runnersDone();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(heard()).contains("STATUS=Failing: db: gone READY=1");
	}

	@Test
	void statusIsOneShortLine() {
		assertThat(StatusLine.oneLine("gone\r\nREADY=1\u2028\n")).isEqualTo("gone READY=1");
		assertThat(StatusLine.oneLine("x".repeat(1000))).hasSize(StatusLine.MAX_LENGTH).endsWith("x…");
	}

	@Test
	void statusThatWasLostIsToldLater() {
		run();
		this.manager.full = true;
		this.lifecycle.refuse(true);
		this.manager.full = false;
		this.time.advance(Duration.ofSeconds(1));
		assertThat(heard()).contains("STATUS=Maintenance: the application refuses traffic");
	}

	@Test
	void drainForTheEndIsToldWithItsProgressAndGetsMoreTime() {
		run();
		this.drain.begin(DrainTrigger.SIGTERM);
		assertThat(heard()).anyMatch((datagram) -> datagram
			.startsWith("STOPPING=1 " + EXTENSION + " STATUS=Draining (SIGTERM) for 0s: waiting for min-wait"));
		this.time.advance(Duration.ofSeconds(11));
		assertThat(heard()).filteredOn((datagram) -> datagram.contains("EXTEND")).hasSize(2);
		this.time.advance(Duration.ofSeconds(2));
		assertThat(heard()).contains("STATUS=Draining (SIGTERM) for 12s: quiesced");
		this.lifecycle.stop();
		assertThat(heard()).contains("EXTEND_TIMEOUT_USEC=45000000 STATUS=Stopping");
		this.time.advance(Duration.ofMinutes(2));
		assertThat(heard()).noneMatch((datagram) -> datagram.contains("EXTEND") || datagram.contains("STOPPING"));
	}

	@Test
	void drainByHandIsNotTheEnd() {
		run();
		this.drain.begin(DrainTrigger.API);
		this.time.advance(Duration.ofSeconds(30));
		assertThat(heard()).anyMatch((datagram) -> datagram.startsWith("STATUS=Draining (api) for 0s"))
			.contains("STATUS=Draining (api) for 12s: quiesced")
			.noneMatch((datagram) -> datagram.contains("STOPPING"))
			.filteredOn((datagram) -> datagram.contains("EXTEND"))
			.hasSize(3);
		this.drain.cancel();
		assertThat(heard()).contains("STATUS=Running");
		this.drain.begin(DrainTrigger.PRE_STOP);
		this.time.advance(Duration.ofSeconds(15));
		assertThat(heard()).noneMatch((datagram) -> datagram.contains("STOPPING"));
		heard();
		this.drain.drainForShutdown(DrainTrigger.SIGTERM);
		this.time.advance(Duration.ofSeconds(1));
		assertThat(heard()).anyMatch((datagram) -> datagram.startsWith("STOPPING=1"));
	}

	@Test
	void reloadIsToldWithTheTimeAndEndsReady() {
		run();
		this.service.onStarted();
		assertThat(heard())
			.containsExactly("RELOADING=1 MONOTONIC_USEC=" + this.time.nanos() / 1000 + " STATUS=Reloading");
		this.time.advance(Duration.ofSeconds(1));
		assertThat(heard()).noneMatch((datagram) -> datagram.contains("STATUS"));
		this.service.onEnded(RELOADED);
		assertThat(heard()).containsExactly("READY=1 STATUS=Running");
	}

	@Test
	void reloadThatFailsEndsReadyToo() {
		run();
		this.service.onStarted();
		heard();
		this.service.onEnded(new ReloadResult(ReloadTrigger.SIGHUP, Duration.ZERO, "a mistake"));
		assertThat(heard()).containsExactly("READY=1 STATUS=Running");
	}

	@Test
	void reloadThatIsFirstToFindTheApplicationReadyTellsSo() {
		this.liveness.start();
		this.lifecycle.runnersDone();
		this.lifecycle.started();
		HealthMonitor others = new HealthMonitor(this.sources, this.time, (task) -> {
		});
		this.service.follow(others, this.drain);
		heard();
		this.service.onStarted();
		assertThat(heard()).hasSize(2)
			.satisfies((told) -> assertThat(told.get(0)).startsWith(READY))
			.satisfies((told) -> assertThat(told.get(1)).startsWith("RELOADING=1"));
		this.service.onEnded(RELOADED);
		assertThat(heard()).containsExactly("READY=1 STATUS=Running");
	}

	@Test
	void reloadWhileTheProcessEndsIsNotTold() {
		run();
		this.service.onStarted();
		this.drain.begin(DrainTrigger.SIGTERM);
		heard();
		this.service.onEnded(RELOADED);
		this.service.onStarted();
		this.service.onEnded(RELOADED);
		assertThat(heard()).isEmpty();
	}

	@Test
	void endWithoutADrainIsTold() {
		run();
		this.lifecycle.stop();
		assertThat(heard()).anyMatch((datagram) -> datagram.startsWith("STOPPING=1"));
	}

	@Test
	void processThatIsToEndWhileItStartsIsNeverReady() {
		this.time.runDue();
		this.service.stop();
		follow();
		this.lifecycle.runnersDone();
		this.lifecycle.started();
		assertThat(heard()).contains("STOPPING=1 " + EXTENSION + " STATUS=Stopping")
			.noneMatch((datagram) -> datagram.contains("READY"));
	}

	@Test
	void startThatFailsIsToldWithItsCause() {
		this.time.runDue();
		heard();
		this.service.fail(new IllegalStateException("no\nREADY=1"));
		assertThat(heard()).containsExactly("STATUS=Failed: java.lang.IllegalStateException: no READY=1");
		this.time.advance(Duration.ofMinutes(1));
		assertThat(heard()).isEmpty();
	}

	@Test
	void watchdogIsFedByEachLookThatPasses() {
		run();
		List<Duration> gaps = new ArrayList<>();
		for (int millis = 0; millis < 20_000; millis += 100) {
			this.time.advance(Duration.ofMillis(100));
			if (heard().contains("WATCHDOG=1")) {
				gaps.add(Duration.ofMillis(millis));
			}
		}
		assertThat(gaps).hasSize(10);
	}

	@Test
	void watchdogIsNotFedWhereLivenessFailsOrNobodyLooks() {
		run();
		this.signal.failure = new LivenessFailure("fake", "stuck", "");
		this.time.advance(Duration.ofMinutes(1));
		assertThat(heard()).contains("STATUS=Broken: fake: stuck")
			.noneMatch((datagram) -> datagram.startsWith("WATCHDOG"));
		this.signal.failure = null;
		this.time.advance(WATCHDOG);
		assertThat(heard()).contains("WATCHDOG=1", "STATUS=Running");
		this.looks.close();
		this.time.advance(Duration.ofMinutes(1));
		assertThat(heard()).doesNotContain("WATCHDOG=1");
	}

	@Test
	void foodThatFindsNoRoomIsOfferedAgain() {
		lookWithoutRoom();
		this.time.advance(Duration.ofMillis(500));
		this.manager.full = false;
		this.time.advance(Duration.ofMillis(100));
		assertThat(heard()).containsOnlyOnce("WATCHDOG=1");
	}

	@Test
	void foodIsNotOfferedForALookThatIsOld() {
		lookWithoutRoom();
		this.looks.close();
		this.time.advance(WATCHDOG.dividedBy(4));
		this.manager.full = false;
		this.time.advance(WATCHDOG);
		assertThat(heard()).doesNotContain("WATCHDOG=1");
	}

	private void lookWithoutRoom() {
		run();
		this.manager.full = true;
		this.time.advance(WATCHDOG.dividedBy(2));
	}

	@Test
	void watchdogIsTriggeredByADeadlock() {
		run();
		this.signal.failure = new LivenessFailure("deadlock", "threads are deadlocked: a, b", "");
		this.time.advance(Duration.ofMinutes(1));
		assertThat(heard()).containsOnlyOnce("WATCHDOG=trigger").doesNotContain("WATCHDOG=1");
	}

	@Test
	void watchdogIsFedWhateverIsWrongWithDependencies() {
		this.checks.start(List.of(down("db"), down("redis")));
		run();
		this.time.advance(Duration.ofSeconds(20));
		assertThat(heard()).filteredOn("WATCHDOG=1"::equals).hasSize(10);
		assertThat(this.health.snapshot().state().isReady()).isFalse();
	}

	@Test
	void watchdogThatNobodyMindsIsNotFed() {
		this.service.close();
		this.service = start(null);
		run();
		this.signal.failure = new LivenessFailure("deadlock", "threads are deadlocked: a, b", "");
		this.time.advance(Duration.ofMinutes(1));
		assertThat(heard()).noneMatch((datagram) -> datagram.startsWith("WATCHDOG"));
	}

	@Test
	void closeTellsNothingMore() {
		run();
		this.service.close();
		this.lifecycle.refuse(true);
		this.time.advance(Duration.ofMinutes(1));
		assertThat(this.manager.closed).isTrue();
	}

	private void follow() {
		this.liveness.start();
		this.service.follow(this.health, this.drain);
	}

	private void run() {
		follow();
		this.lifecycle.runnersDone();
		this.lifecycle.started();
		this.time.runDue();
		heard();
	}

	private List<String> heard() {
		return this.manager.heard();
	}

	private static CheckDefinition down(String name) {
		return new CheckDefinition(name, () -> Health.down().withDetail("error", "gone\nREADY=1\n").build(),
				CheckPolicy.DEFAULT);
	}

	private static final class FakeSignal implements LivenessSignal {

		private @Nullable LivenessFailure failure;

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
