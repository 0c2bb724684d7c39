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
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Health;

import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CheckRun}.
 */
class CheckRunTests {

	private static final Duration DURATION = Duration.ofMillis(7);

	@ParameterizedTest
	@CsvSource({ "UP, UP, UP", "DEGRADED, DEGRADED, UP", "READ_ONLY, READ_ONLY, UP", "DOWN, DOWN, DOWN",
			"OUT_OF_SERVICE, DOWN, DOWN", "UNKNOWN, UNKNOWN, UP", "FULL, DOWN, DOWN", "up, DOWN, DOWN" })
	void ofMapsTheIndicatorsStatus(String code, CheckStatus status, CheckOutcome outcome) {
		CheckRun run = of(Health.status(code).build());
		assertThat(run.status()).isEqualTo(status);
		assertThat(run.outcome()).isEqualTo(outcome);
	}

	@ParameterizedTest
	@CsvSource({ "DEGRADED", "DOWN", "OUT_OF_SERVICE", "FULL" })
	void ofWithoutErrorNamesTheReportedStatus(String code) {
		assertThat(of(Health.status(code).build()).error()).isEqualTo("the indicator reported " + code);
	}

	@ParameterizedTest
	@ValueSource(strings = { "UP", "UNKNOWN" })
	void ofUpOrUnknownHasNoError(String code) {
		assertThat(of(Health.status(code).build()).error()).isNull();
	}

	@Test
	void ofKeepsDurationAndEnd() {
		CheckRun run = of(Health.up().build());
		assertThat(run.duration()).isEqualTo(DURATION);
		assertThat(run.at()).isEqualTo(ManualTime.START);
	}

	@Test
	void ofNullIsAnError() {
		CheckRun run = CheckRun.of(null, DURATION, ManualTime.START);
		assertThat(run.outcome()).isEqualTo(CheckOutcome.ERROR);
		assertThat(run.status()).isEqualTo(CheckStatus.DOWN);
		assertThat(run.error()).isEqualTo("the indicator returned null");
		assertThat(run.details()).isEmpty();
	}

	@Test
	void ofLiftsTheErrorOutOfTheDetails() {
		CheckRun run = of(Health.down().withDetail("error", "refused").withDetail("host", "a").build());
		assertThat(run.error()).isEqualTo("refused");
		assertThat(run.details()).isEqualTo(Map.of("host", "a"));
	}

	@Test
	void ofLiftsTheErrorOutOfAFloodOfDetails() {
		Health.Builder health = Health.down();
		for (int i = 0; i < 5000; i++) {
			health.withDetail("detail" + i, i);
		}
		CheckRun run = of(health.withDetail("error", "refused").build());
		assertThat(run.error()).isEqualTo("refused");
		assertThat(run.details()).hasSize(DetailsLimit.MAX_VALUES);
	}

	@Test
	void ofWritesTheErrorInOneLine() {
		CheckRun run = of(Health.down().withDetail("error", "FATAL: no role\n\t  Detail:\u0000 none\r\n").build());
		assertThat(run.error()).isEqualTo("FATAL: no role   Detail:  none");
	}

	@Test
	void ofBoundsErrorAndReportedStatus() {
		String flood = "x".repeat(100_000);
		String expected = "x".repeat(DetailsLimit.MAX_TEXT) + "…";
		assertThat(of(Health.down().withDetail("error", flood).build()).error()).isEqualTo(expected);
		assertThat(of(Health.status(flood).build()).error()).hasSize(DetailsLimit.MAX_TEXT + 1);
	}

	@Test
	void ofErrorThatContainsItselfIsBounded() {
		Map<String, Object> error = new LinkedHashMap<>();
		error.put("cause", error);
		assertThat(of(Health.down().withDetail("error", error).build()).error()).startsWith("{cause={cause=")
			.hasSizeLessThan(DetailsLimit.MAX_TEXT);
	}

	@Test
	void ofUnreadableDetailDoesNotFailTheCheck() {
		Object unreadable = new Object() {

			@Override
			public String toString() {
				throw new StackOverflowError();
			}

		};
		CheckRun run = of(Health.up().withDetail("bad", unreadable).withDetail("good", 1).build());
		assertThat(run.status()).isEqualTo(CheckStatus.UP);
		assertThat(run.details()).isEqualTo(Map.of("bad", "unreadable: java.lang.StackOverflowError", "good", 1));
	}

	@Test
	void ofDetailsAreUnmodifiable() {
		Map<String, Object> details = of(Health.up().withDetail("a", 1).build()).details();
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> details.put("b", 2));
	}

	@Test
	void threwNamesTypeAndMessage() {
		CheckRun run = CheckRun.threw(new IllegalStateException("no luck"), DURATION, ManualTime.START);
		assertThat(run.outcome()).isEqualTo(CheckOutcome.ERROR);
		assertThat(run.status()).isEqualTo(CheckStatus.DOWN);
		assertThat(run.error()).isEqualTo("java.lang.IllegalStateException: no luck");
		assertThat(CheckRun.threw(new StackOverflowError(), DURATION, ManualTime.START).error())
			.isEqualTo("java.lang.StackOverflowError");
	}

	@Test
	void threwWhenMessageThrowsNamesType() {
		RuntimeException thrown = new RuntimeException() {

			@Override
			public String getMessage() {
				throw new IllegalStateException();
			}

		};
		assertThat(CheckRun.threw(thrown, DURATION, ManualTime.START).error()).isEqualTo(thrown.getClass().getName());
	}

	@Test
	void threwBoundsMessage() {
		CheckRun run = CheckRun.threw(new IllegalStateException("x\n".repeat(100_000)), DURATION, ManualTime.START);
		assertThat(run.error()).hasSize(DetailsLimit.MAX_TEXT + 1).doesNotContain("\n");
	}

	@Test
	void timedOutIsDown() {
		CheckRun run = CheckRun.timedOut("timed out after 2s", DURATION, ManualTime.START);
		assertThat(run).isEqualTo(new CheckRun(CheckOutcome.TIMEOUT, CheckStatus.DOWN, "timed out after 2s", Map.of(),
				DURATION, ManualTime.START));
	}

	private static CheckRun of(Health health) {
		return CheckRun.of(health, DURATION, ManualTime.START);
	}

}
