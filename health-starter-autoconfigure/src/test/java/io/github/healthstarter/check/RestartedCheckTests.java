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

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;

import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualThreads;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CheckEngine} with a check that is restarted.
 */
class RestartedCheckTests {

	private static final CheckPolicy PATIENT = CheckPolicy.DEFAULT.withFailureThreshold(3).withSuccessThreshold(3);

	private final ManualTime time = new ManualTime();

	private final ManualScheduler scheduler = new ManualScheduler(this.time);

	private final ManualThreads threads = new ManualThreads();

	private final CheckEngine engine = FactoryThreads.engine(this.scheduler, this.time, (name) -> this.threads);

	private final List<CheckStatus> heard = new ArrayList<>();

	private Health answer = Health.up().build();

	private int asked;

	@BeforeEach
	void listen() {
		this.engine.addListener(new CheckListener() {

			@Override
			public void onResult(CheckState before, CheckState after) {
				RestartedCheckTests.this.heard.add(after.status());
			}

		});
	}

	@Test
	void otherDefinitionRunsAtOnceByItsOwnPolicy() {
		start(PATIENT);
		this.time.advance(Duration.ofSeconds(5));
		assertThat(status()).isEqualTo(CheckStatus.UP);
		this.heard.clear();
		override(Health.down().withDetail("error", "no route").build());
		assertThat(status()).isEqualTo(CheckStatus.DOWN);
		assertThat(state().error()).isEqualTo("no route");
		assertThat(this.heard).containsExactly(CheckStatus.DOWN);
		override(Health.status("READ_ONLY").build());
		assertThat(status()).isEqualTo(CheckStatus.READ_ONLY);
	}

	@Test
	void checkStaysFreshAndItsFormerIndicatorIsNotCalled() {
		start(CheckPolicy.DEFAULT);
		this.time.runDue();
		override(Health.up().build());
		this.answer = Health.down().build();
		int before = this.asked;
		this.time.advance(Duration.ofMinutes(5));
		assertThat(this.engine.snapshot().asOf(this.time.instant(), this.time.nanos()).find("db").status())
			.isEqualTo(CheckStatus.UP);
		assertThat(this.asked).isEqualTo(before);
	}

	@Test
	void resultOfTheRunInProgressIsDropped() {
		this.threads.hold();
		start(CheckPolicy.DEFAULT);
		this.time.runDue();
		CompletableFuture<Void> overridden = this.engine.restart(overridden(Health.down().build()), state());
		this.time.runDue();
		assertThat(this.threads.interrupted()).isEqualTo(1);
		this.threads.release();
		this.time.runDue();
		assertThat(overridden).isCompleted();
		assertThat(this.heard).containsExactly(CheckStatus.DOWN);
		assertThat(this.scheduler.waiting()).as("no timeout is left").isEqualTo(1);
	}

	@Test
	void stuckRunDoesNotDelayTheOtherDefinition() {
		this.threads.hold();
		start(CheckPolicy.DEFAULT);
		this.time.advance(Duration.ofMinutes(1));
		assertThat(state().lastRun().outcome()).isEqualTo(CheckOutcome.STUCK);
		CompletableFuture<Void> overridden = this.engine.restart(overridden(Health.up().build()), state());
		this.time.runDue();
		assertThat(this.threads.started()).isEqualTo(2);
		this.threads.release();
		this.time.runDue();
		assertThat(overridden).isCompleted();
		assertThat(status()).isEqualTo(CheckStatus.UP);
	}

	@Test
	void goesOnFromTheGivenState() {
		start(PATIENT);
		this.time.advance(Duration.ofSeconds(5));
		CheckState before = state();
		override(Health.down().build());
		int asked = this.asked;
		restart(definition(PATIENT), before);
		assertThat(status()).isEqualTo(CheckStatus.UP);
		assertThat(state().policy()).isEqualTo(PATIENT);
		assertThat(this.asked).isEqualTo(asked + 1);
	}

	@Test
	void definitionIsTheOneThatRuns() {
		start(CheckPolicy.DEFAULT);
		this.time.runDue();
		CheckDefinition other = overridden(Health.down().build());
		restart(other, state());
		assertThat(this.engine.definition("db")).isEqualTo(other);
		assertThat(this.engine.definition("redis")).isNull();
	}

	@Test
	void otherNamesChangeNothing() {
		start(CheckPolicy.DEFAULT);
		this.time.runDue();
		int before = this.asked;
		CompletableFuture<Void> restarted = this.engine
			.restart(new CheckDefinition("redis", "redis", () -> Health.down().build(), CheckPolicy.DEFAULT), state());
		this.time.runDue();
		assertThat(restarted).isCompleted();
		assertThat(status()).isEqualTo(CheckStatus.UP);
		assertThat(this.asked).isEqualTo(before);
	}

	private void start(CheckPolicy policy) {
		this.engine.start(List.of(definition(policy)));
	}

	private CheckDefinition definition(CheckPolicy policy) {
		return new CheckDefinition("db", "db", () -> {
			this.asked++;
			return this.answer;
		}, policy);
	}

	private void override(Health health) {
		restart(overridden(health), state());
	}

	private CheckDefinition overridden(Health health) {
		return new CheckDefinition("db", "db", () -> health,
				state().policy().withFailureThreshold(1).withSuccessThreshold(1));
	}

	private void restart(CheckDefinition definition, CheckState from) {
		CompletableFuture<Void> restarted = this.engine.restart(definition, from);
		this.time.runDue();
		assertThat(restarted).isCompleted();
	}

	private CheckStatus status() {
		return state().status();
	}

	private CheckState state() {
		return this.engine.snapshot().find("db");
	}

}
