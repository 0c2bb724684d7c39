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

package io.github.healthstarter.startup;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Health;

import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.health.HealthSetup;
import io.github.healthstarter.lifecycle.LifecyclePhase;
import io.github.healthstarter.lifecycle.LifecycleState.ContextState;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StartupGate}.
 */
class StartupGateTests {

	private final HealthSetup setup = new HealthSetup();

	@Test
	void opensWhenTheContextIsRefreshedAfterTheChecks() {
		gate(true);
		this.setup.withCheck("db", Impact.REQUIRED).startChecks();
		assertThat(isStarted()).isFalse();
		this.setup.lifecycle.ready();
		assertThat(isStarted()).isTrue();
	}

	@Test
	void opensNotBeforeChecksAreRun() {
		gate(true);
		this.setup.withCheck("db", Impact.REQUIRED);
		this.setup.lifecycle.refreshed();
		assertThat(isStarted()).isFalse();
		this.setup.startChecks();
		assertThat(isStarted()).isTrue();
	}

	@Test
	void opensWhenThereIsNothingToRun() {
		gate(true);
		this.setup.lifecycle.refreshed();
		this.setup.startChecks();
		assertThat(isStarted()).isTrue();
	}

	@Test
	void opensWhenTheLastRequiredCheckHasPassed() {
		gate(true);
		this.setup.withCheck("db", Impact.REQUIRED).withCheck("redis", Impact.REQUIRED);
		this.setup.threads.hold();
		this.setup.startChecks();
		this.setup.lifecycle.ready();
		assertThat(isStarted()).isFalse();
		this.setup.threads.release();
		this.setup.time.runDue();
		assertThat(isStarted()).isTrue();
	}

	@Test
	void opensWhereACheckHasPassedOnceAndFailsNow() {
		gate(true);
		this.setup.withCheck("db", Impact.REQUIRED).startChecks();
		this.setup.answer("db", HealthSetup.down("refused"));
		this.setup.lifecycle.ready();
		assertThat(isStarted()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void waitsForRequiredChecksWhereConfigured(boolean awaitChecks) {
		gate(awaitChecks);
		this.setup.withCheck("db", Impact.REQUIRED);
		this.setup.threads.hold();
		this.setup.startChecks();
		this.setup.lifecycle.ready();
		assertThat(isStarted()).isEqualTo(!awaitChecks);
	}

	@ParameterizedTest
	@ValueSource(strings = { "DEGRADING", "INFORMATIONAL" })
	void waitsForNoOtherChecks(Impact impact) {
		gate(true);
		this.setup.withCheck("db", impact);
		this.setup.threads.hold();
		this.setup.startChecks();
		this.setup.lifecycle.ready();
		assertThat(isStarted()).isTrue();
	}

	@Test
	void waitsUntilAFailingCheckPasses() {
		gate(true);
		this.setup.withCheck("db", Impact.REQUIRED);
		this.setup.answer("db", HealthSetup.down("refused"));
		this.setup.startChecks();
		this.setup.lifecycle.ready();
		this.setup.time.advance(Duration.ofMinutes(10));
		assertThat(isStarted()).isFalse();
		this.setup.answer("db", Health.up().build());
		assertThat(isStarted()).isTrue();
	}

	@Test
	void opensDuringADrainThatBeganBeforehand() {
		gate(true);
		this.setup.lifecycle.drain();
		this.setup.lifecycle.ready();
		this.setup.startChecks();
		assertThat(isStarted()).isTrue();
		assertThat(this.setup.lifecycle.phase()).isEqualTo(LifecyclePhase.DRAINING);
		this.setup.lifecycle.resume();
		assertThat(this.setup.lifecycle.phase()).isEqualTo(LifecyclePhase.RUNNING);
	}

	@Test
	void opensWhenTheCheckThatIsAwaitedIsRemoved() {
		gate(true);
		this.setup.withCheck("db", Impact.REQUIRED);
		this.setup.answer("db", HealthSetup.down("refused"));
		this.setup.startChecks();
		this.setup.lifecycle.ready();
		assertThat(isStarted()).isFalse();
		this.setup.checks.reconfigure(List.of());
		this.setup.time.runDue();
		assertThat(isStarted()).isTrue();
	}

	@Test
	void staysOpenWhenAllChecksFailLater() {
		gate(true);
		this.setup.withCheck("db", Impact.REQUIRED).startApplication();
		this.setup.answer("db", HealthSetup.down("refused"));
		assertThat(isStarted()).isTrue();
	}

	@Test
	void opensWhenARequiredCheckFailsOpen() {
		gate(true);
		this.setup.withCheck("db", new CheckPolicy(Impact.REQUIRED, Duration.ofSeconds(5), Duration.ofSeconds(1),
				Duration.ofSeconds(2), 1, 1, true, Duration.ofMinutes(1)));
		this.setup.answer("db", HealthSetup.down("refused"));
		this.setup.startChecks();
		this.setup.lifecycle.ready();
		this.setup.time.advance(Duration.ofSeconds(50));
		assertThat(isStarted()).isFalse();
		this.setup.time.advance(Duration.ofSeconds(20));
		assertThat(isStarted()).isTrue();
	}

	@Test
	void opensBeforeTheApplicationIsReady() {
		gate(false);
		this.setup.lifecycle.refreshed();
		assertThat(isStarted()).isTrue();
		assertThat(this.setup.lifecycle.phase()).isEqualTo(LifecyclePhase.STARTING);
	}

	@Test
	void resumesAContextWhenItsRequiredChecksHaveRunAgain() {
		stoppedAndStarted();
		assertThat(context()).isEqualTo(ContextState.STARTED_AGAIN);
		this.setup.threads.release();
		this.setup.time.runDue();
		assertThat(context()).isEqualTo(ContextState.RUNNING);
	}

	@Test
	void resumesNoContextWhoseRequiredCheckFails() {
		stoppedAndStarted();
		this.setup.answer("db", HealthSetup.down("refused"));
		this.setup.threads.release();
		this.setup.time.advance(Duration.ofMinutes(1));
		assertThat(context()).isEqualTo(ContextState.STARTED_AGAIN);
		this.setup.answer("db", Health.up().build());
		this.setup.time.advance(Duration.ofMinutes(1));
		assertThat(context()).isEqualTo(ContextState.RUNNING);
	}

	@Test
	void resumesAContextWithoutRequiredChecksAtOnce() {
		gate(false);
		this.setup.withCheck("mail", Impact.DEGRADING).startApplication();
		this.setup.lifecycle.contextStopped();
		this.setup.checks.stop();
		assertThat(context()).isEqualTo(ContextState.STOPPED);
		this.setup.lifecycle.contextStarted();
		assertThat(context()).isEqualTo(ContextState.RUNNING);
	}

	private void stoppedAndStarted() {
		gate(false);
		this.setup.withCheck("db", Impact.REQUIRED).startApplication();
		this.setup.lifecycle.contextStopped();
		this.setup.answer("db", Health.up().build());
		assertThat(context()).isEqualTo(ContextState.STOPPED);
		this.setup.checks.stop();
		this.setup.time.runDue();
		this.setup.threads.hold();
		this.setup.startChecks();
		this.setup.lifecycle.contextStarted();
	}

	private ContextState context() {
		return this.setup.lifecycle.state().context();
	}

	private boolean isStarted() {
		return this.setup.lifecycle.state().isStarted();
	}

	private void gate(boolean awaitChecks) {
		new StartupGate(this.setup.lifecycle, this.setup.checks, () -> awaitChecks, this.setup.time).follow();
	}

}
