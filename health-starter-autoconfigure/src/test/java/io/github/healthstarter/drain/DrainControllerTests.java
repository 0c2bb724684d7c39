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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.lifecycle.LifecyclePhase;
import io.github.healthstarter.notification.Notifications;
import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.traffic.ProberKey;
import io.github.healthstarter.traffic.Traffic;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DrainController}.
 */
class DrainControllerTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final ManualTime time = new ManualTime();

	private final ManualScheduler scheduler = new ManualScheduler(this.time);

	private final Lifecycle lifecycle = new Lifecycle(this.time, Duration.ZERO);

	private final Traffic traffic = new Traffic(this.time);

	private final RecordingDrainListener listener = new RecordingDrainListener();

	private final DrainController drain = controller(DrainSettings.DEFAULT);

	DrainControllerTests() {
		this.lifecycle.ready();
		this.lifecycle.started();
	}

	@Test
	void beginTurnsReadinessOffBeforeListenersAreCalled() {
		this.drain.addListener(new DrainListener() {

			@Override
			public void onStarted(DrainProgress progress) {
				assertThat(DrainControllerTests.this.lifecycle.phase()).isEqualTo(LifecyclePhase.DRAINING);
				assertThat(progress.startedAt()).isEqualTo(ManualTime.START.plusSeconds(1));
				assertThat(progress.waitingFor()).containsExactly("1 request");
				DrainControllerTests.this.listener.onStarted(progress);
			}

		});
		this.traffic.requests().begin();
		this.time.advance(SECOND);
		assertThat(this.drain.begin(DrainTrigger.API)).isTrue();
		assertThat(this.listener.heard()).containsOnly("started api");
	}

	@Test
	void beginWhereNobodyAsksIsOverAtOnce() {
		assertThat(this.drain.begin(DrainTrigger.SIGINT)).isTrue();
		assertThat(this.listener.heard()).containsExactly("started SIGINT", "ended quiesced");
		assertThat(this.listener.summary().waited()).isZero();
		assertThat(this.scheduler.waiting()).isZero();
		assertThat(this.lifecycle.phase()).isEqualTo(LifecyclePhase.DRAINING);
	}

	@Test
	void drainIsWatchedAfterMemoryHasRunOut() {
		request();
		this.scheduler.exhaustAfter(1);
		this.drain.begin(DrainTrigger.SIGINT);
		this.time.advance(Duration.ofMillis(900));
		assertThat(this.listener.heard()).containsExactly("started SIGINT");
		this.time.advance(Duration.ofMillis(200));
		this.listener.awaitHeard("started SIGINT", "ended quiesced");
	}

	@Test
	void drainForWhichThereIsNoThreadBeginsAndIsWatchedByAnother() {
		request();
		this.scheduler.exhaustAfter(0);
		assertThat(this.drain.begin(DrainTrigger.API)).isTrue();
		this.drain.resume();
		this.time.advance(Duration.ofMillis(100));
		this.listener.awaitHeard("started api", "ended quiesced");
	}

	@Test
	void beginAfterRecentTrafficIsOverWithinATenthOfASecond() {
		request();
		this.drain.begin(DrainTrigger.SIGINT);
		assertThat(this.listener.heard()).containsExactly("started SIGINT");
		this.time.advance(Duration.ofMillis(100));
		this.listener.awaitHeard("started SIGINT", "ended quiesced");
	}

	@Test
	void drainEndsOnceWhenAllHasCome() {
		this.traffic.requests().begin();
		this.drain.begin(DrainTrigger.API);
		this.time.advance(Duration.ofSeconds(3));
		assertThat(this.listener.heard()).containsExactly("started api");
		this.traffic.requests().end();
		this.time.advance(Duration.ofSeconds(60));
		this.listener.awaitHeard("started api", "ended quiesced");
		assertThat(this.listener.summary()).isEqualTo(new DrainSummary(DrainTrigger.API, DrainOutcome.QUIESCED,
				this.listener.summary().waited(), 1, 0, List.of()));
		assertThat(this.listener.summary().waited()).isBetween(Duration.ofSeconds(3), Duration.ofMillis(3020));
		assertThat(this.scheduler.waiting()).isZero();
	}

	@Test
	void drainNeverWaitsBeyondMaxWait() {
		this.traffic.requests().begin();
		this.drain.begin(DrainTrigger.API);
		this.time.advance(Duration.ofSeconds(15).minusNanos(1));
		assertThat(this.listener.heard()).containsExactly("started api");
		this.time.advance(Duration.ofNanos(1));
		this.listener.awaitHeard("started api", "ended timed_out");
		assertThat(this.listener.summary().waited()).isEqualTo(Duration.ofSeconds(15));
		assertThat(this.listener.summary().inFlight()).isEqualTo(1);
		assertThat(this.scheduler.waiting()).isZero();
	}

	@Test
	void drainEndsAtMaxWaitToTheMoment() {
		Duration maxWait = Duration.ofMillis(1007);
		DrainController drain = controller(new DrainSettings(Duration.ZERO, maxWait, SECOND, 3));
		this.traffic.requests().begin();
		drain.begin(DrainTrigger.API);
		this.time.advance(Duration.ofSeconds(2));
		this.listener.awaitHeard("started api", "ended timed_out");
		assertThat(this.listener.summary().waited()).isEqualTo(maxWait);
	}

	@Test
	void drainWithMaxWaitOfZeroIsOverAtOnce() {
		DrainController drain = controller(new DrainSettings(Duration.ZERO, Duration.ZERO, SECOND, 3));
		this.traffic.requests().begin();
		drain.begin(DrainTrigger.API);
		assertThat(this.listener.heard()).containsExactly("started api", "ended timed_out");
	}

	@Test
	void drainUnderEndlessTrafficEndsAtMaxWait() {
		ManualScheduler clients = new ManualScheduler(this.time);
		repeat(clients, Duration.ofMillis(50), this::request);
		this.time.advance(SECOND);
		this.drain.begin(DrainTrigger.API);
		this.time.advance(Duration.ofMillis(14_999));
		assertThat(this.listener.heard()).containsExactly("started api");
		this.time.advance(Duration.ofMillis(1));
		this.listener.awaitHeard("started api", "ended timed_out");
		assertThat(this.listener.summary().served()).isGreaterThanOrEqualTo(299);
	}

	@Test
	void drainWaitsUntilProberHasSeenTheFailuresAndTrafficHasEnded() {
		ManualScheduler clients = new ManualScheduler(this.time);
		repeat(clients, Duration.ofSeconds(2), this::probe);
		this.time.advance(Duration.ofSeconds(9));
		this.drain.begin(DrainTrigger.SIGTERM);
		this.time.advance(Duration.ofMillis(4999));
		assertThat(this.listener.heard()).containsExactly("started SIGTERM");
		this.time.advance(Duration.ofMillis(22));
		this.listener.awaitHeard("started SIGTERM", "ended quiesced");
	}

	@Test
	void beginAgainReturnsFalseAndDelaysNothing() {
		ManualScheduler clients = new ManualScheduler(this.time);
		repeat(clients, SECOND, this::probe);
		this.time.advance(Duration.ofMillis(4500));
		this.drain.begin(DrainTrigger.API);
		for (int i = 0; i < 3; i++) {
			this.time.advance(SECOND);
			assertThat(this.drain.begin(DrainTrigger.SIGTERM)).isFalse();
		}
		this.listener.awaitHeard("started api", "ended quiesced");
		assertThat(this.scheduler.waiting()).isZero();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "SIGTERM", "SIGINT", "CONTEXT" })
	void beginWhileStoppingReturnsFalse(DrainTrigger trigger) {
		this.lifecycle.stop();
		assertThat(this.drain.begin(trigger)).isFalse();
		assertThat(this.drain.progress()).isNull();
		assertThat(this.listener.heard()).isEmpty();
	}

	@Test
	void beginForTheEndOfAStartThatIsStoppingDrainsAndStaysStopping() {
		this.lifecycle.stop();
		assertThat(this.drain.begin(DrainTrigger.SIGTERM)).isTrue();
		assertThat(this.drain.begin(DrainTrigger.CONTEXT)).isFalse();
		assertThat(this.lifecycle.phase()).isEqualTo(LifecyclePhase.STOPPING);
		assertThat(this.drain.progress()).isNotNull();
		assertThat(this.drain.cancel()).isFalse();
	}

	@Test
	void beginForTheEndCannotBeUndoneFromThenOn() {
		this.traffic.requests().begin();
		assertThat(this.drain.begin(DrainTrigger.API)).isTrue();
		assertThat(this.drain.begin(DrainTrigger.SIGTERM)).isFalse();
		assertThat(this.drain.isShuttingDown()).isTrue();
		assertThat(this.drain.cancel()).isFalse();
		assertThat(this.lifecycle.phase()).isEqualTo(LifecyclePhase.DRAINING);
	}

	@Test
	void cancelUndoesDrain() {
		this.traffic.requests().begin();
		this.drain.begin(DrainTrigger.API);
		this.time.advance(SECOND);
		assertThat(this.drain.cancel()).isTrue();
		assertThat(this.lifecycle.phase()).isEqualTo(LifecyclePhase.RUNNING);
		assertThat(this.drain.progress()).isNull();
		this.time.advance(Duration.ofSeconds(60));
		assertThat(this.listener.heard()).containsExactly("started api", "ended cancelled");
		assertThat(this.listener.summary().waited()).isEqualTo(SECOND);
		assertThat(this.scheduler.waiting()).isZero();
	}

	@Test
	void cancelAfterTheWaitingIsOverUndoesDrain() {
		this.drain.begin(DrainTrigger.API);
		assertThat(this.drain.cancel()).isTrue();
		assertThat(this.lifecycle.phase()).isEqualTo(LifecyclePhase.RUNNING);
		assertThat(this.listener.heard()).containsExactly("started api", "ended quiesced", "undone cancelled");
		assertThat(this.listener.summary().waited()).isZero();
	}

	@Test
	void drainThatIsUndoneIsPublishedAsCancelledOnceWheneverItIs() throws Exception {
		List<DrainOutcome> published = new ArrayList<>();
		try (Notifications notifications = new Notifications()) {
			notifications.connect((event) -> {
				if (event instanceof DrainCompletedEvent completed) {
					published.add(completed.summary().outcome());
				}
			});
			this.drain.addListener(DrainListener.notifying(notifications));
			this.drain.begin(DrainTrigger.API);
			this.drain.cancel();
			this.traffic.requests().begin();
			this.drain.begin(DrainTrigger.API);
			this.drain.cancel();
			assertThat(notifications.flush(LIMIT)).isTrue();
		}
		assertThat(published).containsExactly(DrainOutcome.QUIESCED, DrainOutcome.CANCELLED, DrainOutcome.CANCELLED);
	}

	@Test
	void cancelWithoutDrainReturnsFalse() {
		assertThat(this.drain.cancel()).isFalse();
		assertThat(this.lifecycle.phase()).isEqualTo(LifecyclePhase.RUNNING);
	}

	@Test
	void cancelWhenShuttingDownReturnsFalse() {
		this.drain.drainForShutdown(DrainTrigger.SIGTERM);
		assertThat(this.drain.isShuttingDown()).isTrue();
		assertThat(this.drain.cancel()).isFalse();
		assertThat(this.lifecycle.phase()).isEqualTo(LifecyclePhase.DRAINING);
		assertThat(this.drain.progress()).isNotNull();
	}

	@Test
	void beginAfterCancelDrainsAnew() {
		this.drain.begin(DrainTrigger.API);
		this.drain.cancel();
		this.traffic.requests().begin();
		assertThat(this.drain.begin(DrainTrigger.ACTUATOR)).isTrue();
		this.traffic.requests().end();
		this.time.advance(SECOND);
		this.listener.awaitHeard("started api", "ended quiesced", "undone cancelled", "started actuator",
				"ended quiesced");
	}

	@Test
	void endWaitingEndsItOnce() {
		this.traffic.requests().begin();
		this.drain.begin(DrainTrigger.SIGTERM);
		assertThat(this.drain.endWaiting()).isTrue();
		assertThat(this.drain.endWaiting()).isFalse();
		assertThat(this.listener.heard()).containsExactly("started SIGTERM", "ended timed_out");
		assertThat(this.lifecycle.phase()).isEqualTo(LifecyclePhase.DRAINING);
	}

	@Test
	void endWaitingWithoutDrainReturnsFalse() {
		assertThat(this.drain.endWaiting()).isFalse();
	}

	@Test
	void progressFollowsDrain() {
		assertThat(this.drain.progress()).isNull();
		this.traffic.requests().begin();
		this.drain.begin(DrainTrigger.API);
		this.time.advance(SECOND);
		DrainProgress progress = this.drain.progress();
		assertThat(progress).isNotNull();
		assertThat(progress.elapsed()).isEqualTo(SECOND);
		assertThat(progress.waitingFor()).containsExactly("1 request");
		assertThat(progress.outcome()).isNull();
	}

	@Test
	void summaryIsThatOfTheDrainWhoseWaitIsOver() {
		assertThat(this.drain.summary()).isNull();
		this.traffic.requests().begin();
		this.drain.begin(DrainTrigger.API);
		assertThat(this.drain.summary()).isNull();
		this.time.advance(SECOND);
		this.drain.endWaiting();
		DrainSummary summary = new DrainSummary(DrainTrigger.API, DrainOutcome.TIMED_OUT, SECOND, 0, 1, List.of());
		assertThat(this.drain.summary()).isEqualTo(summary).isSameAs(this.listener.summary());
		this.time.advance(SECOND);
		assertThat(this.drain.summary()).isEqualTo(summary);
	}

	@Test
	void summaryOfADrainThatIsUndoneIsGone() {
		this.drain.begin(DrainTrigger.API);
		assertThat(this.drain.summary()).isNotNull();
		this.drain.cancel();
		assertThat(this.drain.summary()).isNull();
		this.traffic.requests().begin();
		this.drain.begin(DrainTrigger.API);
		this.drain.cancel();
		assertThat(this.drain.summary()).isNull();
	}

	@Test
	void settingsAreReadWhenADrainBegins() {
		AtomicReference<DrainSettings> settings = new AtomicReference<>(DrainSettings.DEFAULT);
		DrainController drain = controller(settings::get);
		settings.set(DrainSettings.DEFAULT.withMaxWait(SECOND));
		assertThat(drain.maxWait()).isEqualTo(SECOND);
		this.traffic.requests().begin();
		drain.begin(DrainTrigger.API);
		settings.set(DrainSettings.DEFAULT.withMaxWait(Duration.ofSeconds(9)));
		this.time.advance(SECOND);
		this.listener.awaitHeard("started api", "ended timed_out");
		assertThat(drain.maxWait()).isEqualTo(Duration.ofSeconds(9));
	}

	@Test
	void closeClosesScheduler() {
		this.drain.close();
		assertThat(this.scheduler.isClosed()).isTrue();
	}

	private void request() {
		this.traffic.requests().begin();
		this.traffic.requests().end();
	}

	private void probe() {
		this.traffic.probers()
			.recordProbe(new ProberKey("10.0.0.1", null, "/readyz", ""),
					this.lifecycle.phase() == LifecyclePhase.DRAINING);
	}

	private static void repeat(ManualScheduler scheduler, Duration interval, Runnable task) {
		scheduler.schedule(interval, () -> {
			task.run();
			repeat(scheduler, interval, task);
		});
	}

	private DrainController controller(DrainSettings settings) {
		return controller(() -> settings);
	}

	private DrainController controller(Supplier<DrainSettings> settings) {
		DrainController drain = new DrainController(settings, this.lifecycle, this.traffic, this.scheduler, this.time);
		drain.addListener(this.listener);
		return drain;
	}

}
