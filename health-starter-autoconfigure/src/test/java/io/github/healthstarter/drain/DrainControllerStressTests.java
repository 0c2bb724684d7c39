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
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.lifecycle.LifecyclePhase;
import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.testing.Race;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.traffic.Traffic;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Stress tests of {@link DrainController}.
 */
@Timeout(60)
class DrainControllerStressTests {

	private static final int ROUNDS = 30_000;

	private static final Map<String, List<String>> FOLLOWING = Map.of("undone", List.of("started"), "started",
			List.of("ended", "undone"), "ended", List.of("undone"));

	private final TimeSource time = TimeSource.system();

	private final Scheduler scheduler = Scheduler.start("drain-under-stress");

	private final Lifecycle lifecycle = new Lifecycle(this.time, Duration.ZERO);

	private final Traffic traffic = new Traffic(this.time);

	private final PairingListener listener = new PairingListener();

	private final DrainController drain = new DrainController(() -> DrainSettings.DEFAULT, this.lifecycle, this.traffic,
			this.scheduler, this.time);

	DrainControllerStressTests() {
		this.lifecycle.ready();
		this.lifecycle.started();
		this.drain.addListener(this.listener);
	}

	@AfterEach
	void close() {
		this.scheduler.close();
	}

	@Test
	void beginAndCancelByManyThreadsArePaired() throws Exception {
		AtomicInteger begun = new AtomicInteger();
		AtomicInteger cancelled = new AtomicInteger();
		this.traffic.requests().begin();
		Callable<Boolean> beginAndCancel = () -> {
			for (int i = 0; i < ROUNDS; i++) {
				begun.addAndGet(this.drain.begin(DrainTrigger.API) ? 1 : 0);
				cancelled.addAndGet(this.drain.cancel() ? 1 : 0);
			}
			return true;
		};
		Callable<Boolean> endWaiting = () -> {
			for (int i = 0; i < ROUNDS; i++) {
				this.drain.endWaiting();
				this.drain.progress();
			}
			return true;
		};
		Race.run(List.of(beginAndCancel, beginAndCancel, endWaiting));
		assertThat(begun.get()).isPositive().isEqualTo(cancelled.get());
		assertThat(this.drain.progress()).isNull();
		assertThat(this.lifecycle.phase()).isEqualTo(LifecyclePhase.RUNNING);
		assertThat(this.listener.disorder).hasValue(0);
		assertThat(this.listener.started).hasValue(begun.get());
		assertThat(this.listener.ended).hasValue(begun.get());
	}

	@Test
	void shutdownRacedByAllElseIsDrainedAndStaysSo() throws Exception {
		for (int i = 0; i < 3_000; i++) {
			Lifecycle lifecycle = new Lifecycle(this.time, Duration.ZERO);
			PairingListener listener = new PairingListener();
			DrainController drain = new DrainController(() -> DrainSettings.DEFAULT, lifecycle, new Traffic(this.time),
					this.scheduler, this.time);
			drain.addListener(listener);
			List<Boolean> results = Race.run(List.of(() -> drain.begin(DrainTrigger.API), () -> {
				drain.drainForShutdown(DrainTrigger.SIGTERM);
				return listener.started.get() == listener.ended.get() && listener.ended.get() > 0;
			}, drain::cancel));
			assertThat(results.get(1)).as("listeners are called before the shutdown goes on, in round %d", i).isTrue();
			assertThat(lifecycle.phase()).isEqualTo(LifecyclePhase.DRAINING);
			assertThat(drain.progress()).isNotNull();
			assertThat(drain.cancel()).isFalse();
			assertThat(listener.disorder).hasValue(0);
			assertThat(listener.ended).hasValue(listener.started.get());
		}
	}

	@Test
	void beginCancelAndEndByManyThreadsAreHeardInOneOrderByAllListeners() throws Exception {
		List<String> first = new ArrayList<>();
		List<String> second = new ArrayList<>();
		this.drain.addListener(new WritingListener(first));
		this.drain.addListener(new WritingListener(second));
		Callable<Boolean> beginAndCancel = () -> {
			for (int i = 0; i < ROUNDS; i++) {
				this.drain.begin(DrainTrigger.API);
				this.drain.cancel();
			}
			return true;
		};
		Race.run(List.of(beginAndCancel, beginAndCancel, beginAndCancel));
		assertThat(first).isNotEmpty().isEqualTo(second);
		for (int i = 0; i < first.size(); i++) {
			String previous = (i > 0) ? first.get(i - 1) : "undone";
			assertThat(first.get(i)).as("after %s, as number %d", previous, i).isIn(FOLLOWING.get(previous));
		}
		assertThat(this.listener.disorder).hasValue(0);
	}

	@Test
	void participantThatIsAddedWhileADrainBeginsIsStartedOnce() throws Exception {
		for (int i = 0; i < 2_000; i++) {
			ManualTime time = new ManualTime();
			ManualScheduler scheduler = new ManualScheduler(time);
			RecordingParticipant participant = new RecordingParticipant("mailer");
			DrainController drain = new DrainController(() -> DrainSettings.DEFAULT, new Lifecycle(time, Duration.ZERO),
					new Traffic(time), new ManualScheduler(time), time);
			Race.run(List.of(() -> drain.begin(DrainTrigger.API), () -> {
				drain.addParticipant("mailer", participant, scheduler);
				return true;
			}));
			time.advance(Duration.ofMillis(100));
			assertThat(participant.calls()).as("in round %d", i).containsExactly("start");
			assertThat(scheduler.waiting()).as("in round %d", i).isZero();
		}
	}

	/**
	 * Writes down what it hears, on whatever thread it is called.
	 */
	private record WritingListener(List<String> heard) implements DrainListener {

		@Override
		public void onStarted(DrainProgress progress) {
			this.heard.add("started");
		}

		@Override
		public void onEnded(DrainSummary summary) {
			this.heard.add((summary.outcome() == DrainOutcome.CANCELLED) ? "undone" : "ended");
		}

		@Override
		public void onUndone(DrainSummary summary) {
			this.heard.add("undone");
		}

	}

	/**
	 * Counts drains that begin before the last has ended, and ends of none.
	 */
	private static final class PairingListener implements DrainListener {

		private final AtomicInteger started = new AtomicInteger();

		private final AtomicInteger ended = new AtomicInteger();

		private final AtomicInteger disorder = new AtomicInteger();

		@Override
		public void onStarted(DrainProgress progress) {
			if (this.started.getAndIncrement() != this.ended.get()) {
				this.disorder.incrementAndGet();
			}
		}

		@Override
		public void onEnded(DrainSummary summary) {
			if (this.ended.incrementAndGet() != this.started.get()) {
				this.disorder.incrementAndGet();
			}
		}

	}

}
