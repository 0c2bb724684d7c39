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
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Health;

import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualThreads;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a check whose call is under way while the process is paused.
 */
class PausedCheckTests {

	private static final Duration TIMEOUT = CheckPolicy.DEFAULT.timeout();

	private static final Duration PAUSE = Duration.ofSeconds(75);

	private static final Duration MOMENT = Duration.ofNanos(1);

	private final ManualTime time = new ManualTime();

	private final ManualThreads threads = new ManualThreads();

	private final CheckEngine engine = FactoryThreads.engine(new ManualScheduler(this.time), this.time,
			(name) -> this.threads);

	@BeforeEach
	void callIsUnderWay() {
		start(CheckPolicy.DEFAULT);
	}

	private void start(CheckPolicy policy) {
		this.threads.release();
		this.engine.start(List.of(new CheckDefinition("db", "db", () -> Health.up().build(), policy)));
		this.time.runDue();
		assertThat(state().status()).isEqualTo(CheckStatus.UP);
		this.threads.hold();
		CompletableFuture<Void> unused = this.engine.refresh();
		this.time.runDue();
	}

	@Test
	void callHasItsTimeAgainAfterAPause() {
		pause();
		assertThat(state().consecutiveFailures()).isZero();
		this.time.advance(TIMEOUT.minus(MOMENT));
		this.threads.release();
		this.time.runDue();
		assertThat(state().consecutiveFailures()).isZero();
		assertThat(state().status()).isEqualTo(CheckStatus.UP);
	}

	@Test
	void failureThatCountsAtOnceDoesNotCountForAPause() {
		this.engine.close();
		PausedCheckTests other = new PausedCheckTests();
		other.start(CheckPolicy.DEFAULT.withFailureThreshold(1));
		other.pause();
		assertThat(other.state().status()).isEqualTo(CheckStatus.UP);
		other.time.advance(TIMEOUT);
		assertThat(other.state().status()).isEqualTo(CheckStatus.DOWN);
	}

	@Test
	void callThatHangsAfterAPauseFails() {
		pause();
		this.time.advance(TIMEOUT);
		assertThat(state().consecutiveFailures()).isOne();
		this.time.advance(TIMEOUT.minus(MOMENT));
		assertThat(state().status()).isEqualTo(CheckStatus.UP);
		this.time.advance(MOMENT);
		assertThat(state().status()).isEqualTo(CheckStatus.DOWN);
		assertThat(state().error()).isEqualTo("timed out after 2s, stuck for 4s");
	}

	@Test
	void stuckCallIsNotTheSecondFailureForAPause() {
		this.time.advance(TIMEOUT);
		assertThat(state().consecutiveFailures()).isOne();
		pause();
		this.time.advance(TIMEOUT.minus(MOMENT));
		assertThat(state().status()).isEqualTo(CheckStatus.UP);
		this.time.advance(MOMENT);
		assertThat(state().status()).isEqualTo(CheckStatus.DOWN);
	}

	@Test
	void callThatEndsAfterAPauseIsConfirmedByAnother() {
		this.time.advance(TIMEOUT);
		pause();
		this.threads.release();
		this.time.runDue();
		assertThat(state().consecutiveFailures()).isZero();
		assertThat(state().status()).isEqualTo(CheckStatus.UP);
	}

	@ParameterizedTest
	@ValueSource(longs = { 3, 75 })
	void schedulerThatIsAlwaysLateKeepsNoCallForEver(long seconds) {
		for (int i = 0; i < 4; i++) {
			this.time.pause(Duration.ofSeconds(seconds));
			this.time.runDue();
		}
		assertThat(state().status()).isEqualTo(CheckStatus.DOWN);
	}

	private void pause() {
		this.time.pause(PAUSE);
		this.time.runDue();
	}

	private CheckState state() {
		CheckState state = this.engine.snapshot().find("db");
		assertThat(state).isNotNull();
		return state;
	}

}
