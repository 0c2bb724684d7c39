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

package io.github.healthstarter.instance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;

import io.github.healthstarter.access.AccessRules;
import io.github.healthstarter.check.CheckChangedEvent;
import io.github.healthstarter.check.CheckDefinition;
import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.drain.DrainCompletedEvent;
import io.github.healthstarter.drain.DrainSettings;
import io.github.healthstarter.drain.DrainStartedEvent;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.health.HealthChangedEvent;
import io.github.healthstarter.health.HealthState;
import io.github.healthstarter.health.Probe;
import io.github.healthstarter.health.ServiceInfo;
import io.github.healthstarter.mode.Mode;
import io.github.healthstarter.mode.ModeChangedEvent;
import io.github.healthstarter.mode.ModeRequest;
import io.github.healthstarter.shutdown.ShutdownReport;
import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.web.AccessPolicy;
import io.github.healthstarter.web.HttpContract;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HealthInstance}.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class HealthInstanceTests {

	private static final StaticApplicationContext CONTEXT = new StaticApplicationContext();

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final ServiceInfo SERVICE = new ServiceInfo("shop", null, null, "host-1");

	private static final Map<Probe, List<String>> PATHS = Map.of(Probe.LIVENESS, List.of("/healthz"), Probe.READINESS,
			List.of("/readyz"), Probe.STARTUP, List.of("/startupz"));

	private final ManualTime time = new ManualTime();

	private final Map<String, ManualScheduler> schedulers = new HashMap<>();

	@AutoClose
	private final HealthInstance instance = new HealthInstance(InstanceSettings.DEFAULT, SERVICE, this.time,
			this::scheduler);

	private final List<Object> events = new CopyOnWriteArrayList<>();

	@Test
	void beginsStartingWithWhatItIsGiven() {
		assertThat(this.instance.settings()).isSameAs(InstanceSettings.DEFAULT);
		assertThat(this.instance.service()).isSameAs(SERVICE);
		assertThat(this.instance.time()).isSameAs(this.time);
		assertThat(this.instance.health().snapshot().state()).isEqualTo(HealthState.STARTING);
		assertThat(this.schedulers).containsOnlyKeys("health-liveness", "health-checks", "health-mode", "health-drain");
	}

	@Test
	void partsAreThoseThatTheSnapshotIsMadeOf() {
		assertThat(this.instance.health().sources().lifecycle()).isSameAs(this.instance.lifecycle());
		assertThat(this.instance.health().sources().liveness()).isSameAs(this.instance.liveness());
		assertThat(this.instance.health().sources().checks()).isSameAs(this.instance.checks());
		assertThat(this.instance.health().sources().modes()).isSameAs(this.instance.modes());
		start();
		assertThat(state()).isEqualTo(HealthState.RUNNING);
		enter(Mode.READ_ONLY);
		assertThat(state()).isEqualTo(HealthState.READ_ONLY);
		this.instance.drain().begin(DrainTrigger.API);
		assertThat(state()).isEqualTo(HealthState.DRAINING);
		this.instance.lifecycle().stop();
		assertThat(state()).isEqualTo(HealthState.STOPPING);
	}

	@Test
	void drainWaitsForTheTrafficOfTheInstance() {
		start();
		this.instance.traffic().requests().begin();
		this.instance.drain().begin(DrainTrigger.API);
		assertThat(this.instance.drain().progress()).isNotNull()
			.satisfies((progress) -> assertThat(progress.waitingFor()).contains("1 request"));
	}

	@Test
	void startupWaitsForRequiredChecksIfSettingsSaySo() {
		startWithCheckThatIsDown(this.instance);
		assertThat(this.instance.lifecycle().state().isStarted()).isTrue();
		InstanceSettings settings = new InstanceSettings(AccessRules.LOOPBACK, DrainSettings.DEFAULT, false, null, true,
				true);
		try (HealthInstance other = new HealthInstance(settings, SERVICE, this.time,
				(name) -> new ManualScheduler(this.time))) {
			startWithCheckThatIsDown(other);
			assertThat(other.lifecycle().state().isStarted()).isFalse();
		}
	}

	@Test
	void startupFollowsSettings() {
		this.instance
			.reconfigure(new InstanceSettings(AccessRules.LOOPBACK, DrainSettings.DEFAULT, false, null, true, true));
		startWithCheckThatIsDown(this.instance);
		assertThat(this.instance.lifecycle().state().isStarted()).isFalse();
	}

	@Test
	void settingsAreReplacedAsAWhole() {
		InstanceSettings settings = settings(LIMIT, null);
		this.instance.reconfigure(settings);
		assertThat(this.instance.settings()).isSameAs(settings);
		ServiceInfo service = new ServiceInfo("shop", "1.2", "abc", "host-1");
		this.instance.describe(service);
		assertThat(this.instance.service()).isSameAs(service);
	}

	@Test
	void drainFollowsSettingsButNotTheOneUnderWay() {
		start();
		this.instance.reconfigure(settings(LIMIT, null));
		assertThat(this.instance.drain().maxWait()).isEqualTo(LIMIT);
		this.instance.traffic().requests().begin();
		this.instance.drain().begin(DrainTrigger.API);
		this.instance.reconfigure(settings(Duration.ofMinutes(1), null));
		this.time.advance(LIMIT);
		assertThat(this.instance.drain().summary()).isNotNull()
			.satisfies((summary) -> assertThat(summary.waited()).isEqualTo(LIMIT));
		assertThat(this.instance.drain().maxWait()).isEqualTo(Duration.ofMinutes(1));
	}

	@Test
	void accessFollowsSettings() {
		AccessPolicy access = HttpContract.of(this.instance, PATHS, null).access();
		assertThat(access.allowsPeer("10.1.2.3")).isTrue();
		this.instance.reconfigure(new InstanceSettings(new AccessRules(List.of("127.0.0.1"), List.of(), null),
				DrainSettings.DEFAULT, false, null, true, true));
		assertThat(access.allowsPeer("10.1.2.3")).isFalse();
	}

	@Test
	void shutdownReportFollowsSettings(@TempDir Path directory) throws Exception {
		ShutdownReport report = new ShutdownReport(CONTEXT, this.instance);
		Path file = Files.createFile(directory.resolve("termination-log"));
		this.instance.reconfigure(settings(LIMIT, file));
		this.instance.drain().begin(DrainTrigger.CONTEXT);
		report.onApplicationEvent(new ContextClosedEvent(CONTEXT));
		report.stop();
		assertThat(file).content().startsWith("Shutdown: trigger=context drain=quiesced");
	}

	@Test
	void eventsComeInOrderOnOneThreadOnceConnected() throws Exception {
		List<String> threads = new CopyOnWriteArrayList<>();
		enter(Mode.MAINTENANCE);
		assertThat(this.instance.notifications().flush(LIMIT)).isTrue();
		this.instance.notifications().connect((event) -> {
			threads.add(Thread.currentThread().getName());
			this.events.add(event);
		});
		this.instance.modes().leave();
		CheckDefinition db = new CheckDefinition("db", "db", () -> Health.up().build(), CheckPolicy.DEFAULT);
		this.instance.checks().start(List.of(db));
		awaitResult();
		this.instance.lifecycle().ready();
		this.instance.drain().begin(DrainTrigger.API);
		this.instance.drain().endWaiting();
		assertThat(this.instance.notifications().flush(LIMIT)).isTrue();
		assertThat(this.events).extracting(HealthInstanceTests::describe)
			.containsExactly("mode normal", "check UP", "health running", "health draining", "drain started",
					"drain completed");
		assertThat(threads).containsOnly("health-events");
	}

	@Test
	void manyEventsComeInTheOrderOfTheChanges() throws Exception {
		start();
		assertThat(this.instance.notifications().flush(LIMIT)).isTrue();
		List<HealthChangedEvent> heard = new ArrayList<>();
		this.instance.notifications().connect((event) -> {
			if (event instanceof HealthChangedEvent changed) {
				heard.add(changed);
			}
		});
		for (int i = 0; i < 100; i++) {
			this.instance.lifecycle().refuse(i % 2 == 0);
			this.instance.drain().begin(DrainTrigger.API);
			this.instance.drain().cancel();
		}
		assertThat(this.instance.notifications().flush(LIMIT)).isTrue();
		assertThat(heard).hasSize(300);
		for (int i = 1; i < heard.size(); i++) {
			assertThat(heard.get(i).before().state()).isEqualTo(heard.get(i - 1).after().state());
		}
	}

	@Test
	void eventListenerThatBlocksDelaysNoChange(CapturedOutput output) {
		CountDownLatch release = new CountDownLatch(1);
		this.instance.notifications().connect((event) -> awaitUninterrupted(release));
		start();
		enter(Mode.MAINTENANCE);
		this.instance.drain().begin(DrainTrigger.API);
		assertThat(state()).isEqualTo(HealthState.DRAINING);
		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(output).contains("Health: starting -> running",
					"Mode: normal -> maintenance", "Health: maintenance -> draining", "Drain begun by api"));
		release.countDown();
	}

	@Test
	void closeLetsOutWhatIsLeft(CapturedOutput output) {
		CountDownLatch later = new CountDownLatch(1);
		this.instance.notifications().connect((event) -> {
			if (!isDown(later, Duration.ofMillis(100))) {
				this.events.add(event);
			}
		});
		start();
		this.instance.close();
		assertThat(this.events).extracting(HealthInstanceTests::describe).containsExactly("health running");
		assertThat(output).contains("Health: starting -> running");
		assertThat(state()).isEqualTo(HealthState.RUNNING);
	}

	@Test
	void closeClosesAllSchedulers() {
		this.instance.close();
		this.time.runDue();
		assertThat(this.schedulers.values()).hasSize(4).allMatch(ManualScheduler::isClosed);
	}

	@Test
	void threadsEndWithTheInstance() {
		List<Thread> before = threads();
		HealthInstance real = new HealthInstance(InstanceSettings.DEFAULT, SERVICE, TimeSource.system());
		CheckDefinition db = new CheckDefinition("db", "db", () -> Health.up().build(), CheckPolicy.DEFAULT);
		real.checks().start(List.of(db));
		real.modes()
			.enter(new ModeRequest(Mode.MAINTENANCE, null, null, real.time().instant().plus(Duration.ofHours(1))));
		real.traffic().requests().begin();
		real.lifecycle().ready();
		real.drain().begin(DrainTrigger.API);
		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(names(before)).contains("health-liveness", "health-checks", "health-mode",
					"health-drain", "health-logs", "health-events"));
		real.close();
		Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(names(before)).isEmpty());
	}

	private Scheduler scheduler(String name) {
		return this.schedulers.computeIfAbsent(name, (unused) -> new ManualScheduler(this.time));
	}

	private void start() {
		this.instance.lifecycle().ready();
		assertThat(this.instance.lifecycle().state().isStarted()).isTrue();
	}

	private void startWithCheckThatIsDown(HealthInstance started) {
		CheckPolicy policy = CheckPolicy.DEFAULT.withImpact(Impact.REQUIRED);
		started.checks().start(List.of(new CheckDefinition("db", "db", () -> Health.down().build(), policy)));
		started.lifecycle().ready();
	}

	private void awaitResult() {
		Awaitility.await().atMost(LIMIT).until(() -> {
			this.time.runDue();
			return this.instance.checks().snapshot().requiredHavePassed();
		});
	}

	private void enter(Mode mode) {
		this.instance.modes().enter(new ModeRequest(mode, null, null, null));
	}

	private HealthState state() {
		return this.instance.health().snapshot().state();
	}

	private static InstanceSettings settings(Duration maxWait, @Nullable Path terminationMessage) {
		return new InstanceSettings(AccessRules.LOOPBACK, DrainSettings.DEFAULT.withMaxWait(maxWait), false,
				terminationMessage, true, true);
	}

	private static String describe(Object event) {
		Map<Class<?>, Function<Object, String>> kinds = Map.of(HealthChangedEvent.class,
				(it) -> "health " + ((HealthChangedEvent) it).after().state().label(), ModeChangedEvent.class,
				(it) -> "mode " + ((ModeChangedEvent) it).after().mode().label(), CheckChangedEvent.class,
				(it) -> "check " + ((CheckChangedEvent) it).after().status(), DrainStartedEvent.class,
				(it) -> "drain started", DrainCompletedEvent.class, (it) -> "drain completed");
		return kinds.get(event.getClass()).apply(event);
	}

	private static List<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("health-"))
			.toList();
	}

	private static List<String> names(List<Thread> except) {
		return threads().stream().filter((thread) -> !except.contains(thread)).map(Thread::getName).toList();
	}

	private static void awaitUninterrupted(CountDownLatch latch) {
		assertThat(isDown(latch, LIMIT)).isTrue();
	}

	private static boolean isDown(CountDownLatch latch, Duration limit) {
		try {
			return latch.await(limit.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
