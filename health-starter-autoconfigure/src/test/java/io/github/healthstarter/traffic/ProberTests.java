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

package io.github.healthstarter.traffic;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Prober}.
 */
class ProberTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final ManualTime time = new ManualTime();

	private final Prober prober = new Prober(new ProberKey("10.0.0.1", null, "/readyz", ""),
			new ProberSource("10.0.0.1"), this.time.nanos());

	@ParameterizedTest
	@CsvSource({ "'', false", "1000, false", "1000 1000, true", "1000 1000 1000 1000, true",
			// a quarter of a second and half the interval are forgiven
			"1000 2200, true", "1000 2300, false", "2300 1000, false", "10 200, true", "10 300, false",
			// only the latest three intervals count
			"1000 5000 1000, false", "1000 5000 1000 1000, false", "5000 1000 1000 1000, true" })
	void isPresentWhenAskedAtASteadyInterval(String gapsMillis, boolean expected) {
		ask(false);
		for (String gap : gapsMillis.trim().split(" ", -1)) {
			if (!gap.isEmpty()) {
				this.time.advance(Duration.ofMillis(Long.parseLong(gap)));
				ask(false);
			}
		}
		assertThat(this.prober.isPresent(this.time.nanos())).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "7, 400, 1600, false", "8, 400, 1600, true", "20, 100, 9900, true", "20, 100, 11000, false",
			"30, 100, 11000, false" })
	void isPresentWhenManySeemToAskFromOneAddress(int times, long shortGap, long longGap, boolean expected) {
		askInTurns(times, shortGap, longGap, false);
		assertThat(this.prober.isPresent(this.time.nanos())).isEqualTo(expected);
	}

	@Test
	void isAwaitedForTwiceTheFailuresWhereTwoAskFromOneAddress() {
		askInTurns(8, 400, 1600, false);
		askInTurns(5, 400, 1600, true);
		assertThat(isAwaited(3)).isTrue();
		askInTurns(1, 400, 1600, true);
		assertThat(isAwaited(3)).isFalse();
	}

	@Test
	void isPresentWhenSharedUnlessOneOfTheLatestGapsIsLong() {
		askSteadily(1, false);
		askSteadily(1, false, Duration.ofSeconds(11));
		for (int i = 0; i < 6; i++) {
			askSteadily(1, false, Duration.ofMillis((i % 2 == 0) ? 100 : 900));
			assertThat(this.prober.isPresent(this.time.nanos())).as("after %d", i).isFalse();
		}
		askSteadily(1, false, Duration.ofMillis(100));
		assertThat(this.prober.isPresent(this.time.nanos())).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "19, 6", "20, 3" })
	void isAwaitedForTwiceTheFailuresUntilTheLastTwentyGapsAreSteady(int gaps, int failures) {
		askSteadily(1, false);
		askSteadily(2, false, Duration.ofMillis(300));
		// The first failure ends the last gap
		askSteadily(gaps - 1, false);
		for (int seen = 0; seen < failures; seen++) {
			assertThat(isAwaited(3)).as("after %d", seen).isTrue();
			askSteadily(1, true);
		}
		assertThat(isAwaited(3)).isFalse();
	}

	@Test
	void isAwaitedForTwiceTheFailuresWhereAnotherAsksNowAndThen() {
		for (int i = 0; i < 4; i++) {
			askSteadily(3, false, Duration.ofSeconds(2));
			askSteadily(1, false, Duration.ofMillis(700));
			askSteadily(1, false, Duration.ofMillis(1300));
		}
		askSteadily(3, false, Duration.ofSeconds(2));
		askSteadily(5, true, Duration.ofSeconds(2));
		assertThat(isAwaited(3)).isTrue();
		askSteadily(1, true, Duration.ofSeconds(2));
		assertThat(isAwaited(3)).isFalse();
	}

	@Test
	void isAwaitedOnlyWhileItAsksWhereTheGapsBeforeWereLonger() {
		askSteadily(10, false, Duration.ofSeconds(9));
		askSteadily(5, false);
		this.time.advance(Duration.ofMillis(2250));
		assertThat(isAwaited(3)).isTrue();
		this.time.advance(Duration.ofMillis(1));
		assertThat(isAwaited(3)).isFalse();
	}

	@Test
	void isRetainedForAMinuteOnceItHasBeenPresent() {
		askSteadily(2, false);
		assertThat(this.prober.isRetained(this.time.nanos())).isFalse();
		askSteadily(1, false);
		this.time.advance(Duration.ofMinutes(1));
		assertThat(this.prober.isRetained(this.time.nanos())).isTrue();
		this.time.advance(Duration.ofNanos(1));
		assertThat(this.prober.isRetained(this.time.nanos())).isFalse();
	}

	@Test
	void isRetainedWhilePresent() {
		askSteadily(3, false, Duration.ofMinutes(1));
		this.time.advance(Duration.ofMinutes(2));
		assertThat(this.prober.isRetained(this.time.nanos())).isTrue();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.prober.isRetained(this.time.nanos())).isFalse();
	}

	private void askInTurns(int times, long shortGap, long longGap, boolean draining) {
		for (int i = 0; i < times; i++) {
			this.time.advance(Duration.ofMillis((i % 2 == 0) ? longGap : shortGap));
			ask(draining);
		}
	}

	@Test
	void isPresentUpToTwiceTheLongestGap() {
		askSteadily(3, false);
		this.time.advance(Duration.ofMillis(2250));
		assertThat(this.prober.isPresent(this.time.nanos())).isTrue();
		this.time.advance(Duration.ofNanos(1));
		assertThat(this.prober.isPresent(this.time.nanos())).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3 })
	void isAwaitedUntilItHasSeenTheFailures(int observedFailures) {
		askSteadily(4, false);
		for (int seen = 0; seen < observedFailures; seen++) {
			assertThat(isAwaited(observedFailures)).as("after %d", seen).isTrue();
			askSteadily(1, true);
		}
		assertThat(isAwaited(observedFailures)).isFalse();
	}

	@Test
	void isAwaitedCountsFailuresInARow() {
		askSteadily(3, false);
		askSteadily(2, true);
		askSteadily(1, false);
		askSteadily(2, true);
		assertThat(isAwaited(3)).isTrue();
		askSteadily(1, true);
		assertThat(isAwaited(3)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "100, 100", "100, 2000", "4000, 4000" })
	void isAwaitedForTheFailuresAloneWhereItAsksAtAnotherIntervalSinceTheFirst(long second, long third) {
		askSteadily(8, false, Duration.ofSeconds(2));
		askSteadily(1, true, Duration.ofSeconds(2));
		askSteadily(1, true, Duration.ofMillis(second));
		assertThat(isAwaited(3)).isTrue();
		askSteadily(1, true, Duration.ofMillis(third));
		assertThat(isAwaited(3)).isFalse();
	}

	@Test
	void isSilentByTheIntervalFromBeforeTheDrain() {
		askSteadily(8, false, Duration.ofSeconds(1));
		askSteadily(2, true, Duration.ofMillis(100));
		this.time.advance(Duration.ofMillis(2200));
		assertThat(isAwaited(3)).isTrue();
		this.time.advance(Duration.ofMillis(100));
		assertThat(isAwaited(3)).isFalse();
	}

	@Test
	void isPresentAfterADrainThatWasUndoneWhateverTheIntervalMeanwhile() {
		askSteadily(7, false, SECOND);
		askSteadily(1, true, SECOND);
		askSteadily(3, true, Duration.ofMillis(100));
		askSteadily(1, false, Duration.ofMillis(100));
		for (int i = 0; i < 5; i++) {
			assertThat(this.prober.isPresent(this.time.nanos())).isTrue();
			askSteadily(1, false, SECOND);
		}
		askSteadily(2, true, SECOND);
		assertThat(isAwaited(3)).isTrue();
		askSteadily(1, true, SECOND);
		assertThat(isAwaited(3)).isFalse();
	}

	@Test
	void isAwaitedForNoFailuresIsFalse() {
		askSteadily(5, false);
		assertThat(isAwaited(0)).isFalse();
	}

	@Test
	void isAwaitedWhenSilentIsFalse() {
		askSteadily(5, false);
		this.time.advance(Duration.ofSeconds(3));
		assertThat(isAwaited(3)).isFalse();
	}

	private boolean isAwaited(int observedFailures) {
		return this.prober.isAwaited(this.time.nanos(), observedFailures);
	}

	private void askSteadily(int times, boolean draining) {
		askSteadily(times, draining, SECOND);
	}

	private void askSteadily(int times, boolean draining, Duration interval) {
		for (int i = 0; i < times; i++) {
			this.time.advance(interval);
			ask(draining);
		}
	}

	private void ask(boolean draining) {
		this.prober.recordProbe(this.time.nanos(), draining);
	}

}
