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

package io.github.healthstarter.shutdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.StaticApplicationContext;

import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainListener;
import io.github.healthstarter.drain.DrainOutcome;
import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.drain.DrainSettings;
import io.github.healthstarter.drain.DrainSummary;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.health.ServiceInfo;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.instance.InstanceSettings;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.signal.JvmSignal;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.traffic.Traffic;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SignalRelay}. That real signals reach it is for the tests of the
 * sample application's shutdown to show.
 */
@DisabledOnOs(OS.WINDOWS)
@ExtendWith(OutputCaptureExtension.class)
class SignalRelayTests {

	private static final Map<String, String> HARMLESS = Map.of("TERM", "WINCH", "INT", "URG");

	private final List<String> ends = new CopyOnWriteArrayList<>();

	private final Map<String, Runnable> handlers = new LinkedHashMap<>();

	private final List<JvmSignal> replaced = new ArrayList<>();

	private final List<DrainController> drains = new ArrayList<>();

	@AutoClose
	private final HealthInstance instance = new HealthInstance(InstanceSettings.DEFAULT,
			new ServiceInfo(null, null, null, null), TimeSource.system());

	private final SignalRelay relay = relay(false);

	@AfterEach
	void restore() {
		this.replaced.forEach(JvmSignal::restore);
		this.drains.forEach(DrainController::close);
	}

	@ParameterizedTest
	@CsvSource({ "SIGTERM, 143", "SIGINT, 130" })
	void firstSignalDrainsAllAndThenEndsTheProcess(DrainTrigger trigger, int exitCode) {
		Drains first = add(Duration.ZERO);
		Drains second = add(Duration.ofMillis(50));
		this.relay.onSignal(trigger);
		assertThat(this.ends).containsExactly("exit " + exitCode);
		assertThat(List.of(first, second)).allSatisfy((drains) -> {
			assertThat(drains.begun).containsExactly(trigger);
			assertThat(drains.ended).containsExactly(DrainOutcome.QUIESCED);
		});
	}

	@Test
	void firstSignalCallsThePreviousHandlerInstead() {
		SignalRelay relay = relay(true);
		this.replaced.add(JvmSignal.replaceHandler("WINCH", () -> this.ends.add("previous handler")));
		DrainController drain = controller(Duration.ZERO);
		relay.add(drain);
		deliver("TERM");
		assertThat(this.ends).containsExactly("previous handler");
		assertThat(drain.progress()).isNotNull();
	}

	@Test
	void secondSignalEndsTheWaiting(CapturedOutput output) throws Exception {
		Drains drains = add(Duration.ofMinutes(1));
		Thread first = signalUntilBegun(drains);
		assertThat(this.ends).isEmpty();
		this.relay.onSignal(DrainTrigger.SIGINT);
		first.join(TimeUnit.SECONDS.toMillis(5));
		assertThat(drains.ended).containsExactly(DrainOutcome.TIMED_OUT);
		assertThat(this.ends).containsExactly("exit 143");
		assertThat(output).containsOnlyOnce("A second signal (SIGINT): not waiting any longer");
	}

	@Test
	void secondSignalWhenTheWaitingIsOverSaysThatOnlyAThirdChangesAnything(CapturedOutput output) {
		add(Duration.ZERO);
		this.relay.onSignal(DrainTrigger.SIGTERM);
		this.relay.onSignal(DrainTrigger.SIGINT);
		assertThat(output).containsOnlyOnce("A second signal (SIGINT): no drain waits any more, the application is"
				+ " being closed; a third signal ends the process at once");
	}

	@Test
	void secondSignalBeforeTheDrainHasBegunEndsItsWaiting() throws Exception {
		CountDownLatch secondCame = new CountDownLatch(1);
		CountDownLatch beginning = new CountDownLatch(1);
		Lifecycle lifecycle = startedLifecycle();
		lifecycle.addListener(() -> {
			beginning.countDown();
			awaitUninterrupted(secondCame);
		});
		this.relay.add(controller(Duration.ofMinutes(1), Scheduler.start("test-drain"), lifecycle));
		DrainController last = controller(Duration.ofMinutes(1));
		this.relay.add(last);
		Thread first = signal();
		awaitUninterrupted(beginning);
		this.relay.onSignal(DrainTrigger.SIGTERM);
		assertThat(last.progress()).isNull();
		secondCame.countDown();
		first.join(TimeUnit.SECONDS.toMillis(5));
		assertThat(this.ends).containsExactly("exit 143");
	}

	@Test
	void thirdSignalHalts(CapturedOutput output) throws Exception {
		Thread first = signalUntilBegun(add(Duration.ofMinutes(1)));
		this.relay.onSignal(DrainTrigger.SIGTERM);
		first.join(TimeUnit.SECONDS.toMillis(5));
		this.relay.onSignal(DrainTrigger.SIGINT);
		assertThat(this.ends).containsExactly("exit 143", "halt 130");
		assertThat(output).containsOnlyOnce("A third signal (SIGINT): ending at once");
	}

	@Test
	void firstSignalSetsTheDeadlineRunning(CapturedOutput output) {
		DrainController drain = controller(Duration.ofMinutes(1));
		this.relay.add(drain);
		this.relay.add(new ShutdownDeadline(Duration.ofMillis(100), drain,
				new ShutdownReport(new StaticApplicationContext(), this.instance)));
		this.relay.onSignal(DrainTrigger.SIGINT);
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> this.ends.contains("halt 130"));
		assertThat(output).contains("50ms after SIGINT: halting");
	}

	@Test
	void drainThatIsAddedAfterTheSignalBeginsAtOnce(CapturedOutput output) {
		this.relay.onSignal(DrainTrigger.SIGINT);
		Drains drains = add(Duration.ofMinutes(1));
		assertThat(drains.begun).containsExactly(DrainTrigger.SIGINT);
		assertThat(drains.ended).isEmpty();
		DrainController late = controller(Duration.ofMinutes(1));
		this.relay.add(new ShutdownDeadline(Duration.ofMillis(100), late,
				new ShutdownReport(new StaticApplicationContext(), this.instance)));
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> this.ends.contains("halt 130"));
		this.relay.add(controller(Duration.ofMinutes(1), new BrokenScheduler(), startedLifecycle()));
		assertThat(output).contains("The drain by SIGINT failed");
	}

	@Test
	void drainThatIsAddedAfterTwoSignalsDoesNotWait() {
		this.relay.onSignal(DrainTrigger.SIGTERM);
		this.relay.onSignal(DrainTrigger.SIGINT);
		assertThat(add(Duration.ofMinutes(1)).ended).containsExactly(DrainOutcome.TIMED_OUT);
	}

	@Test
	void drainThatFailsDoesNotKeepTheProcess(CapturedOutput output) {
		this.relay.add(controller(Duration.ofMinutes(1), new BrokenScheduler(), startedLifecycle()));
		this.relay.onSignal(DrainTrigger.SIGTERM);
		assertThat(this.ends).containsExactly("exit 143");
		assertThat(output).contains("The drain by SIGTERM failed, ending without it");
	}

	@Test
	void handlersStayWhileThereIsAnApplicationToDrain() {
		SignalRelay relay = relay(true);
		DrainController first = controller(Duration.ZERO);
		DrainController second = controller(Duration.ZERO);
		assertThat(this.handlers).isEmpty();
		relay.add(first);
		relay.add(second);
		assertThat(this.handlers).containsOnlyKeys("TERM", "INT");
		relay.remove(first);
		this.handlers.clear();
		relay.add(first);
		assertThat(this.handlers).isEmpty();
		relay.remove(first);
		relay.remove(second);
		relay.add(first);
		assertThat(this.handlers).containsOnlyKeys("TERM", "INT");
		relay.remove(first);
	}

	@Test
	void handlersStayAfterASignalToCountTheNext() {
		SignalRelay relay = relay(true);
		this.replaced.add(JvmSignal.replaceHandler("WINCH", () -> this.ends.add("previous handler")));
		DrainController drain = controller(Duration.ZERO);
		relay.add(drain);
		deliver("TERM");
		relay.remove(drain);
		deliver("INT");
		deliver("INT");
		assertThat(this.ends).containsExactly("previous handler", "halt 130");
	}

	@Test
	void processThatIsStillStartingIsEndedAfterTheLimit(CapturedOutput output) {
		try (StartingApplication application = new StartingApplication(this.relay, () -> Duration.ofMillis(50),
				this::aborted)) {
			this.relay.onSignal(DrainTrigger.SIGTERM);
			Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> this.ends.contains("halt 143"));
			assertThat(application.abortAfter()).isEqualTo(Duration.ofMillis(50));
		}
		assertThat(this.ends).containsExactly("aborted", "exit 143", "halt 143");
		assertThat(output).contains("still starting 50ms after SIGTERM");
	}

	@Test
	void drainDoesNotPutOffTheLimitOfAStart() throws Exception {
		Drains drains = add(Duration.ofMinutes(1));
		try (StartingApplication application = new StartingApplication(this.relay, () -> Duration.ofMillis(50),
				this::aborted)) {
			Thread first = signalUntilBegun(drains);
			Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> this.ends.contains("halt 143"));
			assertThat(application.abortAfter()).isEqualTo(Duration.ofMillis(50));
			assertThat(first.isAlive()).isTrue();
			this.relay.onSignal(DrainTrigger.SIGTERM);
			first.join(TimeUnit.SECONDS.toMillis(5));
		}
		assertThat(this.ends).containsExactly("aborted", "halt 143", "exit 143");
	}

	@Test
	void processWhoseStartEndsInTimeIsNotHalted() throws InterruptedException {
		StartingApplication application = new StartingApplication(this.relay, () -> Duration.ofMinutes(1),
				this::aborted);
		this.relay.onSignal(DrainTrigger.SIGINT);
		application.close();
		for (Thread thread : Thread.getAllStackTraces().keySet()) {
			if ("health-abort".equals(thread.getName())) {
				thread.join(TimeUnit.SECONDS.toMillis(10));
			}
		}
		assertThat(this.ends).containsExactly("aborted", "exit 130");
	}

	@Test
	void signalsAreFollowedFromTheStartUntilTheLastIsGone() {
		SignalRelay relay = relay(true);
		StartingApplication application = new StartingApplication(relay, () -> Duration.ZERO, this::aborted);
		assertThat(this.handlers).containsOnlyKeys("TERM", "INT");
		DrainController drain = controller(Duration.ZERO);
		relay.add(drain);
		application.close();
		this.handlers.clear();
		relay.remove(drain);
		new StartingApplication(relay, () -> Duration.ZERO, this::aborted).close();
		assertThat(this.handlers).containsOnlyKeys("TERM", "INT");
	}

	private void aborted() {
		this.ends.add("aborted");
	}

	private SignalRelay relay(boolean givenAway) {
		return new SignalRelay((name, handler) -> {
			if (!givenAway) {
				throw new UnsupportedOperationException(name);
			}
			this.handlers.put(name, handler);
			JvmSignal signal = JvmSignal.replaceHandler(HARMLESS.getOrDefault(name, name), handler);
			this.replaced.add(0, signal);
			return signal;
		}, (code) -> this.ends.add("exit " + code), (code) -> this.ends.add("halt " + code));
	}

	private void deliver(String name) {
		Objects.requireNonNull(this.handlers.get(name)).run();
	}

	private Drains add(Duration minWait) {
		Drains drains = new Drains();
		DrainController drain = controller(minWait);
		drain.addListener(drains);
		this.relay.add(drain);
		return drains;
	}

	private DrainController controller(Duration minWait) {
		return controller(minWait, Scheduler.start("test-drain"), startedLifecycle());
	}

	private DrainController controller(Duration minWait, Scheduler scheduler, Lifecycle lifecycle) {
		TimeSource time = TimeSource.system();
		DrainSettings settings = new DrainSettings(minWait, Duration.ofMinutes(2), Duration.ZERO, 3);
		DrainController drain = new DrainController(() -> settings, lifecycle, new Traffic(time), scheduler, time);
		this.drains.add(drain);
		return drain;
	}

	private static Lifecycle startedLifecycle() {
		Lifecycle lifecycle = new Lifecycle(TimeSource.system(), Duration.ZERO);
		lifecycle.ready();
		lifecycle.started();
		return lifecycle;
	}

	private Thread signalUntilBegun(Drains drains) {
		Thread thread = signal();
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !drains.begun.isEmpty());
		return thread;
	}

	private Thread signal() {
		Thread thread = new Thread(() -> this.relay.onSignal(DrainTrigger.SIGTERM), "test-signal");
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	private static void awaitUninterrupted(CountDownLatch latch) {
		try {
			assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * What a drain has come to.
	 */
	private static final class Drains implements DrainListener {

		private final List<DrainTrigger> begun = new CopyOnWriteArrayList<>();

		private final List<DrainOutcome> ended = new CopyOnWriteArrayList<>();

		@Override
		public void onStarted(DrainProgress progress) {
			this.begun.add(progress.trigger());
		}

		@Override
		public void onEnded(DrainSummary summary) {
			this.ended.add(summary.outcome());
		}

	}

	/**
	 * A scheduler without a thread, as where memory has run out.
	 */
	private static final class BrokenScheduler implements Scheduler {

		@Override
		public Scheduled schedule(Duration delay, Runnable task) {
			throw new IllegalStateException("broken");
		}

		@Override
		public void recoverWith(Runnable recovery) {
		}

		@Override
		public void close() {
		}

	}

}
