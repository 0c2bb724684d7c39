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
import java.util.concurrent.CountDownLatch;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.time.Scheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Participation}.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ParticipationTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final Duration MOMENT = Duration.ofMillis(100);

	private final ManualTime time = new ManualTime();

	private final ManualScheduler scheduler = new ManualScheduler(this.time);

	private final RecordingParticipant participant = new RecordingParticipant("mailer");

	private final Participation participation = new Participation("mailer", this.participant, this.scheduler,
			this.time);

	@Test
	void participantIsStartedOnItsOwnThreadAndAskedAgainAndAgain() {
		this.participant.inFlight = 2;
		this.participant.oldestAge = Duration.ofSeconds(7);
		this.participation.begin();
		assertThat(this.participant.calls()).isEmpty();
		assertThat(progress()).isEqualTo(new ParticipantProgress("mailer", null, null, null));
		this.time.runDue();
		assertThat(this.participant.calls()).containsExactly("start");
		assertThat(progress()).isEqualTo(new ParticipantProgress("mailer", 2L, Duration.ofSeconds(7), null));
		this.participant.inFlight = 0;
		this.time.advance(MOMENT);
		assertThat(progress()).isEqualTo(new ParticipantProgress("mailer", 0L, null, null));
		assertThat(this.participant.calls()).containsExactly("start");
	}

	@Test
	void participantIsAskedAgainAfterMemoryHasRunOut() {
		this.participant.inFlight = 2;
		this.scheduler.exhaustAfter(3);
		this.participation.begin();
		this.time.advance(MOMENT.multipliedBy(3));
		this.participant.inFlight = 1;
		this.time.advance(MOMENT.multipliedBy(3));
		assertThat(progress().inFlight()).isEqualTo(2);
		this.time.advance(Duration.ofSeconds(1));
		assertThat(progress().inFlight()).isEqualTo(1);
	}

	@Test
	void lessThanNothingUnderWayIsNothing() {
		this.participant.inFlight = -3;
		this.participation.begin();
		this.time.runDue();
		assertThat(progress().isFinished()).isTrue();
	}

	@Test
	void participantWhoseStartThrowsFailsAndIsLoggedOnce(CapturedOutput output) {
		this.participant.onStart = new IllegalStateException("no");
		this.participation.begin();
		this.time.advance(MOMENT);
		assertThat(progress())
			.isEqualTo(new ParticipantProgress("mailer", null, null, "startDraining threw IllegalStateException"));
		assertThat(this.participant.counted()).isZero();
		this.time.advance(LIMIT);
		assertThat(output).containsOnlyOnce("The drain's participant 'mailer' failed");
		this.participation.cancel();
		this.time.runDue();
		assertThat(this.participant.calls()).containsExactly("start", "cancel");
	}

	@Test
	void participantThatCannotCountFailsUntilItCanAndIsLoggedOnce(CapturedOutput output) {
		this.participant.inFlight = 3;
		this.participation.begin();
		this.time.runDue();
		this.participant.onCount = new IllegalStateException("no");
		this.time.advance(MOMENT);
		assertThat(progress())
			.isEqualTo(new ParticipantProgress("mailer", 3L, null, "inFlight threw IllegalStateException"));
		assertThat(progress().isAwaited()).isFalse();
		this.participant.onCount = null;
		this.time.advance(MOMENT);
		assertThat(progress()).isEqualTo(new ParticipantProgress("mailer", 3L, null, null));
		this.participant.onCount = new IllegalStateException("again");
		this.time.advance(MOMENT);
		assertThat(output).containsOnlyOnce("The drain's participant 'mailer' failed");
	}

	@Test
	void hangingStartIsAwaitedForItsLimitAloneAndAgainOnceItHasReturned(CapturedOutput output) {
		this.participant.inFlight = 1;
		this.participant.start = new CountDownLatch(1);
		try (Participation hanging = onThread()) {
			hanging.begin();
			this.time.advance(Participation.LIMIT.minusNanos(1));
			assertThat(hanging.progress().isAwaited()).isTrue();
			this.time.advance(Duration.ofNanos(1));
			assertThat(hanging.progress())
				.isEqualTo(new ParticipantProgress("mailer", null, null, "no answer within 2s"));
			assertThat(hanging.progress().isAwaited()).isFalse();
			assertThat(output).containsOnlyOnce("The drain's participant 'mailer' failed: no answer within 2s");
			this.participant.start.countDown();
			Awaitility.await().atMost(LIMIT).until(() -> hanging.progress().isAwaited());
		}
	}

	@Test
	void hangingCountIsAwaitedForItsLimitAloneAndKeepsTheLastNumber() {
		this.participant.inFlight = 4;
		try (Participation hanging = onThread()) {
			hanging.begin();
			Awaitility.await().atMost(LIMIT).until(() -> hanging.progress().inFlight() != null);
			this.participant.count = new CountDownLatch(1);
			Awaitility.await().atMost(LIMIT).until(() -> {
				this.time.advance(Participation.LIMIT);
				return hanging.progress().failure() != null;
			});
			assertThat(hanging.progress())
				.isEqualTo(new ParticipantProgress("mailer", 4L, null, "no answer within 2s"));
		}
		Awaitility.await().atMost(LIMIT).until(() -> this.participant.calls().contains("interrupted"));
	}

	@Test
	void cancelWhileTheStartIsUnderWayComesAfterIt() {
		this.participant.start = new CountDownLatch(1);
		try (Participation slow = onThread()) {
			slow.begin();
			Awaitility.await().atMost(LIMIT).until(() -> this.participant.calls().contains("start"));
			slow.cancel();
			slow.begin();
			slow.cancel();
			assertThat(this.participant.calls()).containsExactly("start");
			this.participant.start.countDown();
			Awaitility.await().atMost(LIMIT).until(() -> this.participant.calls().contains("cancel"));
			assertThat(this.participant.calls()).containsExactly("start", "cancel");
			assertThat(this.participant.overlaps()).isZero();
		}
	}

	@Test
	void cancelBeforeTheStartLeavesTheParticipantAlone() {
		this.participation.begin();
		this.participation.cancel();
		this.time.advance(LIMIT);
		assertThat(this.participant.calls()).isEmpty();
		assertThat(this.scheduler.waiting()).isZero();
	}

	@Test
	void beginAgainBeforeTheCancelIsOneDrainToTheParticipant() {
		this.participation.begin();
		this.time.runDue();
		this.participation.cancel();
		this.participation.begin();
		assertThat(progress().isAwaited()).isTrue();
		this.time.runDue();
		assertThat(this.participant.calls()).containsExactly("start");
		assertThat(progress().isFinished()).isTrue();
	}

	@Test
	void atMostOneStepIsScheduledHoweverOftenADrainIsUndone() {
		for (int i = 0; i < 10; i++) {
			this.participation.begin();
			this.participation.cancel();
		}
		assertThat(this.scheduler.waiting()).isEqualTo(1);
	}

	@Test
	void participantThatRestsIsAskedNoMoreAndStaysAsItIs() {
		this.participant.inFlight = 1;
		this.participation.begin();
		this.time.runDue();
		this.participation.rest();
		this.time.advance(LIMIT);
		assertThat(this.participant.counted()).isLessThanOrEqualTo(2);
		assertThat(this.scheduler.waiting()).isZero();
		assertThat(progress()).isEqualTo(new ParticipantProgress("mailer", 1L, null, null));
		this.participation.cancel();
		this.time.runDue();
		assertThat(this.participant.calls()).containsExactly("start", "cancel");
	}

	@Test
	void participantThatIsAtRestBeforeItIsToldIsToldAllTheSame() {
		this.participation.begin();
		this.participation.rest();
		this.time.advance(LIMIT);
		assertThat(this.participant.calls()).containsExactly("start");
		assertThat(progress().failure()).isNull();
	}

	@Test
	void participantWithoutAThreadFailsAtOnce() {
		Participation poor = new Participation("mailer", this.participant, new NoScheduler(), this.time);
		poor.begin();
		assertThat(poor.progress().failure()).isEqualTo("has no thread: OutOfMemoryError");
	}

	private ParticipantProgress progress() {
		return this.participation.progress();
	}

	private Participation onThread() {
		return new Participation("mailer", this.participant, Scheduler.start("mailer-under-test"), this.time);
	}

	/**
	 * A scheduler for whose thread there is no memory.
	 */
	private static final class NoScheduler implements Scheduler {

		@Override
		public Scheduled schedule(Duration delay, Runnable task) {
			throw new OutOfMemoryError();
		}

		@Override
		public void recoverWith(Runnable recovery) {
		}

		@Override
		public void close() {
		}

	}

}
