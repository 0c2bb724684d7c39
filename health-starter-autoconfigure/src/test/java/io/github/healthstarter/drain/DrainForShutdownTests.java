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

package io.github.healthstarter.drain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.lifecycle.LifecyclePhase;
import io.github.healthstarter.notification.Notifications;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.traffic.Traffic;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DrainController} where a thread waits for it.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class DrainForShutdownTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final DrainSettings PATIENT = new DrainSettings(Duration.ZERO, Duration.ofSeconds(50),
			Duration.ofMillis(100), 3);

	private static final DrainSettings IMPATIENT = new DrainSettings(Duration.ZERO, Duration.ofMillis(100),
			Duration.ofMillis(100), 3);

	private final TimeSource time = TimeSource.system();

	private final Scheduler scheduler = Scheduler.start("drain-under-test");

	private final Lifecycle lifecycle = new Lifecycle(this.time, Duration.ZERO);

	private final Traffic traffic = new Traffic(this.time);

	private final RecordingDrainListener listener = new RecordingDrainListener();

	DrainForShutdownTests() {
		this.lifecycle.ready();
		this.lifecycle.started();
	}

	@AfterEach
	void close() {
		this.scheduler.close();
	}

	@Test
	void drainForShutdownWhereNobodyAsksReturnsAtOnce() {
		DrainController drain = controller(PATIENT);
		long begun = this.time.nanos();
		drain.drainForShutdown(DrainTrigger.CONTEXT);
		assertThat(this.time.since(begun)).isLessThan(Duration.ofSeconds(1));
		assertThat(this.listener.heard()).containsExactly("started context", "ended quiesced");
	}

	@Test
	void anyThreadMayAskWhileADrainBegins() {
		DrainController drain = controller(PATIENT);
		List<CompletableFuture<Boolean>> asked = new ArrayList<>();
		this.lifecycle.addListener(() -> {
			CompletableFuture<Boolean> answer = CompletableFuture.supplyAsync(drain::isShuttingDown);
			asked.add(answer);
			assertThat(answer).succeedsWithin(LIMIT);
		});
		drain.drainForShutdown(DrainTrigger.CONTEXT);
		assertThat(asked).singleElement().satisfies((answer) -> assertThat(answer).isCompletedWithValue(true));
	}

	@Test
	void drainForShutdownWaitsForWhatIsInFlight() {
		DrainController drain = controller(PATIENT);
		this.traffic.requests().begin();
		CompletableFuture<List<String>> heard = shutDown(drain);
		Awaitility.await().atMost(LIMIT).until(() -> this.listener.heard().contains("started SIGTERM"));
		assertThat(heard).isNotDone();
		this.traffic.requests().end();
		assertThat(heard).succeedsWithin(LIMIT).isEqualTo(List.of("started SIGTERM", "ended quiesced"));
	}

	@Test
	void drainForShutdownGivesUpAtMaxWait() {
		DrainController drain = controller(IMPATIENT);
		this.traffic.requests().begin();
		long begun = this.time.nanos();
		drain.drainForShutdown(DrainTrigger.SIGTERM);
		assertThat(this.time.since(begun)).isBetween(Duration.ofMillis(100), Duration.ofSeconds(5));
		assertThat(this.listener.heard()).containsExactly("started SIGTERM", "ended timed_out");
	}

	@Test
	void drainForShutdownWhenSchedulerIsDeadGivesUpAllTheSame() {
		DrainController drain = controller(IMPATIENT);
		this.scheduler.close();
		this.traffic.requests().begin();
		drain.drainForShutdown(DrainTrigger.SIGTERM);
		assertThat(this.listener.heard()).containsExactly("started SIGTERM", "ended timed_out");
	}

	@Test
	void drainForShutdownJoinsADrainUnderWay() {
		DrainController drain = controller(PATIENT);
		this.traffic.requests().begin();
		drain.begin(DrainTrigger.API);
		CompletableFuture<List<String>> heard = shutDown(drain);
		Awaitility.await().atMost(LIMIT).until(drain::isShuttingDown);
		assertThat(drain.cancel()).isFalse();
		this.traffic.requests().end();
		assertThat(heard).succeedsWithin(LIMIT).isEqualTo(List.of("started api", "ended quiesced"));
	}

	@Test
	void drainForShutdownAfterACompletedDrainReturnsAtOnce() {
		DrainController drain = controller(PATIENT);
		drain.begin(DrainTrigger.API);
		this.traffic.requests().begin();
		long begun = this.time.nanos();
		drain.drainForShutdown(DrainTrigger.SIGTERM);
		assertThat(this.time.since(begun)).isLessThan(Duration.ofSeconds(1));
		assertThat(this.listener.heard()).containsExactly("started api", "ended quiesced");
	}

	@Test
	void drainForShutdownAgainReturnsAtOnce() {
		DrainController drain = controller(PATIENT);
		drain.drainForShutdown(DrainTrigger.SIGTERM);
		this.traffic.requests().begin();
		long begun = this.time.nanos();
		drain.drainForShutdown(DrainTrigger.CONTEXT);
		assertThat(this.time.since(begun)).isLessThan(Duration.ofSeconds(1));
		assertThat(this.listener.heard()).containsExactly("started SIGTERM", "ended quiesced");
	}

	@Test
	void endWaitingReleasesTheWaitingThread() {
		DrainController drain = controller(PATIENT);
		this.traffic.requests().begin();
		CompletableFuture<List<String>> heard = shutDown(drain);
		Awaitility.await().atMost(LIMIT).until(drain::endWaiting);
		assertThat(heard).succeedsWithin(LIMIT).isEqualTo(List.of("started SIGTERM", "ended timed_out"));
	}

	@Test
	void interruptEndsTheWaitingAndIsKept() throws InterruptedException {
		DrainController drain = controller(PATIENT);
		this.traffic.requests().begin();
		AtomicBoolean interrupted = new AtomicBoolean();
		Thread thread = new Thread(() -> {
			drain.drainForShutdown(DrainTrigger.CONTEXT);
			interrupted.set(Thread.currentThread().isInterrupted());
		});
		thread.start();
		Awaitility.await().atMost(LIMIT).until(drain::isShuttingDown);
		thread.interrupt();
		thread.join(LIMIT.toMillis());
		assertThat(thread.isAlive()).isFalse();
		assertThat(interrupted).isTrue();
		assertThat(this.listener.heard()).containsExactly("started context", "ended timed_out");
		assertThat(this.lifecycle.phase()).isEqualTo(LifecyclePhase.DRAINING);
	}

	@Test
	void listenerThatThrowsStopsNothing() {
		DrainController drain = new DrainController(() -> PATIENT, this.lifecycle, this.traffic, this.scheduler,
				this.time);
		drain.addListener(new DrainListener() {

			@Override
			public void onStarted(DrainProgress progress) {
				throw new StackOverflowError();
			}

			@Override
			public void onEnded(DrainSummary summary) {
				throw new IllegalStateException();
			}

		});
		drain.addListener(this.listener);
		drain.drainForShutdown(DrainTrigger.SIGTERM);
		assertThat(this.listener.heard()).containsExactly("started SIGTERM", "ended quiesced");
	}

	@Test
	void listenersAreCalledBeforeTheShutdownGoesOn() {
		DrainController drain = controller(PATIENT);
		CountDownLatch slowness = new CountDownLatch(1);
		AtomicBoolean called = new AtomicBoolean();
		drain.addListener(new DrainListener() {

			@Override
			public void onEnded(DrainSummary summary) {
				awaitUnchecked(slowness);
				called.set(true);
			}

		});
		this.traffic.requests().begin();
		CompletableFuture<Boolean> calledBefore = CompletableFuture.supplyAsync(() -> {
			drain.drainForShutdown(DrainTrigger.SIGTERM);
			return called.get();
		});
		Awaitility.await().atMost(LIMIT).until(() -> drain.progress() != null);
		this.traffic.requests().end();
		Awaitility.await().atMost(LIMIT).until(() -> this.listener.heard().size() == 2);
		slowness.countDown();
		assertThat(calledBefore).succeedsWithin(LIMIT).isEqualTo(true);
	}

	@Test
	void eventListenerThatBlocksDelaysNeitherTheDrainNorTheLog(CapturedOutput output) {
		CountDownLatch blocked = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		List<Object> published = new CopyOnWriteArrayList<>();
		try (Notifications notifications = new Notifications()) {
			notifications.connect((event) -> {
				blocked.countDown();
				awaitUnchecked(release);
				published.add(event);
			});
			DrainController drain = controller(PATIENT);
			drain.addListener(DrainListener.notifying(notifications));
			long begun = this.time.nanos();
			drain.drainForShutdown(DrainTrigger.SIGTERM);
			assertThat(this.time.since(begun)).isLessThan(Duration.ofSeconds(1));
			awaitUnchecked(blocked);
			assertThat(this.listener.heard()).containsExactly("started SIGTERM", "ended quiesced");
			Awaitility.await().atMost(LIMIT).until(() -> output.toString().contains("Drain quiesced after"));
			assertThat(output).contains("Drain begun by SIGTERM");
			assertThat(published).isEmpty();
			release.countDown();
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(published).extracting((event) -> event.getClass().getSimpleName())
					.containsExactly("DrainStartedEvent", "DrainCompletedEvent"));
		}
	}

	private CompletableFuture<List<String>> shutDown(DrainController drain) {
		return CompletableFuture.supplyAsync(() -> {
			drain.drainForShutdown(DrainTrigger.SIGTERM);
			return List.copyOf(this.listener.heard());
		});
	}

	private DrainController controller(DrainSettings settings) {
		this.lifecycle.ready();
		this.lifecycle.started();
		DrainController drain = new DrainController(() -> settings, this.lifecycle, this.traffic, this.scheduler,
				this.time);
		drain.addListener(this.listener);
		return drain;
	}

	private static void awaitUnchecked(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
