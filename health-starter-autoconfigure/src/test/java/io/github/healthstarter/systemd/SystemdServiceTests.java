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
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;

import io.github.healthstarter.access.AccessRules;
import io.github.healthstarter.check.CheckDefinition;
import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.CheckStatus;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainSettings;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.instance.InstanceSettings;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.liveness.LivenessFailure;
import io.github.healthstarter.liveness.LivenessSignal;
import io.github.healthstarter.reload.ReloadResult;
import io.github.healthstarter.reload.ReloadTrigger;
import io.github.healthstarter.startup.StartupPhase;
import io.github.healthstarter.testing.ManualInstance;
import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualTime;

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

	private final FakeSignal signal = new FakeSignal();

	private final HealthInstance instance = ManualInstance.create(this.time, AccessRules.LOOPBACK, DRAIN);

	private final Lifecycle lifecycle = this.instance.lifecycle();

	private final DrainController drain = this.instance.drain();

	private SystemdService service;

	@BeforeEach
	void start() {
		this.instance.liveness().addSignal(this.signal);
		this.service = start(WATCHDOG);
	}

	@AfterEach
	void close() {
		this.service.close();
		this.instance.close();
	}

	private SystemdService start(@Nullable Duration watchdog) {
		return start(watchdog, this.instance);
	}

	private SystemdService start(@Nullable Duration watchdog, HealthInstance instance) {
		return SystemdService.start(new SystemdSettings("unused", watchdog, Duration.ofSeconds(30)), this.manager,
				new ManualScheduler(this.time), instance);
	}

	@Test
	void startIsToldOncePerSecondAtTheMost() {
		this.time.runDue();
		assertThat(heardOfState()).containsExactly("STATUS=Starting: environment");
		this.instance.startup().enter(StartupPhase.BEANS);
		this.instance.startup().expect(410);
		this.instance.startup().begin("dataSource");
		this.instance.startup().end("dataSource");
		this.instance.startup().begin("modelLoader");
		this.time.advance(Duration.ofMillis(999));
		assertThat(heardOfState()).isEmpty();
		this.time.advance(Duration.ofMillis(1));
		assertThat(heardOfState())
			.containsExactly("STATUS=Starting: beans (1 of 410 beans), waiting for 'modelLoader' for 1s " + EXTENSION);
		this.time.advance(Duration.ofSeconds(2));
		assertThat(heardOfState()).containsExactly(
				"STATUS=Starting: beans (1 of 410 beans), waiting for 'modelLoader' for 2s",
				"STATUS=Starting: beans (1 of 410 beans), waiting for 'modelLoader' for 3s");
	}

	@Test
	void slowStartGetsMoreTimeInTime() {
		this.time.advance(Duration.ofSeconds(31));
		assertThat(heard()).filteredOn((datagram) -> datagram.endsWith(EXTENSION)).hasSize(7);
	}

	@Test
	void readyIsToldOnceWhenTheStartupProbePasses() {
		this.time.runDue();
		assertThat(heard()).noneMatch((datagram) -> datagram.contains("READY"));
		this.lifecycle.ready();
		assertThat(heard()).containsExactly(READY + " STATUS=Running");
		this.lifecycle.refuse(true);
		this.lifecycle.refuse(false);
		assertThat(heard()).containsExactly("STATUS=Maintenance: the application refuses traffic", "STATUS=Running");
		this.time.advance(Duration.ofSeconds(1));
		assertThat(heard()).noneMatch((datagram) -> datagram.contains("EXTEND") || datagram.contains("READY"));
	}

	@Test
	void readyFollowsTheStartupProbeAndTheStatusTheRunners() {
		this.time.runDue();
		this.instance.startup().enter(StartupPhase.RUNNERS);
		this.lifecycle.refreshed();
		assertThat(heard()).contains(READY + " STATUS=Starting: runners");
		this.lifecycle.ready();
		assertThat(heard()).containsExactly("STATUS=Running");
	}

	@Test
	void checksThatAreWaitedForAreNamed() {
		InstanceSettings settings = new InstanceSettings(AccessRules.LOOPBACK, DRAIN, false, null, true, false);
		try (HealthInstance awaiting = ManualInstance.create(this.time, settings);
				SystemdService service = start(null, awaiting)) {
			startChecks(awaiting, "db");
			awaiting.lifecycle().ready();
			this.time.advance(Duration.ofSeconds(1));
			assertThat(heard()).contains("STATUS=Failing: db: gone READY=1")
				.noneMatch((datagram) -> datagram.startsWith("READY"));
			assertThat(service).isNotNull();
		}
	}

	@Test
	void statusIsOneShortLine() {
		assertThat(StatusLine.oneLine("gone\r\nREADY=1\u2028\n")).isEqualTo("gone READY=1");
		assertThat(StatusLine.oneLine("x".repeat(1000))).hasSize(StatusLine.MAX_LENGTH + 1).endsWith("x…");
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
		this.instance.health().addListener((before, after) -> this.service.onStarted());
		this.time.runDue();
		heard();
		this.lifecycle.ready();
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
		this.lifecycle.stop();
		this.lifecycle.ready();
		assertThat(heard()).contains("STOPPING=1 " + EXTENSION + " STATUS=Stopping")
			.noneMatch((datagram) -> datagram.contains("READY"));
	}

	@Test
	void closeBeforeReadyGetsMoreTimeOnce() {
		this.time.runDue();
		this.instance.startup().enter(StartupPhase.RUNNERS);
		this.lifecycle.stop();
		assertThat(heard()).contains("STOPPING=1 " + EXTENSION + " STATUS=Stopping",
				"EXTEND_TIMEOUT_USEC=45000000 STATUS=Stopping");
		this.time.advance(Duration.ofMinutes(2));
		assertThat(heard()).noneMatch((datagram) -> datagram.contains("EXTEND"));
	}

	@Test
	void startThatIsToEndGetsMoreTimeUntilTheContextIsBuilt() {
		this.time.runDue();
		this.instance.startup().enter(StartupPhase.BEANS);
		this.lifecycle.stop();
		heard();
		this.time.advance(Duration.ofSeconds(16));
		assertThat(heard()).filteredOn((datagram) -> datagram.endsWith(EXTENSION)).hasSize(3);
		this.instance.startup().enter(StartupPhase.RUNNERS);
		this.time.advance(Duration.ofMinutes(2));
		assertThat(heard()).filteredOn((datagram) -> datagram.contains("EXTEND"))
			.containsExactly("EXTEND_TIMEOUT_USEC=45000000 STATUS=Stopping");
	}

	@Test
	void startThatIsToEndGetsMoreTimeWhileItDrains() {
		this.time.runDue();
		this.instance.traffic().requests().begin();
		this.lifecycle.stop();
		this.instance.startup().enter(StartupPhase.RUNNERS);
		this.drain.begin(DrainTrigger.SIGTERM);
		heard();
		this.time.advance(Duration.ofSeconds(11));
		assertThat(heard()).filteredOn((datagram) -> datagram.contains(EXTENSION)).hasSize(2);
		this.time.advance(Duration.ofMinutes(2));
		assertThat(heard()).filteredOn((datagram) -> datagram.contains("EXTEND_TIMEOUT_USEC=45000000")).hasSize(1);
		this.time.advance(Duration.ofMinutes(2));
		assertThat(heard()).noneMatch((datagram) -> datagram.contains("EXTEND"));
	}

	@Test
	void startThatFailsIsToldWithItsCause() {
		this.time.runDue();
		heard();
		this.lifecycle.fail("java.lang.IllegalStateException: no\nREADY=1");
		assertThat(heardOfState()).containsExactly("STATUS=Failed: java.lang.IllegalStateException: no READY=1");
		this.time.advance(Duration.ofMinutes(1));
		assertThat(heardOfState()).isEmpty();
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
		stopLooking();
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
		stopLooking();
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
	void watchdogIsTriggeredByADeadlock() throws InterruptedException {
		run();
		this.signal.failure = new LivenessFailure("deadlock", "threads are deadlocked: a, b", "");
		this.time.advance(Duration.ofMinutes(1));
		this.instance.notifications().flush(Duration.ofSeconds(30));
		assertThat(heard()).containsOnlyOnce("WATCHDOG=trigger").doesNotContain("WATCHDOG=1");
	}

	@Test
	void watchdogIsFedWhateverIsWrongWithDependencies() {
		startChecks(this.instance, "db", "redis");
		run();
		this.time.advance(Duration.ofSeconds(20));
		assertThat(heard()).filteredOn("WATCHDOG=1"::equals).hasSize(10);
		assertThat(this.instance.health().snapshot().state().isReady()).isFalse();
	}

	@Test
	void watchdogThatNobodyMindsIsNotFed() throws InterruptedException {
		this.service.close();
		this.service = start(null);
		run();
		this.signal.failure = new LivenessFailure("deadlock", "threads are deadlocked: a, b", "");
		this.time.advance(Duration.ofMinutes(1));
		this.instance.notifications().flush(Duration.ofSeconds(30));
		assertThat(heard()).noneMatch((datagram) -> datagram.startsWith("WATCHDOG"));
	}

	@Test
	void closeTellsNothingMore() {
		run();
		this.service.close();
		this.lifecycle.refuse(true);
		this.time.advance(Duration.ofMinutes(1));
		this.drain.begin(DrainTrigger.SIGTERM);
		assertThat(heard()).isEmpty();
		assertThat(this.manager.closed).isTrue();
	}

	private void run() {
		this.lifecycle.ready();
		this.time.runDue();
		heard();
	}

	// Each on a thread of its own
	private void startChecks(HealthInstance instance, String... names) {
		instance.checks().start(Stream.of(names).map(SystemdServiceTests::down).toList());
		this.time.runDue();
		Awaitility.await().pollInSameThread().until(() -> {
			this.time.runDue();
			return Stream.of(names)
				.allMatch((name) -> instance.checks().snapshot().find(name).status() == CheckStatus.DOWN);
		});
	}

	private void stopLooking() {
		this.instance.liveness().close();
	}

	private List<String> heard() {
		return this.manager.heard();
	}

	private List<String> heardOfState() {
		return heard().stream().filter((datagram) -> !datagram.startsWith("WATCHDOG")).toList();
	}

	private static CheckDefinition down(String name) {
		return new CheckDefinition(name, name, () -> Health.down().withDetail("error", "gone\nREADY=1\n").build(),
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
