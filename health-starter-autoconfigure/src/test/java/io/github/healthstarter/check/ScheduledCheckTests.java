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
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;

import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualThreads;
import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.time.Scheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ScheduledCheck}.
 */
class ScheduledCheckTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private static final Duration INTERVAL = Duration.ofSeconds(5);

	private static final Duration FIRST_TIMEOUT = Duration.ofSeconds(10);

	private static final CheckPolicy UNCONFIRMED = CheckPolicy.DEFAULT.withFailureThreshold(1);

	private final ManualTime time = new ManualTime();

	private final ManualScheduler scheduler = new ManualScheduler(this.time);

	private final ManualThreads threads = new ManualThreads();

	private final List<CheckRun> results = new ArrayList<>();

	private Supplier<@Nullable Health> indicator = () -> Health.up().build();

	@Test
	void runSettlesResult() {
		ScheduledCheck check = check(CheckPolicy.DEFAULT);
		run(check);
		assertThat(this.results).hasSize(1);
		assertThat(check.state().status()).isEqualTo(CheckStatus.UP);
		assertThat(check.state().lastRun()).isSameAs(this.results.get(0));
	}

	@Test
	void runWhenPassingComesAgainAfterIntervalLessAtMostATenth() {
		ScheduledCheck check = check(CheckPolicy.DEFAULT);
		run(check);
		List<Duration> delays = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			Duration delay = untilNext();
			delays.add(delay);
			this.time.advance(delay);
			this.time.runDue();
		}
		assertThat(this.results).hasSize(201);
		assertThat(delays).allSatisfy((delay) -> assertThat(delay).isBetween(Duration.ofMillis(4500), INTERVAL));
		assertThat(delays).doesNotHaveDuplicates();
		assertThat(delays).anyMatch((delay) -> delay.compareTo(Duration.ofMillis(4700)) < 0)
			.anyMatch((delay) -> delay.compareTo(Duration.ofMillis(4800)) > 0);
	}

	@Test
	void runWhenFailingComesAgainAfterRetryInterval() {
		this.indicator = () -> Health.down().build();
		run(check(CheckPolicy.DEFAULT));
		assertThat(untilNext()).isEqualTo(SECOND);
		this.time.advance(SECOND.minusNanos(1));
		assertThat(this.threads.started()).isEqualTo(1);
		this.time.advance(Duration.ofNanos(1));
		assertThat(this.threads.started()).isEqualTo(2);
	}

	@Test
	void runMeasuresItsDuration() {
		this.indicator = () -> {
			this.time.advance(Duration.ofMillis(30));
			return Health.up().build();
		};
		run(check(CheckPolicy.DEFAULT));
		this.time.runDue();
		assertThat(this.results.get(0).duration()).isEqualTo(Duration.ofMillis(30));
		assertThat(this.results.get(0).at()).isEqualTo(ManualTime.START.plusMillis(30));
	}

	@Test
	void runWithinTimeoutLeavesNoTimeoutBehind() {
		run(check(CheckPolicy.DEFAULT));
		assertThat(this.scheduler.waiting()).isEqualTo(1);
	}

	@Test
	void runBeyondTimeoutFailsAtOnceAndIsInterrupted() {
		ScheduledCheck check = stuckCheck(UNCONFIRMED);
		this.time.advance(TIMEOUT.minusNanos(1));
		assertThat(this.results).isEmpty();
		this.time.advance(Duration.ofNanos(1));
		assertThat(this.results).hasSize(1);
		assertThat(this.results.get(0).outcome()).isEqualTo(CheckOutcome.TIMEOUT);
		assertThat(check.state().status()).isEqualTo(CheckStatus.DOWN);
		assertThat(check.state().error()).isEqualTo("timed out after 2s");
		assertThat(this.threads.interrupted()).isEqualTo(1);
	}

	@Test
	void runBeyondTimeoutIsNotInterruptedWhereConfigured() {
		ScheduledCheck check = stuckCheck(
				new CheckPolicy(Impact.REQUIRED, INTERVAL, SECOND, TIMEOUT, 1, 1, false, null));
		this.time.advance(TIMEOUT);
		assertThat(check.state().status()).isEqualTo(CheckStatus.DOWN);
		assertThat(this.threads.interrupted()).isZero();
	}

	@Test
	void stuckRunIsCountedAndReportedAndNothingIsStackedOnIt() {
		ScheduledCheck check = stuckCheck(UNCONFIRMED);
		this.time.advance(TIMEOUT.plusSeconds(60));
		assertThat(this.threads.started()).isEqualTo(2);
		assertThat(this.threads.interrupted()).isEqualTo(1);
		assertThat(check.state().consecutiveFailures()).isEqualTo(61);
		assertThat(check.state().error()).isEqualTo("timed out after 2s, stuck for 62s");
	}

	@Test
	void lateResultFreesThePlaceAndIsNotCounted() {
		ScheduledCheck check = stuckCheck(UNCONFIRMED);
		this.time.advance(TIMEOUT);
		this.threads.release();
		this.time.runDue();
		assertThat(this.results).hasSize(1);
		assertThat(check.state().status()).isEqualTo(CheckStatus.DOWN);
		this.time.advance(SECOND);
		assertThat(this.threads.started()).isEqualTo(3);
		assertThat(this.results).hasSize(2);
		assertThat(check.state().status()).isEqualTo(CheckStatus.UP);
		assertThat(this.scheduler.waiting()).isEqualTo(1);
	}

	@Test
	void resultAtTheMomentOfTheTimeoutIsCountedOnce() {
		ScheduledCheck check = stuckCheck(CheckPolicy.DEFAULT);
		this.time.advance(TIMEOUT.minusNanos(1));
		this.threads.release();
		this.time.advance(Duration.ofNanos(1));
		assertThat(this.results).hasSize(1);
		assertThat(check.state().status()).isEqualTo(CheckStatus.UP);
		assertThat(this.scheduler.waiting()).isEqualTo(1);
	}

	@Test
	void indicatorThatReturnsNullFails() {
		this.indicator = () -> null;
		ScheduledCheck check = check(CheckPolicy.DEFAULT);
		run(check);
		assertThat(check.state().error()).isEqualTo("the indicator returned null");
		assertThat(untilNext()).isEqualTo(SECOND);
	}

	@Test
	void indicatorThatThrowsFailsAndIsAskedAgain() {
		this.indicator = () -> {
			throw new AssertionError("no luck");
		};
		ScheduledCheck check = check(CheckPolicy.DEFAULT);
		run(check);
		assertThat(this.results.get(0).outcome()).isEqualTo(CheckOutcome.ERROR);
		assertThat(check.state().error()).isEqualTo("java.lang.AssertionError: no luck");
		this.indicator = () -> Health.up().build();
		this.time.advance(SECOND);
		this.time.runDue();
		assertThat(check.state().status()).isEqualTo(CheckStatus.UP);
	}

	@Test
	void threadFactoryThatThrowsIsReportedAndIsNoFailureOfTheDependency() {
		List<Thread> made = new ArrayList<>();
		ThreadFactory failing = (task) -> {
			if (made.isEmpty()) {
				made.add(Thread.currentThread());
				throw new OutOfMemoryError("unable to create native thread");
			}
			return this.threads.newThread(task);
		};
		ScheduledCheck check = check(CheckPolicy.DEFAULT, this.scheduler, failing);
		run(check);
		assertThat(check.state().error())
			.isEqualTo("could not begin: java.lang.OutOfMemoryError: unable to create native thread");
		assertThat(check.state().status()).isEqualTo(CheckStatus.PENDING);
		assertThat(check.state().consecutiveFailures()).isZero();
		assertThat(check.state().isFirst()).isTrue();
		assertThat(this.scheduler.waiting()).isEqualTo(1);
		this.time.advance(SECOND);
		this.time.runDue();
		assertThat(check.state().status()).isEqualTo(CheckStatus.UP);
	}

	@Test
	void threadThatCannotBeStartedLeavesTheCheckAsItWasUntilThatIsStale() {
		Thread started = new Thread();
		started.start();
		List<Thread> others = new ArrayList<>();
		ThreadFactory failing = (task) -> others.isEmpty() ? this.threads.newThread(task) : others.get(0);
		ScheduledCheck check = check(CheckPolicy.DEFAULT, this.scheduler, failing);
		run(check);
		others.add(started);
		CompletableFuture<Void> refreshed = check.refresh();
		assertThat(refreshed).isCompleted();
		assertThat(check.state().error()).isEqualTo("could not begin: java.lang.IllegalThreadStateException");
		assertThat(check.state().status()).isEqualTo(CheckStatus.UP);
		assertThat(untilNext()).isEqualTo(SECOND);
		this.time.advance(CheckPolicy.DEFAULT.staleAfter().minusNanos(1));
		assertThat(seen(check).status()).isEqualTo(CheckStatus.UP);
		this.time.advance(Duration.ofNanos(1));
		assertThat(seen(check).status()).isEqualTo(CheckStatus.DOWN);
		assertThat(seen(check).error())
			.isEqualTo("not measured for 14s, could not begin: java.lang.IllegalThreadStateException");
	}

	private CheckState seen(ScheduledCheck check) {
		return check.state().asOf(this.time.instant(), this.time.nanos());
	}

	@Test
	void runThatGetsNoProcessorIsReportedAndItsTimeCountsFromWhenItHasBegun() {
		StarvedThreads starved = new StarvedThreads();
		ScheduledCheck check = check(CheckPolicy.DEFAULT, this.scheduler, starved);
		run(check);
		starved.starve();
		CompletableFuture<Void> refreshed = check.refresh();
		this.time.advance(TIMEOUT);
		assertThat(refreshed).isCompleted();
		assertThat(check.state().status()).isEqualTo(CheckStatus.UP);
		assertThat(check.state().consecutiveFailures()).isZero();
		assertThat(check.state().error()).isEqualTo("could not begin within 2s: its thread has had no processor");
		this.time.advance(TIMEOUT.plus(SECOND));
		assertThat(starved.started).isEqualTo(2);
		this.indicator = () -> {
			this.time.advance(TIMEOUT.minusNanos(1));
			return Health.up().build();
		};
		starved.feed();
		this.time.runDue();
		assertThat(check.state().lastRun().outcome()).isEqualTo(CheckOutcome.UP);
		assertThat(check.state().lastRun().duration()).isEqualTo(TIMEOUT.minusNanos(1));
		assertThat(check.state().error()).isNull();
	}

	@Test
	void runThatBeganLateAndHangsTimesOut() {
		StarvedThreads starved = new StarvedThreads();
		ScheduledCheck check = check(UNCONFIRMED, this.scheduler, starved);
		run(check);
		starved.starve();
		refresh(check);
		this.time.advance(SECOND);
		this.indicator = () -> {
			this.time.advance(TIMEOUT.minusNanos(1));
			assertThat(check.state().status()).isEqualTo(CheckStatus.UP);
			this.time.advance(Duration.ofNanos(1));
			assertThat(check.state().status()).isEqualTo(CheckStatus.DOWN);
			return Health.up().build();
		};
		starved.feed();
		assertThat(check.state().error()).isEqualTo("timed out after 2s");
	}

	@Test
	void threadThatDiesWithoutResultFreesThePlace() {
		Scheduler exhausted = new ExhaustedScheduler(this.scheduler);
		ThreadFactory dying = (task) -> this.threads.newThread(() -> {
			try {
				task.run();
			}
			catch (OutOfMemoryError ex) {
				// The thread ends, as it would without this fake.
			}
		});
		ScheduledCheck check = check(CheckPolicy.DEFAULT, exhausted, dying);
		exhausted.execute(() -> check.start(null));
		this.time.advance(FIRST_TIMEOUT);
		assertThat(check.state().error()).isEqualTo("timed out after 10s");
		this.time.advance(SECOND);
		this.time.runDue();
		assertThat(this.threads.started()).isEqualTo(2);
		assertThat(check.state().status()).isEqualTo(CheckStatus.UP);
	}

	@Test
	void runThatHangsIsStuckIfMemoryRunsOutAtItsTimeout() {
		this.threads.hold();
		ScheduledCheck check = check(CheckPolicy.DEFAULT);
		this.scheduler.recoverWith(check::resume);
		run(check);
		this.time.advance(FIRST_TIMEOUT.minusNanos(1));
		this.time.beforeNanos(() -> {
			this.time.beforeNanos(() -> {
			});
			throw new OutOfMemoryError("of a test");
		});
		this.time.advance(Duration.ofNanos(1));
		assertThat(this.results).isEmpty();
		this.time.advance(INTERVAL.plus(SECOND));
		assertThat(check.state().error()).startsWith("timed out after 10s, stuck for 1");
		assertThat(check.state().status()).isEqualTo(CheckStatus.DOWN);
		this.threads.release();
		this.time.advance(SECOND);
		this.time.runDue();
		assertThat(check.state().status()).isEqualTo(CheckStatus.UP);
	}

	@Test
	void stopDropsTheResultUnderWayAndInterruptsIt() {
		ScheduledCheck check = stuckCheck(CheckPolicy.DEFAULT);
		check.stop();
		assertThat(this.threads.interrupted()).isEqualTo(1);
		this.threads.release();
		this.time.advance(Duration.ofMinutes(1));
		assertThat(this.results).isEmpty();
		assertThat(this.threads.started()).isEqualTo(2);
		assertThat(this.scheduler.waiting()).isZero();
	}

	@Test
	void stopBetweenRunsEndsThem() {
		ScheduledCheck check = check(CheckPolicy.DEFAULT);
		run(check);
		check.stop();
		this.time.advance(Duration.ofMinutes(1));
		assertThat(this.results).hasSize(1);
		assertThat(this.threads.interrupted()).isZero();
	}

	private void run(ScheduledCheck check) {
		this.scheduler.execute(() -> check.start(null));
		this.time.runDue();
	}

	private ScheduledCheck stuckCheck(CheckPolicy policy) {
		ScheduledCheck check = check(policy);
		run(check);
		assertThat(check.state().status()).isEqualTo(CheckStatus.UP);
		this.results.clear();
		this.threads.hold();
		refresh(check);
		assertThat(this.threads.started()).isEqualTo(2);
		return check;
	}

	@Test
	void refreshRunsAtOnceAndPutsOffTheNextRun() {
		ScheduledCheck check = check(CheckPolicy.DEFAULT);
		run(check);
		this.time.advance(Duration.ofSeconds(4));
		CompletableFuture<Void> result = check.refresh();
		assertThat(result).isNotDone();
		this.time.runDue();
		assertThat(result).isCompleted();
		assertThat(this.results).hasSize(2);
		assertThat(this.scheduler.waiting()).isEqualTo(1);
		assertThat(untilNext()).isGreaterThan(Duration.ofSeconds(4));
	}

	@Test
	void becomingAnotherDuringARunRunsNoMoreOften() {
		ScheduledCheck check = check(CheckPolicy.DEFAULT);
		run(check);
		this.threads.hold();
		this.time.advance(INTERVAL);
		CheckPolicy slower = new CheckPolicy(Impact.DEGRADING, Duration.ofHours(1), Duration.ofHours(1), TIMEOUT, 1, 1,
				true, null);
		check.reconfigure(new CheckDefinition("db", "db", () -> this.indicator.get(), slower));
		assertThat(this.scheduler.waiting()).as("the timeout").isEqualTo(1);
		this.threads.release();
		this.time.runDue();
		assertThat(this.scheduler.waiting()).isEqualTo(1);
	}

	@Test
	void refreshJoinsTheRunUnderWay() {
		ScheduledCheck check = stuckCheck(CheckPolicy.DEFAULT);
		List<CompletableFuture<Void>> asked = List.of(check.refresh(), check.refresh(), check.refresh());
		assertThat(this.threads.started()).isEqualTo(2);
		this.threads.release();
		this.time.runDue();
		assertThat(asked).allMatch(CompletableFuture::isDone);
		assertThat(this.results).hasSize(1);
		assertThat(this.threads.started()).isEqualTo(2);
	}

	@Test
	void refreshOfARunThatHangsEndsWithItsTimeout() {
		ScheduledCheck check = stuckCheck(UNCONFIRMED);
		CompletableFuture<Void> first = check.refresh();
		this.time.advance(TIMEOUT);
		assertThat(first).isCompleted();
		CompletableFuture<Void> second = check.refresh();
		assertThat(second).as("nothing is stacked on the stuck call").isCompleted();
		assertThat(this.threads.started()).isEqualTo(2);
		assertThat(this.scheduler.waiting()).isEqualTo(1);
	}

	@Test
	void refreshOfAStoppedCheckIsDone() {
		ScheduledCheck check = stuckCheck(CheckPolicy.DEFAULT);
		CompletableFuture<Void> before = check.refresh();
		check.stop();
		assertThat(before).isCompleted();
		assertThat(check.refresh()).isCompleted();
		assertThat(this.threads.started()).isEqualTo(2);
	}

	@Test
	void firstFailureAfterAPassIsConfirmedAtOnce() {
		ScheduledCheck check = check(CheckPolicy.DEFAULT);
		run(check);
		this.indicator = () -> Health.down().build();
		CompletableFuture<Void> refreshed = check.refresh();
		this.time.runDue();
		assertThat(this.threads.started()).isEqualTo(3);
		assertThat(this.results).extracting(CheckRun::status)
			.containsExactly(CheckStatus.UP, CheckStatus.DOWN, CheckStatus.DOWN);
		assertThat(check.state().status()).isEqualTo(CheckStatus.DOWN);
		assertThat(refreshed).isCompleted();
		assertThat(untilNext()).isEqualTo(SECOND);
	}

	@Test
	void singleFailureCostsNothing() {
		ScheduledCheck check = check(CheckPolicy.DEFAULT);
		run(check);
		List<Health> answers = new ArrayList<>(List.of(Health.down().build(), Health.up().build()));
		this.indicator = () -> answers.remove(0);
		CompletableFuture<Void> refreshed = check.refresh();
		assertThat(refreshed).isNotDone();
		this.time.runDue();
		assertThat(refreshed).isCompleted();
		assertThat(this.results).hasSize(3);
		assertThat(check.state().status()).isEqualTo(CheckStatus.UP);
		assertThat(check.state().since()).isEqualTo(ManualTime.START);
		assertThat(untilNext()).isGreaterThan(Duration.ofSeconds(4));
	}

	@Test
	void singleFailureCountsAtOnceIfOneIsEnough() {
		ScheduledCheck check = check(UNCONFIRMED);
		run(check);
		this.indicator = () -> Health.down().build();
		refresh(check);
		this.time.runDue();
		assertThat(this.threads.started()).isEqualTo(2);
		assertThat(check.state().status()).isEqualTo(CheckStatus.DOWN);
	}

	@Test
	void failuresBeyondTheSecondComeAfterTheRetryInterval() {
		ScheduledCheck check = check(CheckPolicy.DEFAULT.withFailureThreshold(4));
		run(check);
		this.indicator = () -> Health.down().build();
		refresh(check);
		this.time.runDue();
		assertThat(this.threads.started()).isEqualTo(3);
		this.time.advance(SECOND);
		assertThat(check.state().status()).isEqualTo(CheckStatus.UP);
		this.time.advance(SECOND);
		assertThat(this.threads.started()).isEqualTo(5);
		assertThat(check.state().status()).isEqualTo(CheckStatus.DOWN);
	}

	@Test
	void stuckCallCountsAsTheSecondFailureAfterTwoTimeouts() {
		ScheduledCheck check = stuckCheck(CheckPolicy.DEFAULT);
		this.time.advance(TIMEOUT);
		assertThat(this.results).hasSize(1);
		CompletableFuture<Void> refreshed = check.refresh();
		this.time.advance(TIMEOUT.minusNanos(1));
		assertThat(this.results).hasSize(1);
		assertThat(check.state().status()).isEqualTo(CheckStatus.UP);
		assertThat(refreshed).isNotDone();
		this.time.advance(Duration.ofNanos(1));
		assertThat(check.state().status()).isEqualTo(CheckStatus.DOWN);
		assertThat(check.state().error()).isEqualTo("timed out after 2s, stuck for 4s");
		assertThat(refreshed).isCompleted();
		assertThat(this.threads.started()).isEqualTo(2);
	}

	@Test
	void callThatEndsAfterItsTimeoutIsConfirmedByAnotherThen() {
		ScheduledCheck check = stuckCheck(CheckPolicy.DEFAULT);
		this.time.advance(TIMEOUT.multipliedBy(2).minusNanos(1));
		this.threads.release();
		this.threads.hold();
		this.time.runDue();
		assertThat(this.threads.started()).isEqualTo(3);
		assertThat(check.state().status()).isEqualTo(CheckStatus.UP);
		this.time.advance(TIMEOUT.minusNanos(1));
		assertThat(check.state().status()).isEqualTo(CheckStatus.UP);
		this.time.advance(Duration.ofNanos(1));
		assertThat(check.state().status()).isEqualTo(CheckStatus.DOWN);
		assertThat(check.state().error()).isEqualTo("timed out after 2s");
	}

	@Test
	void callThatEndsAfterItsTimeoutIsForgottenIfTheNextPasses() {
		ScheduledCheck check = stuckCheck(CheckPolicy.DEFAULT);
		this.time.advance(TIMEOUT.plus(SECOND));
		this.threads.release();
		this.time.runDue();
		assertThat(this.results).extracting(CheckRun::outcome).containsExactly(CheckOutcome.TIMEOUT, CheckOutcome.UP);
		assertThat(check.state().status()).isEqualTo(CheckStatus.UP);
		assertThat(this.scheduler.waiting()).isEqualTo(1);
	}

	@Test
	void veryFirstRunHasTenSecondsAndItsFailureCounts() {
		this.threads.hold();
		ScheduledCheck check = check(CheckPolicy.DEFAULT);
		run(check);
		this.time.advance(FIRST_TIMEOUT.minusNanos(1));
		assertThat(this.results).isEmpty();
		this.time.advance(Duration.ofNanos(1));
		assertThat(check.state().status()).isEqualTo(CheckStatus.DOWN);
		assertThat(check.state().error()).isEqualTo("timed out after 10s");
	}

	@Test
	void veryFirstRunHasItsTimeoutIfThatIsLonger() {
		this.threads.hold();
		ScheduledCheck check = check(CheckPolicy.DEFAULT.withTimeout(Duration.ofSeconds(12)));
		run(check);
		this.time.advance(Duration.ofSeconds(12).minusNanos(1));
		assertThat(this.results).isEmpty();
		this.time.advance(Duration.ofNanos(1));
		assertThat(check.state().error()).isEqualTo("timed out after 12s");
	}

	@Test
	void informationalCheckRunsFirstAtAnyTimeWithinItsInterval() {
		CheckPolicy policy = CheckPolicy.DEFAULT.withImpact(Impact.INFORMATIONAL).withInterval(Duration.ofMinutes(1));
		List<Duration> delays = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			ScheduledCheck check = check(policy);
			this.scheduler.execute(() -> check.start(null));
			this.time.runDue();
			delays.add(untilNext());
			check.stop();
			this.time.advance(Duration.ofMinutes(1));
		}
		assertThat(this.results).isEmpty();
		assertThat(delays).allSatisfy((delay) -> assertThat(delay).isLessThan(Duration.ofMinutes(1)));
		assertThat(delays).anyMatch((delay) -> delay.compareTo(Duration.ofSeconds(20)) < 0)
			.anyMatch((delay) -> delay.compareTo(Duration.ofSeconds(40)) > 0);
	}

	@Test
	void informationalCheckIsNeitherConfirmedNorRetriedEarly() {
		ScheduledCheck check = check(
				CheckPolicy.DEFAULT.withImpact(Impact.INFORMATIONAL).withInterval(Duration.ofMinutes(1)));
		refresh(check);
		this.time.runDue();
		assertThat(check.state().status()).isEqualTo(CheckStatus.UP);
		this.indicator = () -> Health.down().build();
		refresh(check);
		this.time.runDue();
		assertThat(check.state().status()).isEqualTo(CheckStatus.DOWN);
		assertThat(this.results).hasSize(2);
		assertThat(untilNext()).isBetween(Duration.ofSeconds(54), Duration.ofMinutes(1));
	}

	private ScheduledCheck check(CheckPolicy policy) {
		return check(policy, this.scheduler, this.threads);
	}

	private ScheduledCheck check(CheckPolicy policy, Scheduler scheduler, ThreadFactory threads) {
		return check(policy, scheduler, new FactoryThreads((name) -> threads));
	}

	private ScheduledCheck check(CheckPolicy policy, Scheduler scheduler, CheckThreads threads) {
		CheckDefinition definition = new CheckDefinition("db", "db", () -> this.indicator.get(), policy);
		CheckState pending = CheckState.pending(definition, this.time.instant(), this.time.nanos());
		return new ScheduledCheck(definition, pending, new CheckRuntime(scheduler, this.time, threads),
				(before, after) -> {
					assertThat(after.lastRun()).isNotNull();
					this.results.add(after.lastRun());
				});
	}

	private static void refresh(ScheduledCheck check) {
		CompletableFuture<Void> unused = check.refresh();
	}

	private Duration untilNext() {
		Duration delay = this.scheduler.untilNext();
		assertThat(delay).isNotNull();
		return delay;
	}

	/**
	 * Threads that begin late.
	 */
	private static final class StarvedThreads implements CheckThreads {

		private final List<Runnable> waiting = new ArrayList<>();

		private boolean starving;

		private int started;

		void starve() {
			this.starving = true;
		}

		void feed() {
			this.starving = false;
			this.waiting.forEach(Runnable::run);
		}

		@Override
		public Started start(String check, Runnable run) {
			this.started++;
			if (!this.starving) {
				run.run();
			}
			else {
				this.waiting.add(run);
			}
			return () -> {
			};
		}

	}

}
