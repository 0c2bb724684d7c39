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

package io.github.healthstarter.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualThreads;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CheckEngine}.
 */
@ExtendWith(OutputCaptureExtension.class)
class CheckEngineTests {

	private static final Duration TIMEOUT = CheckPolicy.DEFAULT.timeout();

	private final ManualTime time = new ManualTime();

	private final ManualScheduler scheduler = new ManualScheduler(this.time);

	private final ManualThreads threads = new ManualThreads();

	private final CheckEngine engine = FactoryThreads.engine(this.scheduler, this.time, (name) -> this.threads);

	private final List<String> heard = new ArrayList<>();

	@Test
	void snapshotBeforeStartIsEmpty() {
		assertThat(this.engine.snapshot()).isSameAs(CheckSnapshot.EMPTY);
	}

	@Test
	void startShowsChecksAsPendingBeforeTheFirstResult() {
		listen();
		this.engine.start(List.of(up("b"), up("a")));
		assertThat(this.engine.snapshot().states()).extracting(CheckState::name).containsExactly("b", "a");
		assertThat(this.engine.snapshot().requiredPending()).isTrue();
		assertThat(this.heard).containsExactly("start [PENDING, PENDING]");
	}

	@Test
	void startRunsEachCheckAtOnce() {
		this.engine.start(List.of(up("a"), down("b")));
		this.time.runDue();
		assertThat(status("a")).isEqualTo(CheckStatus.UP);
		assertThat(status("b")).isEqualTo(CheckStatus.DOWN);
	}

	@Test
	void listenerIsToldOfEachResultAndSeesItInTheSnapshot() {
		listen();
		this.engine.start(List.of(up("a"), down("b")));
		this.time.runDue();
		this.time.advance(CheckPolicy.DEFAULT.retryInterval());
		this.time.runDue();
		assertThat(this.heard).containsExactly("start [PENDING, PENDING]", "a PENDING to UP [UP, PENDING]",
				"b PENDING to DOWN [UP, DOWN]", "b DOWN to DOWN [UP, DOWN]");
	}

	@Test
	void listenerThatThrowsStopsNothing(CapturedOutput output) {
		this.engine.addListener(new CheckListener() {

			@Override
			public void onStart() {
				throw new IllegalStateException("at the start");
			}

			@Override
			public void onResult(CheckState before, CheckState after) {
				throw new StackOverflowError("at a result");
			}

		});
		listen();
		this.engine.start(List.of(up("a")));
		this.time.runDue();
		assertThat(this.heard).hasSize(2);
		assertThat(status("a")).isEqualTo(CheckStatus.UP);
		assertThat(this.scheduler.waiting()).isEqualTo(1);
		assertThat(output).contains("A check listener failed").contains("at the start").contains("at a result");
	}

	@Test
	void stuckCheckHoldsUpNoOther() {
		ManualThreads stuck = new ManualThreads();
		stuck.hold();
		CheckEngine engine = FactoryThreads.engine(this.scheduler, this.time,
				(name) -> name.equals("stuck") ? stuck : this.threads);
		engine.start(List.of(up("stuck"), up("fine")));
		this.time.advance(TIMEOUT.plusMinutes(1));
		CheckState fine = engine.snapshot().find("fine");
		assertThat(fine).isNotNull();
		assertThat(fine.status()).isEqualTo(CheckStatus.UP);
		assertThat(this.threads.started()).isGreaterThan(10);
		assertThat(stuck.started()).isEqualTo(1);
	}

	@Test
	void reconfigureGoesOnFromWhereEachCheckStood() {
		this.engine.start(List.of(up("a"), down("b"), up("c")));
		this.time.runDue();
		listen();
		CheckPolicy slower = new CheckPolicy(Impact.DEGRADING, Duration.ofHours(1), Duration.ofHours(1), TIMEOUT, 1, 1,
				true, null);
		this.engine
			.reconfigure(List.of(new CheckDefinition("a", "a", () -> Health.up().build(), slower), up("d"), up("c")));
		this.time.runDue();
		assertThat(this.heard).containsExactly("start [UP, PENDING, UP]", "d PENDING to UP [UP, UP, UP]");
		assertThat(this.engine.snapshot().find("a").policy()).isEqualTo(slower);
		this.time.advance(Duration.ofMinutes(53));
		assertThat(this.heard).noneMatch((line) -> line.startsWith("a ") || line.startsWith("b "));
		assertThat(this.engine.snapshot().find("a").asOf(this.time.instant(), this.time.nanos()).status())
			.isEqualTo(CheckStatus.UP);
		this.time.advance(Duration.ofMinutes(8));
		assertThat(this.heard).anyMatch((line) -> line.startsWith("a UP to UP"));
	}

	@Test
	void reconfigureStacksNothingOnAStuckRun() {
		this.threads.hold();
		this.engine.start(List.of(up("a")));
		this.time.advance(TIMEOUT);
		this.engine.reconfigure(List.of(down("a")));
		this.time.advance(Duration.ofMinutes(1));
		assertThat(this.threads.started()).isEqualTo(1);
		assertThat(status("a")).isEqualTo(CheckStatus.DOWN);
	}

	@Test
	void reconfigureRunsTheSuccessorOfAStuckDependencyAtOnce() {
		this.threads.hold();
		this.engine.start(List.of(up("a")));
		this.time.advance(Duration.ofMinutes(1));
		assertThat(status("a")).isEqualTo(CheckStatus.DOWN);
		int interrupted = this.threads.interrupted();
		CheckDefinition successor = new CheckDefinition("a", new Object(), () -> Health.up().build(),
				CheckPolicy.DEFAULT);
		this.engine.reconfigure(List.of(successor));
		this.time.runDue();
		assertThat(this.threads.started()).isEqualTo(2);
		assertThat(this.threads.interrupted()).isEqualTo(interrupted + 1);
		this.engine.reconfigure(List.of(successor));
		this.time.runDue();
		assertThat(this.threads.started()).isEqualTo(2);
		this.threads.release();
		this.time.runDue();
		assertThat(status("a")).isEqualTo(CheckStatus.UP);
		assertThat(this.scheduler.waiting()).isEqualTo(1);
	}

	@Test
	void reconfigureDropsTheResultOfAnEarlierDependency() {
		this.engine.start(List.of(up("a")));
		this.time.runDue();
		listen();
		this.engine.reconfigure(List.of(new CheckDefinition("a", new Object(), () -> Health.down().build(),
				CheckPolicy.DEFAULT.withFailureThreshold(1))));
		this.time.runDue();
		this.time.runDue();
		assertThat(this.heard).containsExactly("start [UP]", "a UP to DOWN [DOWN]");
	}

	@Test
	void startAfterStopStacksNothingOnACallThatDoesNotEnd() {
		this.engine.start(List.of(up("a")));
		this.time.runDue();
		this.threads.hold();
		this.time.advance(CheckPolicy.DEFAULT.interval());
		for (int i = 0; i < 5; i++) {
			this.engine.stop();
			this.engine.start(List.of(up("a")));
			this.time.advance(Duration.ofSeconds(1));
		}
		assertThat(this.threads.started()).isEqualTo(2);
		assertThat(status("a")).isEqualTo(CheckStatus.UP);
		this.time.advance(TIMEOUT.multipliedBy(2));
		assertThat(status("a")).isEqualTo(CheckStatus.DOWN);
		this.time.advance(Duration.ofMinutes(1));
		assertThat(this.threads.started()).isEqualTo(2);
		this.threads.release();
		this.time.advance(Duration.ofSeconds(1));
		this.time.runDue();
		assertThat(status("a")).isEqualTo(CheckStatus.UP);
	}

	@Test
	void startAfterStopRunsAtOnceWhenTheCallOfAnEarlierStartEnds() {
		this.threads.hold();
		this.engine.start(List.of(down("a")));
		this.time.runDue();
		this.engine.stop();
		this.engine.start(List.of(up("a")));
		this.time.runDue();
		listen();
		assertThat(this.threads.started()).isEqualTo(1);
		this.threads.release();
		this.time.runDue();
		this.time.runDue();
		assertThat(this.threads.started()).isEqualTo(2);
		assertThat(this.heard).containsExactly("a PENDING to UP [UP]");
		assertThat(this.scheduler.waiting()).isEqualTo(1);
	}

	@Test
	void startAfterStopRunsAnotherDependencyBesideACallThatDoesNotEnd() {
		this.threads.hold();
		this.engine.start(List.of(up("a")));
		this.time.runDue();
		this.engine.stop();
		this.engine
			.start(List.of(new CheckDefinition("a", new Object(), () -> Health.up().build(), CheckPolicy.DEFAULT)));
		this.time.runDue();
		assertThat(this.threads.started()).isEqualTo(2);
	}

	@Test
	void refreshAsksWhatHasJustBeenAdded() {
		this.engine.start(List.of(up("a")));
		this.time.runDue();
		this.threads.hold();
		this.engine.reconfigure(List.of(up("b")));
		CompletableFuture<Void> refreshed = this.engine.refresh();
		this.time.runDue();
		assertThat(refreshed).as("'b' has no result").isNotDone();
		this.threads.release();
		this.time.runDue();
		assertThat(refreshed).isCompleted();
		assertThat(status("b")).isEqualTo(CheckStatus.UP);
	}

	@Test
	void stopEndsWhatHasJustBeenAdded() {
		this.engine.start(List.of(up("a")));
		this.time.runDue();
		this.engine.reconfigure(List.of(up("a"), up("b")));
		this.engine.stop();
		this.time.advance(Duration.ofMinutes(1));
		assertThat(this.threads.started()).isEqualTo(1);
		assertThat(this.engine.snapshot().find("b")).isNull();
	}

	@Test
	void reconfigureAfterStopAddsNothing() {
		this.engine.start(List.of(up("a")));
		this.time.runDue();
		this.engine.stop();
		this.engine.reconfigure(List.of(up("b")));
		this.time.advance(Duration.ofMinutes(1));
		assertThat(this.threads.started()).isEqualTo(1);
	}

	@Test
	void reconfigureOfChecksThatHaveBeenStartedAnewSinceChangesNothing() {
		this.engine.start(List.of(up("a")));
		this.time.runDue();
		this.engine.reconfigure(List.of(up("b")));
		this.engine.stop();
		this.engine.start(List.of(up("c")));
		this.time.runDue();
		assertThat(this.engine.snapshot().states()).extracting(CheckState::name).containsExactly("c");
	}

	@Test
	void stopEndsRunsAndKeepsTheSnapshot() {
		this.engine.start(List.of(up("a")));
		this.time.runDue();
		CheckSnapshot snapshot = this.engine.snapshot();
		this.engine.stop();
		this.time.advance(Duration.ofMinutes(1));
		assertThat(this.threads.started()).isEqualTo(1);
		assertThat(this.engine.snapshot()).isSameAs(snapshot);
		assertThat(this.scheduler.isClosed()).isFalse();
	}

	@Test
	void startAfterStopGoesOnFromWhereChecksStood() {
		this.engine.start(List.of(up("a")));
		this.time.runDue();
		this.engine.stop();
		this.time.advance(Duration.ofSeconds(1));
		this.engine.start(List.of(up("a"), up("b")));
		assertThat(status("a")).isEqualTo(CheckStatus.UP);
		assertThat(status("b")).isEqualTo(CheckStatus.PENDING);
		this.time.runDue();
		assertThat(status("b")).isEqualTo(CheckStatus.UP);
		assertThat(this.threads.started()).isEqualTo(3);
		this.time.advance(Duration.ofSeconds(5));
		assertThat(this.threads.started()).isEqualTo(5);
	}

	@Test
	void startLongAfterStopTakesNothingForStaleBeforeItHasBeenAsked() {
		this.engine.start(List.of(up("a")));
		this.time.runDue();
		this.engine.stop();
		this.time.advance(Duration.ofHours(1));
		this.engine.start(List.of(up("a")));
		CheckSnapshot snapshot = this.engine.snapshot();
		assertThat(snapshot.asOf(this.time.instant(), this.time.nanos())).isSameAs(snapshot);
		this.time.runDue();
		assertThat(status("a")).isEqualTo(CheckStatus.UP);
	}

	@Test
	void startAfterStopGoesByThePolicyThatTheCheckHasNow() {
		this.engine.start(List.of(up("a")));
		this.time.runDue();
		this.engine.stop();
		CheckPolicy policy = CheckPolicy.DEFAULT.withImpact(Impact.DEGRADING).withInterval(Duration.ofSeconds(60));
		this.engine.start(List.of(new CheckDefinition("a", "a", () -> Health.up().build(), policy)));
		this.time.runDue();
		assertThat(this.engine.snapshot().states()).extracting(CheckState::policy).containsExactly(policy);
		this.time.advance(Duration.ofSeconds(30));
		assertThat(this.threads.started()).isEqualTo(2);
	}

	@Test
	void startRightAfterStopRunsEachCheckOnce() {
		this.engine.start(List.of(up("a")));
		this.time.runDue();
		this.engine.stop();
		this.engine.start(List.of(up("a")));
		this.time.advance(Duration.ofSeconds(4));
		assertThat(this.threads.started()).isEqualTo(2);
	}

	@Test
	void resultsAfterStopChangeNothing() {
		this.threads.hold();
		this.engine.start(List.of(up("a")));
		this.time.runDue();
		listen();
		this.threads.release();
		this.engine.stop();
		CheckSnapshot snapshot = this.engine.snapshot();
		this.time.runDue();
		assertThat(this.engine.snapshot()).isSameAs(snapshot);
		assertThat(this.heard).isEmpty();
	}

	@Test
	void resultOfACheckOfAnEarlierStartChangesNothing() {
		this.threads.hold();
		this.engine.start(List.of(up("a")));
		this.time.runDue();
		this.threads.release();
		this.engine.start(List.of(up("b")));
		this.time.runDue();
		assertThat(this.engine.snapshot().states()).extracting(CheckState::name).containsExactly("b");
		assertThat(status("b")).isEqualTo(CheckStatus.UP);
	}

	@Test
	void refreshIsDoneWhenEachCheckHasAResult() {
		this.engine.start(List.of(up("a"), up("b")));
		this.time.runDue();
		this.threads.hold();
		CompletableFuture<Void> done = this.engine.refresh();
		this.time.runDue();
		assertThat(done).isNotDone();
		assertThat(this.threads.started()).isEqualTo(4);
		this.threads.release();
		this.time.runDue();
		assertThat(done).isCompleted();
	}

	@Test
	void refreshRunsEachCheckOnceForAllWhoAskWhileItLasts() {
		ManualThreads slow = new ManualThreads();
		CheckEngine engine = FactoryThreads.engine(this.scheduler, this.time,
				(name) -> name.equals("slow") ? slow : this.threads);
		engine.start(List.of(up("slow"), up("quick")));
		this.time.runDue();
		slow.hold();
		List<CompletableFuture<Void>> asked = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			asked.add(engine.refresh());
			this.time.advance(Duration.ofMillis(10));
		}
		assertThat(asked).noneMatch(CompletableFuture::isDone);
		assertThat(this.threads.started()).isEqualTo(2);
		assertThat(slow.started()).isEqualTo(2);
		slow.release();
		this.time.runDue();
		assertThat(asked).allMatch(CompletableFuture::isDone);
		CompletableFuture<Void> next = engine.refresh();
		this.time.runDue();
		assertThat(next).isCompleted();
		assertThat(this.threads.started()).isEqualTo(3);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5, 6 })
	void checkGoesOnWhereverMemoryRunsOutOnce(int scheduled) {
		this.engine.start(List.of(up("a")));
		this.time.runDue();
		this.scheduler.exhaustAfter(scheduled);
		this.time.advance(Duration.ofMinutes(1));
		int started = this.threads.started();
		this.time.advance(Duration.ofSeconds(6));
		assertThat(this.threads.started()).isBetween(started + 1, started + 2);
		assertThat(status("a")).isEqualTo(CheckStatus.UP);
		assertThat(this.scheduler.waiting()).isEqualTo(1);
	}

	@Test
	void refreshOfNothingIsDone() {
		CompletableFuture<Void> done = this.engine.refresh();
		this.time.runDue();
		assertThat(done).isCompleted();
	}

	@Test
	void refreshBeforeTheFirstRunRunsEachCheckOnce() {
		this.threads.hold();
		this.engine.start(List.of(up("a")));
		CompletableFuture<Void> done = this.engine.refresh();
		this.time.runDue();
		assertThat(this.threads.started()).isEqualTo(1);
		this.threads.release();
		this.time.runDue();
		assertThat(done).isCompleted();
		assertThat(status("a")).isEqualTo(CheckStatus.UP);
	}

	@Test
	void closeInterruptsAndEndsEverything() {
		this.threads.hold();
		this.engine.start(List.of(up("a")));
		this.time.runDue();
		this.engine.close();
		this.time.runDue();
		assertThat(this.threads.interrupted()).isEqualTo(1);
		assertThat(this.scheduler.isClosed()).isTrue();
		this.threads.release();
		this.time.advance(Duration.ofMinutes(1));
		assertThat(status("a")).isEqualTo(CheckStatus.PENDING);
		assertThat(this.threads.started()).isEqualTo(1);
	}

	@Test
	void closeDropsTheResultsOfRunsThatHaveJustBegun() {
		listen();
		this.engine.start(List.of(up("a")));
		this.engine.close();
		this.time.advance(Duration.ofMinutes(1));
		assertThat(this.heard).containsExactly("start [PENDING]");
		assertThat(this.scheduler.waiting()).isZero();
	}

	private void listen() {
		this.engine.addListener(new CheckListener() {

			@Override
			public void onStart() {
				CheckEngineTests.this.heard.add("start " + statuses());
			}

			@Override
			public void onResult(CheckState before, CheckState after) {
				CheckEngineTests.this.heard
					.add(after.name() + " " + before.status() + " to " + after.status() + " " + statuses());
			}

		});
	}

	private List<CheckStatus> statuses() {
		return this.engine.snapshot().states().stream().map(CheckState::status).toList();
	}

	private CheckStatus status(String name) {
		CheckState state = this.engine.snapshot().find(name);
		assertThat(state).isNotNull();
		return state.status();
	}

	private static CheckDefinition up(String name) {
		return definition(name, () -> Health.up().build());
	}

	private static CheckDefinition down(String name) {
		return definition(name, () -> Health.down().build());
	}

	private static CheckDefinition definition(String name, HealthIndicator indicator) {
		return new CheckDefinition(name, name, indicator, CheckPolicy.DEFAULT);
	}

}
