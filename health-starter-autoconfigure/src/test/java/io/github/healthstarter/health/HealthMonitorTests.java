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

package io.github.healthstarter.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.healthstarter.check.CheckDefinition;
import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.check.CheckStatus;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.liveness.LivenessFailure;
import io.github.healthstarter.liveness.LivenessMonitor;
import io.github.healthstarter.mode.Mode;
import io.github.healthstarter.mode.ModeRequest;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link HealthMonitor}.
 */
@ExtendWith(OutputCaptureExtension.class)
class HealthMonitorTests {

	private static final CheckPolicy SHORT = CheckPolicy.DEFAULT.withInterval(Duration.ofSeconds(1))
		.withTimeout(Duration.ofMillis(500));

	private final HealthSetup setup = new HealthSetup();

	private final HealthMonitor health = new HealthMonitor(this.setup.sources(), this.setup.time);

	private final List<String> heard = new ArrayList<>();

	@Test
	void historyRemembersTheChangesOfState() {
		this.setup.withCheck("db", Impact.REQUIRED).startApplication();
		this.setup.answer("db", HealthSetup.down("refused"));
		Instant failing = this.health.snapshot().since();
		this.setup.time.advance(Duration.ofSeconds(30));
		this.setup.answer("db", Health.up().build());
		assertThat(this.health.history())
			.extracting(HealthTransition::from, HealthTransition::to, HealthTransition::reason)
			.containsExactly(tuple(HealthState.STARTING, HealthState.RUNNING, null),
					tuple(HealthState.RUNNING, HealthState.FAILING, "db: refused"),
					tuple(HealthState.FAILING, HealthState.RUNNING, null));
		HealthTransition latest = this.health.history().get(2);
		assertThat(latest.lasted()).isEqualTo(Duration.between(failing, latest.at())).isPositive();
	}

	@Test
	void historyIsBounded() {
		this.setup.withCheck("db", Impact.REQUIRED).startApplication();
		for (int i = 0; i < HealthMonitor.MAX_TRANSITIONS; i++) {
			this.setup.answer("db", HealthSetup.down("refused"));
			this.setup.answer("db", Health.up().build());
		}
		assertThat(this.health.history()).hasSize(HealthMonitor.MAX_TRANSITIONS);
		assertThat(this.health.history().get(0).from()).isEqualTo(HealthState.RUNNING);
	}

	@Test
	void requiredCheckThatIsDownForTooLongDegradesOnly() {
		CheckPolicy policy = new CheckPolicy(Impact.REQUIRED, Duration.ofSeconds(5), Duration.ofSeconds(1),
				Duration.ofSeconds(2), 1, 1, true, Duration.ofMinutes(1));
		this.setup.withCheck("db", policy).startApplication();
		this.setup.answer("db", HealthSetup.down("refused"));
		this.setup.time.advance(Duration.ofSeconds(30));
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.FAILING);
		this.setup.time.advance(Duration.ofSeconds(40));
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.DEGRADED);
		assertThat(this.health.snapshot().reason()).isEqualTo("db: refused");
		this.setup.answer("db", Health.up().build());
		this.setup.time.advance(Duration.ofSeconds(2));
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.RUNNING);
	}

	@Test
	void snapshotAtFirstIsStarting() {
		HealthSnapshot snapshot = this.health.snapshot();
		assertThat(snapshot.state()).isEqualTo(HealthState.STARTING);
		assertThat(snapshot.since()).isEqualTo(ManualTime.START);
		assertThat(snapshot.passes(Probe.LIVENESS)).isTrue();
		assertThat(snapshot.passes(Probe.READINESS)).isFalse();
		assertThat(snapshot.passes(Probe.STARTUP)).isFalse();
	}

	@Test
	void snapshotWhileNothingChangesIsTheSame() {
		this.setup.withCheck("db", Impact.REQUIRED).startApplication();
		HealthSnapshot snapshot = this.health.snapshot();
		this.setup.time.advance(Duration.ofSeconds(4));
		assertThat(this.health.snapshot()).isSameAs(snapshot);
	}

	@Test
	void snapshotShowsChecksBeforeTheirFirstResult() {
		this.setup.withCheck("db", Impact.REQUIRED);
		this.setup.threads.hold();
		this.setup.startChecks();
		assertThat(this.health.snapshot().checks().find("db")).isNotNull();
	}

	@Test
	void snapshotFollowsChecks() {
		this.setup.withCheck("db", Impact.REQUIRED).withCheck("mail", Impact.DEGRADING).startApplication();
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.RUNNING);
		this.setup.answer("mail", HealthSetup.down("no route"));
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.DEGRADED);
		assertThat(this.health.snapshot().reason()).isEqualTo("mail: no route");
		this.setup.answer("db", HealthSetup.down("refused"));
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.FAILING);
		assertThat(this.health.snapshot().reason()).isEqualTo("db: refused");
		this.setup.answer("db", Health.up().build());
		this.setup.answer("mail", Health.up().build());
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.RUNNING);
		assertThat(this.health.snapshot().reason()).isNull();
	}

	@Test
	void snapshotFollowsLiveness() {
		this.setup.startApplication();
		this.setup.signal.fail(new LivenessFailure("fake", "broken", ""));
		this.setup.time.advance(LivenessMonitor.INTERVAL);
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.BROKEN);
		assertThat(this.health.snapshot().passes(Probe.LIVENESS)).isFalse();
		assertThat(this.health.snapshot().reason()).isEqualTo("fake: broken");
		this.setup.signal.fail(null);
		this.setup.time.advance(LivenessMonitor.INTERVAL);
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.RUNNING);
	}

	@Test
	void snapshotFollowsLifecycle() {
		this.setup.startApplication();
		this.setup.lifecycle.refuse(true);
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.MAINTENANCE);
		this.setup.lifecycle.drain();
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.DRAINING);
		assertThat(this.health.snapshot().passes(Probe.STARTUP)).isTrue();
		this.setup.lifecycle.stop();
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.STOPPING);
		assertThat(this.health.snapshot().passes(Probe.LIVENESS)).isTrue();
		assertThat(this.health.snapshot().passes(Probe.READINESS)).isFalse();
	}

	@Test
	void requiredCheckWithoutAResultKeepsTheInstanceStarting() {
		this.setup.withCheck("db", Impact.REQUIRED);
		this.setup.threads.hold();
		this.setup.startChecks();
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.STARTING);
		this.setup.lifecycle.ready();
		this.setup.lifecycle.started();
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.STARTING);
		assertThat(this.health.snapshot().reason()).isEqualTo("waiting for checks: db");
		assertThat(this.health.snapshot().passes(Probe.STARTUP)).isTrue();
		this.setup.time.advance(Duration.ofSeconds(12));
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.FAILING);
		assertThat(this.health.snapshot().reason()).startsWith("db: timed out after");
	}

	@Test
	void stateIsStartingUntilTheApplicationIsReady() {
		this.setup.withCheck("db", Impact.REQUIRED).startChecks();
		this.setup.lifecycle.refreshed();
		this.setup.lifecycle.started();
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.STARTING);
		assertThat(this.health.snapshot().reason()).isEqualTo("waiting for runners");
		assertThat(this.health.snapshot().passes(Probe.STARTUP)).isTrue();
		this.setup.lifecycle.ready();
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.RUNNING);
	}

	@Test
	void checkThatRecoversDuringTheStartDoesNotGoBackToStarting() {
		listenToStates();
		this.setup.withCheck("db", Impact.REQUIRED);
		this.setup.answer("db", HealthSetup.down("refused"));
		this.setup.startChecks();
		this.setup.answer("db", Health.up().build());
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.FAILING);
		assertThat(this.health.snapshot().reason()).isEqualTo("starting");
		this.setup.lifecycle.ready();
		this.setup.lifecycle.started();
		assertThat(this.heard).containsExactly("failing", "running");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void checkThatRecoversDuringMaintenanceOrDrainDoesNotGoBackToStarting(boolean drain) {
		listenToStates();
		this.setup.withCheck("db", Impact.REQUIRED);
		this.setup.answer("db", HealthSetup.down("refused"));
		this.setup.startChecks();
		this.setup.lifecycle.refreshed();
		this.setup.lifecycle.started();
		boolean unused = drain && this.setup.lifecycle.drain();
		this.setup.lifecycle.refuse(!drain);
		this.setup.answer("db", Health.up().build());
		unused = drain && this.setup.lifecycle.resume();
		this.setup.lifecycle.refuse(false);
		assertThat(this.health.snapshot().reason()).isEqualTo("waiting for runners");
		this.setup.lifecycle.ready();
		assertThat(this.heard).containsExactly("failing", drain ? "draining" : "maintenance", "failing", "running");
	}

	@Test
	void refusalThatEndsDuringTheStartIsMaintenanceUntilTheStartIsOver() {
		listenToStates();
		this.setup.withCheck("db", Impact.REQUIRED).startChecks();
		this.setup.lifecycle.refreshed();
		this.setup.lifecycle.started();
		this.setup.lifecycle.refuse(true);
		assertThat(this.health.snapshot().reason()).isEqualTo("the application refuses traffic");
		this.setup.lifecycle.refuse(false);
		this.health.refresh();
		assertThat(this.health.snapshot().reason()).isEqualTo("waiting for runners");
		assertThat(this.health.snapshot().passes(Probe.READINESS)).isFalse();
		this.setup.answer("db", HealthSetup.down("refused"));
		this.setup.answer("db", Health.up().build());
		this.setup.lifecycle.ready();
		assertThat(this.heard).containsExactly("maintenance", "failing", "running");
	}

	@Test
	void checkThatRecoversBeforeAnotherHasAResultDoesNotGoBackToStarting() {
		listenToStates();
		CheckDefinition db = this.setup.definition("db", Impact.REQUIRED);
		this.setup.answer("db", HealthSetup.down("refused"));
		this.setup.checks.start(List.of(db));
		this.setup.time.runDue();
		this.setup.checks.reconfigure(List.of(db, this.setup.definition("redis", Impact.REQUIRED)));
		this.setup.lifecycle.ready();
		this.setup.lifecycle.started();
		this.setup.time.runDue();
		this.setup.answer("db", Health.up().build());
		assertThat(this.heard).containsExactly("failing", "running");
	}

	@Test
	void checkThatArrivesLaterDoesNotCountBeforeItsFirstResult() {
		this.setup.withCheck("db", Impact.REQUIRED).startApplication();
		listenToStates();
		CheckDefinition db = this.setup.definition("db", Impact.REQUIRED);
		CheckDefinition tenant = this.setup.definition("tenant", Impact.REQUIRED);
		this.setup.threads.hold();
		this.setup.checks.reconfigure(List.of(db, tenant));
		this.setup.time.runDue();
		assertThat(this.health.snapshot().checks().find("tenant")).satisfies((check) -> {
			assertThat(check.status()).isEqualTo(CheckStatus.UNKNOWN);
			assertThat(check.isPassing()).isTrue();
			assertThat(check.reason()).isEqualTo("not run yet");
		});
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.RUNNING);
		this.setup.answer("tenant", HealthSetup.down("refused"));
		this.setup.threads.release();
		this.setup.time.runDue();
		assertThat(this.heard).containsExactly("failing");
	}

	@ParameterizedTest
	@CsvSource({ "true, running", "false, failing" })
	void verdictHoldsWhileChecksAreStoppedOnPurpose(boolean up, String state) {
		this.setup.withCheck("db", Impact.REQUIRED).startApplication();
		this.setup.answer("db", up ? Health.up().build() : HealthSetup.down("refused"));
		listenToStates();
		this.setup.checks.stop();
		this.setup.time.advance(Duration.ofMinutes(10));
		assertThat(this.health.snapshot().state().label()).isEqualTo(state);
		this.setup.startChecks();
		assertThat(this.health.snapshot().state().label()).isEqualTo(state);
		assertThat(this.heard).isEmpty();
	}

	@Test
	void stoppedContextIsMaintenanceUntilItHasResumed() {
		this.setup.startApplication();
		this.setup.lifecycle.contextStopped();
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.MAINTENANCE);
		assertThat(this.health.snapshot().reason()).isEqualTo("application context is stopped");
		assertThat(this.health.snapshot().isByOperator()).isFalse();
		this.setup.lifecycle.contextStarted();
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.MAINTENANCE);
		assertThat(this.health.snapshot().reason())
			.isEqualTo("application context has been started again, waiting for checks");
		this.setup.lifecycle.contextResumed();
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.RUNNING);
	}

	@Test
	void runnerThatFailsIsAStartThatFailed() {
		this.setup.lifecycle.refreshed();
		this.setup.lifecycle.started();
		this.setup.lifecycle.fail("no file");
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.FAILED);
		assertThat(this.health.snapshot().reason()).isEqualTo("no file");
	}

	private void listenToStates() {
		this.health.addListener((before, after) -> {
			if (before.state() != after.state()) {
				this.heard.add(after.state().label());
			}
		});
	}

	@ParameterizedTest
	@CsvSource({ "REQUIRED, FAILING", "DEGRADING, DEGRADED", "INFORMATIONAL, RUNNING" })
	void deadCheckSchedulerMakesChecksStale(Impact impact, HealthState expected) {
		this.setup.withCheck("db", impact).startApplication();
		this.setup.checkScheduler.close();
		this.setup.time.advance(Duration.ofSeconds(14).minusNanos(1));
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.RUNNING);
		this.setup.time.advance(Duration.ofNanos(1));
		HealthSnapshot snapshot = this.health.snapshot();
		assertThat(snapshot.state()).isEqualTo(expected);
		CheckState check = snapshot.checks().find("db");
		assertThat(check).isNotNull();
		assertThat(check.error()).isEqualTo("not measured for 14s");
		assertThat(this.health.snapshot()).isSameAs(snapshot);
	}

	@Test
	void deadCheckSchedulerIsToldOfAlthoughNobodyAsks() {
		this.health.addListener((before, after) -> this.heard.add(after.state().label()));
		this.setup.withCheck("db", Impact.REQUIRED).startApplication();
		this.setup.checkScheduler.close();
		this.setup.time.advance(Duration.ofSeconds(20));
		assertThat(this.heard).containsExactly("running", "failing");
	}

	@Test
	void clockThatIsSetBackLengthensNoHistory() {
		this.setup.withCheck("db", Impact.REQUIRED).startApplication();
		this.setup.time.advance(Duration.ofSeconds(2));
		this.setup.time.setClock(Duration.ofHours(-1));
		this.setup.modes.enter(new ModeRequest(Mode.MAINTENANCE, null, null, null));
		this.health.refresh();
		assertThat(this.health.history()).last().satisfies((change) -> {
			assertThat(change.from()).isEqualTo(HealthState.RUNNING);
			assertThat(change.lasted()).isEqualTo(Duration.ofSeconds(2));
		});
	}

	@Test
	void deadLivenessSchedulerMakesLivenessStale() {
		this.setup.withCheck("db", Impact.REQUIRED).startApplication();
		this.setup.livenessScheduler.close();
		this.setup.time.advance(LivenessMonitor.STALE_AFTER.minusNanos(1));
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.RUNNING);
		this.setup.time.advance(Duration.ofNanos(1));
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.BROKEN);
		assertThat(this.health.snapshot().reason()).contains("has stopped looking");
	}

	@Test
	void bothSchedulersDeadIsSeenByTheProbe() {
		this.setup.withCheck("db", Impact.REQUIRED).startApplication();
		this.setup.checkScheduler.close();
		this.setup.livenessScheduler.close();
		this.setup.time.advance(Duration.ofSeconds(14));
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.RUNNING);
		this.setup.time.advance(JudgedTime.GRACE);
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.FAILING);
		this.setup.time.advance(Duration.ofSeconds(41));
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.FAILING);
		this.setup.time.advance(JudgedTime.GRACE);
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.BROKEN);
	}

	@Test
	void processThatWasPausedKeepsItsVerdictUntilItHasMeasuredAgain() {
		this.health.addListener((before, after) -> this.heard.add(after.state().label()));
		this.setup.withCheck("db", Impact.REQUIRED).startApplication();
		this.setup.time.pause(Duration.ofSeconds(75));
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.RUNNING);
		this.setup.time.advance(Duration.ofMinutes(2));
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.RUNNING);
		assertThat(this.heard).containsExactly("running");
	}

	@Test
	void pauseThatIsLongForAShortScheduleKeepsTheVerdict() {
		this.health.addListener((before, after) -> this.heard.add(after.state().label()));
		this.setup.withCheck("db", SHORT).withCheck("mail", Impact.DEGRADING).startApplication();
		this.setup.time.pause(SHORT.staleAfter().plusNanos(1));
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.RUNNING);
		this.setup.time.advance(Duration.ofMinutes(2));
		assertThat(this.heard).containsExactly("running");
	}

	@Test
	void deadSchedulerOfAShortScheduleIsSeenAfterItsGrace() {
		this.setup.withCheck("db", SHORT).startApplication();
		this.setup.checkScheduler.close();
		this.setup.time.advance(SHORT.staleAfter());
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.RUNNING);
		this.setup.time.advance(JudgedTime.GRACE);
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.FAILING);
		assertThat(this.health.snapshot().reason()).startsWith("db: not measured for ");
	}

	@Test
	void processThatWasPausedAndDoesNotMeasureAgainIsBrokenAfterItsGrace() {
		this.setup.withCheck("db", Impact.REQUIRED).startApplication();
		this.setup.time.pause(Duration.ofSeconds(75));
		this.setup.livenessScheduler.close();
		this.setup.checkScheduler.close();
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.RUNNING);
		this.setup.time.advance(JudgedTime.GRACE.minusNanos(1));
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.RUNNING);
		this.setup.time.advance(Duration.ofNanos(1));
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.BROKEN);
	}

	@Test
	void sinceIsTheBeginningOfTheState() {
		this.setup.withCheck("db", Impact.REQUIRED).withCheck("mail", Impact.DEGRADING);
		this.setup.time.advance(Duration.ofSeconds(1));
		this.setup.startApplication();
		this.setup.time.advance(Duration.ofSeconds(30));
		assertThat(this.health.snapshot().since()).isEqualTo(ManualTime.START.plusSeconds(1));
		this.setup.lifecycle.drain();
		assertThat(this.health.snapshot().since()).isEqualTo(ManualTime.START.plusSeconds(31));
	}

	@Test
	void reasonChangesWithinAState() {
		this.setup.withCheck("db", Impact.REQUIRED).startApplication();
		this.setup.answer("db", HealthSetup.down("refused"));
		HealthSnapshot refused = this.health.snapshot();
		this.setup.answer("db", HealthSetup.down("no route"));
		assertThat(this.health.snapshot().reason()).isEqualTo("db: no route");
		assertThat(this.health.snapshot().since()).isEqualTo(refused.since());
	}

	@Test
	void listenersAreToldInOrderOfEachChangeOfState() {
		this.health.addListener((before, after) -> this.heard.add("first " + after.state().label()));
		this.health.addListener(
				(before, after) -> this.heard.add("second " + before.state().label() + " " + after.state().label()));
		this.setup.withCheck("db", Impact.REQUIRED).startApplication();
		this.setup.answer("db", Health.up().build());
		this.setup.lifecycle.drain();
		this.health.refresh();
		assertThat(this.heard).containsExactly("first running", "second starting running", "first draining",
				"second running draining");
	}

	@Test
	void listenersAreToldWhenStartupIsCompleteWhateverTheState() {
		this.health.addListener((before, after) -> this.heard
			.add(after.state().label() + " " + before.lifecycle().isStarted() + " " + after.lifecycle().isStarted()));
		this.setup.lifecycle.refuse(true);
		this.setup.lifecycle.ready();
		this.setup.lifecycle.started();
		assertThat(this.heard).containsExactly("maintenance false false", "maintenance false true");
	}

	@Test
	void listenerThatThrowsStopsNothing(CapturedOutput output) {
		this.health.addListener((before, after) -> {
			throw new StackOverflowError("of a listener");
		});
		this.health.addListener((before, after) -> this.heard.add(after.state().label()));
		this.setup.startApplication();
		assertThat(this.heard).containsExactly("running");
		assertThat(output).containsOnlyOnce("A health listener failed").contains("of a listener");
	}

}
