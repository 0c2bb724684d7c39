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
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.health.contributor.Health;

import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CheckState}.
 */
class CheckStateTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final CheckPolicy POLICY = CheckPolicy.DEFAULT.withFailureThreshold(1);

	private static final Duration STALE_AFTER = POLICY.staleAfter();

	private final ManualTime time = new ManualTime();

	@ParameterizedTest(name = "failure threshold {0}, success threshold {1}: {2} leads to {3}")
	@CsvSource({ "1, 1, '', ?", "1, 1, +, U", "1, 1, -, D", "1, 1, +-, D", "1, 1, +-+, U", "1, 1, ~, d", "1, 1, +~, d",
			"1, 1, ~-, D", "1, 1, -~, d",
			// below the failure threshold nothing changes for a check that passes
			"2, 1, +-, U", "2, 1, +--, D", "2, 1, -, D", "2, 1, --, D", "2, 1, --+, U", "2, 1, ~-, d", "3, 1, +--, U",
			"3, 1, +---, D", "3, 1, -, D", "3, 1, ---, D", "3, 1, ----, D",
			// only failures in a row count
			"3, 1, +-+-+-+-+-+-, U", "3, 1, +--+--+--+--, U", "3, 1, +--+---, D", "3, 1, +--~--~, d",
			"2, 1, +-+-+-+-+--, D",
			// below the success threshold nothing changes
			"1, 2, +, ?", "1, 2, ++, U", "1, 2, ++-, D", "1, 2, ++-+, D", "1, 2, ++-++, U", "1, 2, ++-+~, d",
			"1, 3, +-++, D", "1, 3, -+++, U", "1, 3, ++-++-++-++, D",
			// between passing states no threshold applies
			"3, 3, +++~, d", "3, 3, +++~+, U", "3, 3, +++--+, U", "3, 3, +++--~, d", "3, 3, +++---, D",
			"3, 3, +++---++, D", "3, 3, +++---+++, U", "2, 2, +-+-, D",
			// what is not known passes
			"1, 1, 0, 0", "2, 1, 0-, 0", "2, 1, 0--, D", "1, 1, -0, 0", "1, 2, -0, D", "2, 1, +0, 0", "1, 1, 0+, U" })
	void afterCountsResultsInARow(int failureThreshold, int successThreshold, String results, String expected) {
		CheckState state = pending(policy(Impact.REQUIRED, failureThreshold, successThreshold));
		state = after(state, results);
		assertThat(state.status()).isEqualTo(switch (expected.charAt(0)) {
			case 'U' -> CheckStatus.UP;
			case 'd' -> CheckStatus.DEGRADED;
			case 'D' -> CheckStatus.DOWN;
			case '0' -> CheckStatus.UNKNOWN;
			default -> CheckStatus.PENDING;
		});
	}

	@ParameterizedTest
	@CsvSource({ "+, 0", "-, 1", "---, 3", "---+, 0", "+--, 2", "-~, 0", "-+-, 1" })
	void consecutiveFailuresCountsUpToTheLatestResult(String results, int expected) {
		assertThat(after(pending(POLICY), results).consecutiveFailures()).isEqualTo(expected);
	}

	@Test
	void consecutiveFailuresBeforeTheFirstResultIsZero() {
		assertThat(pending(POLICY).consecutiveFailures()).isZero();
	}

	@Test
	void afterNeverCountsBeyondTheLargestNumber() {
		CheckState state = new CheckState("db", POLICY, CheckStatus.UP, ManualTime.START, 0, Integer.MAX_VALUE, true,
				run('+'), this.time.nanos(), CheckHistory.EMPTY);
		assertThat(after(state, "++").streak()).isEqualTo(Integer.MAX_VALUE);
	}

	@Test
	void afterKeepsSinceWhileTheStatusLasts() {
		CheckState up = after(pending(POLICY), "+");
		this.time.advance(Duration.ofSeconds(5));
		CheckState stillUp = after(up, "+");
		assertThat(stillUp.since()).isEqualTo(ManualTime.START);
		this.time.advance(Duration.ofSeconds(5));
		assertThat(after(stillUp, "-").since()).isEqualTo(ManualTime.START.plusSeconds(10));
	}

	@Test
	void afterRemembersTheChangesOfStatus() {
		CheckState state = pending(POLICY);
		for (char result : "++--+".toCharArray()) {
			this.time.advance(SECOND);
			state = after(state, String.valueOf(result));
		}
		assertThat(state.history().transitions()).containsExactly(
				new CheckTransition(at(1), CheckStatus.PENDING, CheckStatus.UP, null, SECOND),
				new CheckTransition(at(3), CheckStatus.UP, CheckStatus.DOWN, "refused", SECOND.multipliedBy(2)),
				new CheckTransition(at(5), CheckStatus.DOWN, CheckStatus.UP, null, SECOND.multipliedBy(2)));
	}

	@Test
	void afterRemembersTheLatestChangesAlone() {
		CheckState state = after(pending(POLICY), "+-".repeat(50));
		assertThat(state.history().transitions()).hasSize(CheckHistory.MAX_TRANSITIONS);
		assertThat(state.history().transitions().get(0).from()).isEqualTo(CheckStatus.DOWN);
	}

	@ParameterizedTest
	@CsvSource({ "'', false", "+, false", "+-+-, false", "+-+-+, true", "-+-+-, true", "++++++++++, false",
			"+++++-+-+-, false", "++++-+-+-+, true", "+-+-+-+++++, true", "+-+-+-+++++++, false",
			"+--++--++--++--++, false", "+-+-+-+-+-+-+-+-++++++++, true", "+-+-+-+-+-+-+-+-+++++++++, false" })
	void checkThatChangesMoreOftenThanItIsCalmIsFlapping(String results, boolean flapping) {
		assertThat(after(pending(POLICY), results).history().isFlapping()).isEqualTo(flapping);
	}

	private static Instant at(int seconds) {
		return ManualTime.START.plusSeconds(seconds);
	}

	@Test
	void afterLatchesEverPassed() {
		CheckState down = after(pending(POLICY), "-");
		assertThat(down.everPassed()).isFalse();
		assertThat(after(down, "+").everPassed()).isTrue();
		assertThat(after(down, "+---").everPassed()).isTrue();
	}

	@Test
	void afterSuccessBelowThresholdHasNeverPassed() {
		assertThat(after(pending(policy(Impact.REQUIRED, 1, 2)), "+").everPassed()).isFalse();
	}

	@Test
	void errorIsThatOfTheLatestResult() {
		CheckState pending = pending(POLICY);
		assertThat(pending.error()).isNull();
		assertThat(after(pending, "-").error()).isEqualTo("refused");
		assertThat(after(pending, "-+").error()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "REQUIRED, '', true, false", "REQUIRED, +, false, false", "REQUIRED, ~, false, true",
			"REQUIRED, -, true, false", "REQUIRED, 0, false, false", "DEGRADING, 0, false, false",
			"INFORMATIONAL, 0, false, false", "DEGRADING, '', false, false", "DEGRADING, +, false, false",
			"DEGRADING, ~, false, true", "DEGRADING, -, false, true", "INFORMATIONAL, '', false, false",
			"INFORMATIONAL, +, false, false", "INFORMATIONAL, ~, false, false", "INFORMATIONAL, -, false, false" })
	void impactDecidesWhatAStatusDoes(Impact impact, String results, boolean preventsReadiness, boolean degrades) {
		CheckState state = after(pending(policy(impact, 1, 1)), results);
		assertThat(state.preventsReadiness()).isEqualTo(preventsReadiness);
		assertThat(state.degrades()).isEqualTo(degrades);
	}

	@Test
	void asOfWhileFreshIsTheSame() {
		CheckState state = after(pending(POLICY), "+");
		this.time.advance(STALE_AFTER.minusNanos(1));
		assertThat(seen(state)).isSameAs(state);
	}

	@Test
	void asOfWhenStaleIsDown() {
		CheckState state = after(pending(POLICY), "+++");
		this.time.advance(STALE_AFTER);
		CheckState seen = seen(state);
		assertThat(seen.status()).isEqualTo(CheckStatus.DOWN);
		assertThat(seen.error()).isEqualTo("not measured for 14s");
		assertThat(seen.consecutiveFailures()).isEqualTo(1);
		assertThat(seen.everPassed()).isTrue();
	}

	@Test
	void asOfWhenStaleTellsWhenItWasMeasuredAndWhenItGotStale() {
		this.time.advance(Duration.ofSeconds(1));
		CheckState state = after(pending(POLICY), "+");
		this.time.advance(Duration.ofSeconds(60));
		CheckState seen = seen(state);
		assertThat(seen.error()).isEqualTo("not measured for 60s");
		assertThat(seen.lastRun()).isNotNull();
		assertThat(seen.lastRun().at()).isEqualTo(ManualTime.START.plusSeconds(1));
		assertThat(seen.since()).isEqualTo(ManualTime.START.plusSeconds(1).plus(STALE_AFTER));
	}

	@ParameterizedTest
	@EnumSource(Impact.class)
	void asOfWhenNeverMeasuredIsDown(Impact impact) {
		CheckState pending = pending(policy(impact, 3, 1));
		this.time.advance(STALE_AFTER.plusSeconds(8).minusNanos(1));
		assertThat(seen(pending)).isSameAs(pending);
		this.time.advance(Duration.ofNanos(1));
		CheckState seen = seen(pending);
		assertThat(seen.error()).isEqualTo("not measured for 22s");
		assertThat(seen.status()).isEqualTo(CheckStatus.DOWN);
		assertThat(seen.everPassed()).isFalse();
		assertThat(seen.lastRun()).isNotNull();
		assertThat(seen.lastRun().at()).isEqualTo(ManualTime.START);
	}

	@Test
	void asOfWhenDownIsTheSame() {
		CheckState state = after(pending(POLICY), "-");
		this.time.advance(STALE_AFTER.multipliedBy(3));
		assertThat(seen(state)).isSameAs(state);
	}

	@Test
	void asOfContinuesTheCountOfFailures() {
		CheckState state = after(pending(policy(Impact.REQUIRED, 3, 1)), "+--");
		this.time.advance(STALE_AFTER);
		assertThat(seen(state).consecutiveFailures()).isEqualTo(3);
	}

	@ParameterizedTest
	@CsvSource({ "1, 1, +", "1, 1, ~", "2, 1, --+", "1, 2, ++" })
	void nextDelayWhilePassingIsTheIntervalLessJitter(int failureThreshold, int successThreshold, String results) {
		CheckState state = after(pending(policy(Impact.REQUIRED, failureThreshold, successThreshold)), results);
		assertThat(state.nextDelay(0)).isEqualTo(Duration.ofSeconds(5));
		assertThat(state.nextDelay(0.1)).isEqualTo(Duration.ofMillis(4500));
	}

	@ParameterizedTest
	@CsvSource({ "1, 1, ''", "1, 1, -", "3, 1, +-", "1, 2, +", "1, 2, ++-+" })
	void nextDelayWhileNotPassingIsTheRetryInterval(int failureThreshold, int successThreshold, String results) {
		CheckState state = after(pending(policy(Impact.REQUIRED, failureThreshold, successThreshold)), results);
		assertThat(state.nextDelay(0.1)).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void asOfAfterTheTimeToFailOpenIsDegradingUntilItIsUp() {
		CheckPolicy policy = failsOpen(Impact.REQUIRED);
		CheckState down = after(pending(policy), "-");
		this.time.advance(Duration.ofMinutes(10).minusNanos(1));
		assertThat(seen(down).preventsReadiness()).isTrue();
		assertThat(seen(down).degrades()).isFalse();
		this.time.advance(Duration.ofNanos(1));
		assertThat(seen(down).preventsReadiness()).isFalse();
		assertThat(seen(down).degrades()).isTrue();
		assertThat(seen(down).status()).isEqualTo(CheckStatus.DOWN);
		assertThat(seen(after(down, "-")).degrades()).isTrue();
		assertThat(seen(after(down, "+")).policy()).isEqualTo(policy);
		assertThat(seen(after(down, "+-")).preventsReadiness()).isTrue();
	}

	@Test
	void asOfWhereStaleFailsOpenFromWhenItGotStale() {
		CheckState up = after(pending(failsOpen(Impact.REQUIRED)), "+");
		this.time.advance(STALE_AFTER.plusMinutes(20));
		assertThat(seen(seen(up)).degrades()).isTrue();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REQUIRED")
	void asOfOfWhatIsNotRequiredNeverFailsOpen(Impact impact) {
		CheckState down = after(pending(failsOpen(impact)), "-");
		this.time.advance(Duration.ofHours(1));
		assertThat(seen(down)).isSameAs(down);
	}

	@ParameterizedTest
	@CsvSource({ "PT1H", "PT-1H" })
	void clockThatIsSetChangesNoDuration(Duration shift) {
		CheckState down = after(pending(failsOpen(Impact.REQUIRED)), "-");
		this.time.setClock(shift);
		this.time.advance(Duration.ofMinutes(10).minusNanos(1));
		assertThat(seen(down).preventsReadiness()).isTrue();
		this.time.advance(Duration.ofNanos(1));
		assertThat(seen(down).degrades()).isTrue();
		CheckTransition change = after(down, "+").history().transitions().get(1);
		assertThat(change.lasted()).isEqualTo(Duration.ofMinutes(10));
		assertThat(change.at()).isEqualTo(ManualTime.START.plus(shift).plusSeconds(600));
	}

	private static CheckPolicy failsOpen(Impact impact) {
		return new CheckPolicy(impact, Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(2), 1, 1, true,
				Duration.ofMinutes(10));
	}

	@Test
	void nextDelayOfAnInformationalCheckIsTheIntervalAlsoWhileNotPassing() {
		CheckState state = after(pending(policy(Impact.INFORMATIONAL, 2, 1)), "+-");
		assertThat(state.status()).isEqualTo(CheckStatus.DOWN);
		assertThat(state.nextDelay(0)).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void nextDelayWhileNotPassingIsNeverLongerThanTheInterval() {
		CheckPolicy policy = new CheckPolicy(Impact.REQUIRED, Duration.ofMillis(500), Duration.ofMinutes(1),
				Duration.ofSeconds(2), 1, 1, true, null);
		assertThat(after(pending(policy), "-").nextDelay(0.1)).isEqualTo(Duration.ofMillis(500));
	}

	private CheckState seen(CheckState state) {
		return state.asOf(this.time.instant(), this.time.nanos());
	}

	private CheckState after(CheckState state, String results) {
		CheckState after = state;
		for (int i = 0; i < results.length(); i++) {
			after = after.after(run(results.charAt(i)), this.time.nanos());
		}
		return after;
	}

	private CheckState pending(CheckPolicy policy) {
		CheckDefinition definition = new CheckDefinition("db", "db", () -> Health.up().build(), policy);
		return CheckState.pending(definition, this.time.instant(), this.time.nanos());
	}

	private CheckRun run(char result) {
		Instant now = this.time.instant();
		return switch (result) {
			case '+' -> new CheckRun(CheckOutcome.UP, CheckStatus.UP, null, Map.of(), Duration.ZERO, now);
			case '0' -> new CheckRun(CheckOutcome.UP, CheckStatus.UNKNOWN, null, Map.of(), Duration.ZERO, now);
			case '~' -> new CheckRun(CheckOutcome.UP, CheckStatus.DEGRADED, "slow", Map.of(), Duration.ZERO, now);
			default -> new CheckRun(CheckOutcome.DOWN, CheckStatus.DOWN, "refused", Map.of(), Duration.ZERO, now);
		};
	}

	private static CheckPolicy policy(Impact impact, int failureThreshold, int successThreshold) {
		return new CheckPolicy(impact, Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(2),
				failureThreshold, successThreshold, true, null);
	}

}
