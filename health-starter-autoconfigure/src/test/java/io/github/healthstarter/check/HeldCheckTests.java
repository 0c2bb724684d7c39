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
 * Tests for {@link CheckEngine} where a check shows a result that is not its own.
 */
class HeldCheckTests {

	private static final CheckPolicy PATIENT = CheckPolicy.DEFAULT.withFailureThreshold(3).withSuccessThreshold(3);

	private final ManualTime time = new ManualTime();

	private final ManualThreads threads = new ManualThreads();

	private final CheckEngine engine = new CheckEngine(new ManualScheduler(this.time), this.time,
			(name) -> this.threads);

	private final List<CheckStatus> heard = new ArrayList<>();

	private Health answer = Health.up().build();

	@BeforeEach
	void start() {
		this.engine.addListener(new CheckListener() {

			@Override
			public void onResult(CheckState before, CheckState after) {
				HeldCheckTests.this.heard.add(after.status());
			}

		});
	}

	@Test
	void heldResultCountsAtOnceWhateverTheThresholds() {
		start(PATIENT);
		this.time.advance(Duration.ofSeconds(5));
		assertThat(status()).isEqualTo(CheckStatus.UP);
		hold(CheckStatus.DOWN, "no route");
		assertThat(status()).isEqualTo(CheckStatus.DOWN);
		assertThat(state().error()).isEqualTo("no route");
		assertThat(this.heard).endsWith(CheckStatus.DOWN);
		hold(CheckStatus.READ_ONLY, "a replica");
		assertThat(status()).isEqualTo(CheckStatus.READ_ONLY);
	}

	@Test
	void heldResultStaysAndStaysFreshWhileNothingIsAsked() {
		start(CheckPolicy.DEFAULT);
		this.time.runDue();
		hold(CheckStatus.UP, null);
		this.answer = Health.down().build();
		int asked = this.threads.started();
		this.time.advance(Duration.ofMinutes(5));
		assertThat(this.engine.snapshot().seenAt(this.time.instant(), this.time.nanos()).find("db").status())
			.isEqualTo(CheckStatus.UP);
		assertThat(this.threads.started()).isEqualTo(asked);
	}

	@Test
	void resultOfTheRunUnderWayChangesNothing() {
		this.threads.hold();
		start(CheckPolicy.DEFAULT);
		this.time.runDue();
		hold(CheckStatus.DOWN, "no route");
		this.threads.release();
		this.time.runDue();
		assertThat(status()).isEqualTo(CheckStatus.DOWN);
		assertThat(state().error()).isEqualTo("no route");
	}

	@Test
	void releasedCheckStandsWhereItStoodAndIsAsked() {
		start(PATIENT);
		this.time.advance(Duration.ofSeconds(5));
		hold(CheckStatus.DOWN, "no route");
		int asked = this.threads.started();
		CompletableFuture<Void> released = this.engine.release("db");
		this.time.runDue();
		assertThat(released).isCompleted();
		assertThat(status()).isEqualTo(CheckStatus.UP);
		assertThat(this.threads.started()).isEqualTo(asked + 1);
	}

	@Test
	void releasedCheckTellsOfADependencyThatHasFailedMeanwhile() {
		start(CheckPolicy.DEFAULT);
		this.time.runDue();
		hold(CheckStatus.UP, null);
		this.answer = Health.down().build();
		CompletableFuture<Void> released = this.engine.release("db");
		this.time.runDue();
		assertThat(released).isCompleted();
		assertThat(status()).isEqualTo(CheckStatus.DOWN);
	}

	@Test
	void heldResultHoldsAcrossARedefinition() {
		start(CheckPolicy.DEFAULT);
		this.time.runDue();
		hold(CheckStatus.DOWN, "no route");
		this.engine.redefine(List.of(definition(PATIENT)));
		this.time.advance(Duration.ofSeconds(20));
		assertThat(status()).isEqualTo(CheckStatus.DOWN);
		CompletableFuture<Void> released = this.engine.release("db");
		this.time.runDue();
		assertThat(released).isCompleted();
		assertThat(state().policy()).isEqualTo(PATIENT);
		assertThat(status()).isEqualTo(CheckStatus.UP);
	}

	@Test
	void otherNamesChangeNothing() {
		start(CheckPolicy.DEFAULT);
		this.time.runDue();
		int asked = this.threads.started();
		CompletableFuture<Void> held = this.engine.hold("redis", CheckStatus.DOWN, null);
		CompletableFuture<Void> released = this.engine.release("db");
		this.time.runDue();
		assertThat(held).isCompleted();
		assertThat(released).isCompleted();
		assertThat(status()).isEqualTo(CheckStatus.UP);
		assertThat(this.threads.started()).as("not held, so not asked").isEqualTo(asked);
	}

	private void start(CheckPolicy policy) {
		this.engine.start(List.of(definition(policy)));
	}

	private CheckDefinition definition(CheckPolicy policy) {
		return new CheckDefinition("db", () -> this.answer, policy);
	}

	private void hold(CheckStatus status, String error) {
		CompletableFuture<Void> held = this.engine.hold("db", status, error);
		this.time.runDue();
		assertThat(held).isCompleted();
	}

	private CheckStatus status() {
		return state().status();
	}

	private CheckState state() {
		return this.engine.snapshot().find("db");
	}

}
