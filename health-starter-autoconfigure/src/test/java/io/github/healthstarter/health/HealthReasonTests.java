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
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.health.contributor.Health;

import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.liveness.Liveness;
import io.github.healthstarter.liveness.LivenessFailure;
import io.github.healthstarter.mode.Mode;
import io.github.healthstarter.mode.ModeRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HealthReason}.
 */
class HealthReasonTests {

	private final HealthSetup setup = new HealthSetup();

	@ParameterizedTest
	@EnumSource(names = { "RUNNING", "DRAINING", "STOPPING" })
	void ofStateThatSaysItItselfIsNull(HealthState state) {
		assertThat(reason(state)).isNull();
	}

	@Test
	void ofStartingBeforeTheApplicationIsReady() {
		assertThat(reason(HealthState.STARTING)).isEqualTo("starting");
		this.setup.lifecycle.refreshed();
		assertThat(reason(HealthState.STARTING)).isEqualTo("waiting for runners");
	}

	@Test
	void ofStartingNamesRequiredChecksThatHaveNotPassed() {
		CheckPolicy patient = new CheckPolicy(Impact.REQUIRED, Duration.ofSeconds(5), Duration.ofSeconds(60),
				Duration.ofSeconds(2), 3, 3, true, null);
		this.setup.withCheck("db", Impact.REQUIRED)
			.withCheck("redis", patient)
			.withCheck("ldap", patient)
			.withCheck("mail", Impact.INFORMATIONAL);
		this.setup.answer("ldap", HealthSetup.down("refused"));
		this.setup.startChecks();
		this.setup.lifecycle.ready();
		assertThat(reason(HealthState.STARTING))
			.isEqualTo("waiting for checks: redis (passed 1 of 3 times), ldap (refused)");
	}

	@Test
	void ofStartingNamesChecksThatHaveNotRun() {
		this.setup.withCheck("db", Impact.REQUIRED).withCheck("redis", Impact.REQUIRED);
		this.setup.threads.hold();
		this.setup.startChecks();
		this.setup.lifecycle.ready();
		assertThat(reason(HealthState.STARTING)).isEqualTo("waiting for checks: db, redis");
	}

	@Test
	void ofFailingNamesRequiredChecksThatDoNotPass() {
		failingChecks();
		assertThat(reason(HealthState.FAILING)).isEqualTo("db: refused; redis: timed out");
	}

	@Test
	void ofDegradedNamesChecksThatDegrade() {
		failingChecks();
		assertThat(reason(HealthState.DEGRADED)).isEqualTo("pool: exhausted; mail: no route");
	}

	@Test
	void ofFailingSaysHowFarARecoveringCheckHasCome() {
		this.setup.withCheck("db", new CheckPolicy(Impact.REQUIRED, Duration.ofSeconds(5), Duration.ofSeconds(5),
				Duration.ofSeconds(2), 1, 3, true, null));
		this.setup.answer("db", HealthSetup.down("refused"));
		this.setup.startChecks();
		assertThat(reason(HealthState.FAILING)).isEqualTo("db: refused");
		this.setup.answer("db", Health.up().build());
		assertThat(reason(HealthState.FAILING)).isEqualTo("db: passed 1 of 3 times");
	}

	@Test
	void ofFailingNamesChecksThatHaveNotRun() {
		this.setup.withCheck("db", Impact.REQUIRED);
		this.setup.threads.hold();
		this.setup.startChecks();
		assertThat(reason(HealthState.FAILING)).isEqualTo("db: not run yet");
	}

	@Test
	void ofMaintenanceNamesWhoRefuses() {
		this.setup.lifecycle.refuse(true);
		assertThat(reason(HealthState.MAINTENANCE)).isEqualTo("the application refuses traffic");
	}

	@Test
	void ofMaintenanceIsWhatTheOperatorSays() {
		enter(Mode.MAINTENANCE, "moving house");
		assertThat(reason(HealthState.MAINTENANCE)).isEqualTo("moving house");
		enter(Mode.MAINTENANCE, null);
		assertThat(reason(HealthState.MAINTENANCE)).isEqualTo("an operator has asked for it");
	}

	@Test
	void ofReadOnlyIsWhatTheOperatorSaysOrTheChecks() {
		this.setup.withCheck("db", Impact.REQUIRED);
		this.setup.answer("db", Health.status("READ_ONLY").withDetail("error", "a replica").build());
		this.setup.startChecks();
		assertThat(reason(HealthState.READ_ONLY)).isEqualTo("db: a replica");
		enter(Mode.READ_ONLY, "migration");
		assertThat(reason(HealthState.READ_ONLY)).isEqualTo("migration");
	}

	private void enter(Mode mode, @Nullable String reason) {
		this.setup.modes.enter(new ModeRequest(mode, reason, null, null));
	}

	@Test
	void ofBrokenNamesEachFailureWithoutStacks() {
		Liveness liveness = new Liveness(List.of(new LivenessFailure("deadlock", "a and b", "stacks"),
				new LivenessFailure("executor", "starved", "stacks")), 0);
		assertThat(HealthReason.of(HealthState.BROKEN, this.setup.lifecycle.state(), liveness,
				this.setup.checks.snapshot(), this.setup.modes.state()))
			.isEqualTo("deadlock: a and b; executor: starved");
	}

	@Test
	void ofFailedIsTheCause() {
		this.setup.lifecycle.fail("no database");
		assertThat(reason(HealthState.FAILED)).isEqualTo("no database");
	}

	private void failingChecks() {
		this.setup.withCheck("db", Impact.REQUIRED)
			.withCheck("redis", Impact.REQUIRED)
			.withCheck("fine", Impact.REQUIRED)
			.withCheck("pool", Impact.REQUIRED)
			.withCheck("mail", Impact.DEGRADING)
			.withCheck("disk", Impact.INFORMATIONAL);
		this.setup.answer("db", HealthSetup.down("refused"));
		this.setup.answer("redis", HealthSetup.down("timed out"));
		this.setup.answer("pool", HealthSetup.degraded("exhausted"));
		this.setup.answer("mail", HealthSetup.down("no route"));
		this.setup.answer("disk", HealthSetup.down("full"));
		this.setup.startChecks();
	}

	private @Nullable String reason(HealthState state) {
		return HealthReason.of(state, this.setup.lifecycle.state(), this.setup.liveness.current(),
				this.setup.checks.snapshot(), this.setup.modes.state());
	}

}
