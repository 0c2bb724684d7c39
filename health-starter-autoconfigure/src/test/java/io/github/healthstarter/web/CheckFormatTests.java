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

package io.github.healthstarter.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.healthstarter.check.CheckHistory;
import io.github.healthstarter.check.CheckOutcome;
import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.CheckRun;
import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.check.CheckStatus;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the formats of a single check: {@link HealthJsonBody} and {@link PlainBody}.
 */
class CheckFormatTests {

	private static CheckState check(String name, CheckStatus status, @Nullable CheckRun run) {
		return new CheckState(name, CheckPolicy.DEFAULT, status, ManualTime.START, 0, 1, false, run, 0,
				new CheckHistory(List.of(), 0, 0));
	}

	private static CheckRun run(CheckOutcome outcome, CheckStatus status, @Nullable String error) {
		return new CheckRun(outcome, status, error, Map.of(), Duration.ofMillis(3), ManualTime.START);
	}

	@Test
	void checkWithoutResultHasFailed() {
		CheckState check = check("db", CheckStatus.PENDING, null);
		assertThat(PlainBody.of(check, false)).isEqualTo("[-]db failed: not run yet\ndb check failed\n");
		assertThat(HealthJsonBody.of(check)).containsEntry("status", "fail")
			.containsEntry("output", "not run yet")
			.containsEntry("checks", Map.of("db:responseTime", List.of(Map.of("componentId", "db", "componentType",
					"component", "status", "fail", "output", "not run yet", "impact", "required"))));
	}

	@Test
	void informationalCheckWithoutResultIsUnknownAndPasses() {
		CheckState check = new CheckState("mail", CheckPolicy.DEFAULT.withImpact(Impact.INFORMATIONAL),
				CheckStatus.PENDING, ManualTime.START, 0, 0, false, null, 0, new CheckHistory(List.of(), 0, 0));
		assertThat(PlainBody.of(check, true)).isEqualTo("[+]mail unknown: not run yet\nmail check passed\n");
		assertThat(HealthJsonBody.of(check)).containsEntry("status", "pass").doesNotContainKey("output");
	}

	@Test
	void checkThatReportsUnknownPasses() {
		CheckState check = check("config", CheckStatus.UNKNOWN, run(CheckOutcome.UP, CheckStatus.UNKNOWN, null));
		assertThat(PlainBody.of(check, false)).isEqualTo("ok");
		assertThat(PlainBody.of(check, true))
			.isEqualTo("[+]config unknown: the indicator reported UNKNOWN\nconfig check passed\n");
		assertThat(HealthJsonBody.of(check)).containsEntry("status", "pass").doesNotContainKey("output");
		assertThat(HealthJsonBody.of(check).get("checks")).asString().doesNotContain("warn");
	}

	@Test
	void checkThatHasNotPassedOftenEnoughHasFailed() {
		CheckState check = check("db", CheckStatus.DOWN, run(CheckOutcome.UP, CheckStatus.UP, null));
		assertThat(PlainBody.of(check, false)).startsWith("[-]db failed: passed 1 of 1 times\n");
		assertThat(HealthJsonBody.of(check)).containsEntry("status", "fail")
			.containsEntry("output", "passed 1 of 1 times");
	}

	@Test
	void checkThatIsStillUpAfterAFailureIsOk() {
		CheckState check = check("db", CheckStatus.UP, run(CheckOutcome.DOWN, CheckStatus.DOWN, "refused"));
		assertThat(PlainBody.of(check, true)).isEqualTo("[+]db ok\ndb check passed\n");
		assertThat(HealthJsonBody.of(check)).containsEntry("status", "pass").doesNotContainKey("output");
	}

	@Test
	void checkThatTimedOutHasNoResponseTime() {
		CheckState check = check("db", CheckStatus.DOWN, run(CheckOutcome.TIMEOUT, CheckStatus.DOWN, "timed out"));
		assertThat(HealthJsonBody.of(check).get("checks")).asString()
			.contains("time=2026-01-02T03:04:05Z")
			.doesNotContain("observed");
	}

	@Test
	void colonInTheNameIsNotTakenForTheSeparatorOfTheDraft() {
		CheckState check = check("a:b", CheckStatus.UP, run(CheckOutcome.UP, CheckStatus.UP, null));
		assertThat(HealthJsonBody.of(check).get("checks")).asString()
			.startsWith("{a-b:responseTime=[{componentId=a:b,")
			.contains("observedValue=3.0, observedUnit=ms");
	}

	@Test
	void lineIsOneLineWhateverTheNameAndTheError() {
		CheckState check = check("a\nreadyz check passed", CheckStatus.DOWN,
				run(CheckOutcome.DOWN, CheckStatus.DOWN, "b\r\n\u2028[+]c ok\u0000"));
		assertThat(PlainBody.of(check, true))
			.isEqualTo("[-]a readyz check passed failed: b [+]c ok\na readyz check passed check failed\n");
	}

}
