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
import java.util.List;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.testing.Race;
import io.github.healthstarter.traffic.Traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link DrainController} where the application's own work takes part.
 */
@Timeout(60)
class DrainParticipantsTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final ManualTime time = new ManualTime();

	private final ManualScheduler scheduler = new ManualScheduler(this.time);

	// Time that does not pass: what is scheduled here hangs
	private final ManualScheduler stuck = new ManualScheduler(new ManualTime());

	private final Lifecycle lifecycle = new Lifecycle(this.time, Duration.ZERO);

	private final RecordingDrainListener listener = new RecordingDrainListener();

	private final RecordingParticipant mailer = new RecordingParticipant("mailer");

	private final RecordingParticipant printer = new RecordingParticipant("printer");

	private final DrainController drain = new DrainController(() -> DrainSettings.DEFAULT, this.lifecycle,
			new Traffic(this.time), this.scheduler, this.time);

	DrainParticipantsTests() {
		this.drain.addListener(this.listener);
		this.drain.addParticipant("mailer", this.mailer, new ManualScheduler(this.time));
	}

	@Test
	void drainOfAnApplicationThatNobodySendsAnythingWaitsForParticipants() {
		this.mailer.inFlight = 2;
		this.drain.begin(DrainTrigger.SIGTERM);
		this.time.advance(Duration.ofSeconds(5));
		assertThat(this.listener.heard()).containsExactly("started SIGTERM");
		assertThat(this.drain.progress()).isNotNull()
			.satisfies((progress) -> assertThat(progress.waitingFor()).containsExactly("mailer (2)"))
			.satisfies((progress) -> assertThat(progress.participants())
				.containsExactly(new ParticipantProgress("mailer", 2L, null, null)));
		this.mailer.inFlight = 0;
		this.time.advance(Duration.ofMillis(100));
		this.listener.awaitHeard("started SIGTERM", "ended quiesced");
		assertThat(this.listener.summary().unfinished()).isEmpty();
	}

	@Test
	void drainOfIdleParticipantsTakesLessThanATenthOfASecond() {
		this.drain.begin(DrainTrigger.SIGINT);
		assertThat(this.mailer.calls()).isEmpty();
		this.time.advance(Duration.ofMillis(100));
		this.listener.awaitHeard("started SIGINT", "ended quiesced");
	}

	@Test
	void unfinishedWorkIsWaitedForUntilMaxWaitAndNamedInTheSummary() {
		this.mailer.inFlight = 1;
		this.drain.begin(DrainTrigger.SIGTERM);
		this.time.advance(Duration.ofSeconds(15));
		this.listener.awaitHeard("started SIGTERM", "ended timed_out");
		assertThat(this.listener.summary().unfinished())
			.containsExactly(new ParticipantProgress("mailer", 1L, null, null));
	}

	@Test
	void hangingParticipantsCostTheLimitOfOneAndAreNamedInTheSummary() {
		this.drain.addParticipant("a", new RecordingParticipant("a"), this.stuck);
		this.drain.addParticipant("b", new RecordingParticipant("b"), this.stuck);
		this.drain.addParticipant("c", new RecordingParticipant("c"), this.stuck);
		this.drain.begin(DrainTrigger.SIGTERM);
		this.time.advance(Participation.LIMIT.minusMillis(1));
		assertThat(this.drain.progress()).isNotNull()
			.satisfies((progress) -> assertThat(progress.waitingFor()).containsExactly("a", "b", "c"));
		this.time.advance(Duration.ofMillis(21));
		this.listener.awaitHeard("started SIGTERM", "ended quiesced");
		assertThat(this.listener.summary().unfinished(", "))
			.isEqualTo("a (no answer within 2s), b (no answer within 2s), c (no answer within 2s)");
	}

	@Test
	void participantThatThrowsCostsNothingAndIsNamedInTheSummary() {
		this.mailer.onCount = new IllegalStateException("no");
		this.drain.begin(DrainTrigger.SIGTERM);
		this.time.advance(Duration.ofMillis(100));
		this.listener.awaitHeard("started SIGTERM", "ended quiesced");
		assertThat(this.listener.summary().unfinished(", ")).isEqualTo("mailer (inFlight threw IllegalStateException)");
	}

	@Test
	void cancelLetsParticipantsWorkAgainAlsoThoseThatAreDone() {
		this.drain.addParticipant("printer", this.printer, new ManualScheduler(this.time));
		this.printer.inFlight = 1;
		this.drain.begin(DrainTrigger.API);
		this.time.advance(SECOND);
		this.drain.cancel();
		this.time.advance(SECOND);
		assertThat(this.mailer.calls()).containsExactly("start", "cancel");
		assertThat(this.printer.calls()).containsExactly("start", "cancel");
		this.drain.begin(DrainTrigger.API);
		this.drain.endWaiting();
		this.drain.cancel();
		this.time.advance(SECOND);
		assertThat(this.printer.calls()).containsExactly("start", "cancel");
	}

	@Test
	void progressAfterTheEndTellsHowFarParticipantsHadCome() {
		this.mailer.inFlight = 1;
		this.drain.begin(DrainTrigger.API);
		this.time.advance(SECOND);
		this.drain.endWaiting();
		this.mailer.onCount = new IllegalStateException("closed");
		this.time.advance(SECOND);
		assertThat(this.drain.progress()).isNotNull()
			.satisfies((progress) -> assertThat(progress.participants())
				.extracting(ParticipantProgress::name, ParticipantProgress::inFlight)
				.containsExactly(tuple("mailer", 1L)));
	}

	@Test
	void beginAndCancelByManyThreadsReachAParticipantInTurn() throws Exception {
		this.drain.addParticipant("printer", this.printer);
		this.printer.inFlight = 1;
		this.lifecycle.ready();
		Callable<Boolean> beginAndCancel = () -> {
			for (int i = 0; i < 5_000; i++) {
				this.drain.begin(DrainTrigger.API);
				this.drain.cancel();
			}
			return true;
		};
		Race.run(List.of(beginAndCancel, beginAndCancel));
		List<String> calls = this.printer.calls();
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> calls.size() % 2 == 0);
		this.drain.begin(DrainTrigger.API);
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> calls.size() % 2 == 1);
		this.drain.close();
		for (int i = 0; i < calls.size(); i++) {
			assertThat(calls.get(i)).isEqualTo((i % 2 == 0) ? "start" : "cancel");
		}
		assertThat(this.printer.overlaps()).isZero();
	}

	@Test
	void participantThatIsAddedDuringADrainIsStartedAndWaitedFor() {
		this.mailer.inFlight = 1;
		this.printer.inFlight = 2;
		this.drain.begin(DrainTrigger.SIGTERM);
		this.time.advance(SECOND);
		this.drain.addParticipant("printer", this.printer, new ManualScheduler(this.time));
		assertThat(this.printer.calls()).isEmpty();
		this.mailer.inFlight = 0;
		this.time.advance(SECOND);
		assertThat(this.printer.calls()).containsExactly("start");
		assertThat(this.listener.heard()).containsExactly("started SIGTERM");
		assertThat(this.drain.progress()).isNotNull()
			.satisfies((progress) -> assertThat(progress.waitingFor()).containsExactly("printer (2)"));
		this.printer.inFlight = 0;
		this.time.advance(Duration.ofMillis(100));
		this.listener.awaitHeard("started SIGTERM", "ended quiesced");
	}

	@Test
	void participantThatIsAddedAfterTheWaitIsStartedAndNoLongerPolled() {
		this.drain.begin(DrainTrigger.API);
		this.drain.endWaiting();
		ManualScheduler thread = new ManualScheduler(this.time);
		this.drain.addParticipant("printer", this.printer, thread);
		this.time.advance(SECOND);
		assertThat(this.printer.calls()).containsExactly("start");
		assertThat(thread.waiting()).isZero();
		this.drain.cancel();
		this.time.advance(SECOND);
		assertThat(this.printer.calls()).containsExactly("start", "cancel");
	}

	@Test
	void participantThatIsAddedWithoutADrainIsLeftAlone() {
		this.drain.addParticipant("printer", this.printer, new ManualScheduler(this.time));
		this.time.advance(SECOND);
		assertThat(this.printer.calls()).isEmpty();
		this.drain.begin(DrainTrigger.API);
		this.drain.cancel();
		this.time.advance(SECOND);
		this.drain.addParticipant("late", this.mailer, new ManualScheduler(this.time));
		this.time.advance(SECOND);
		assertThat(this.mailer.calls()).isEmpty();
	}

	@Test
	void closeEndsTheThreads() {
		this.drain.addParticipant("printer", this.printer);
		this.drain.begin(DrainTrigger.API);
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> isAlive("health-drain-printer"));
		this.drain.close();
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !isAlive("health-drain-printer"));
	}

	private static boolean isAlive(String thread) {
		return Thread.getAllStackTraces().keySet().stream().anyMatch((alive) -> alive.getName().equals(thread));
	}

}
