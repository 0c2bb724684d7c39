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
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.health.contributor.Health;

import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link CheckSnapshot}.
 */
class CheckSnapshotTests {

	private static final List<Impact> IMPACTS = List.of(Impact.values());

	private final ManualTime time = new ManualTime();

	@Test
	void statesKeepTheirOrder() {
		CheckState b = state("b", Impact.REQUIRED, CheckStatus.UP, 1);
		CheckState a = state("a", Impact.REQUIRED, CheckStatus.UP, 1);
		assertThat(CheckSnapshot.of(List.of(b, a)).states()).containsExactly(b, a);
	}

	@Test
	void findReturnsCheckOfExactName() {
		CheckState a = state("a", Impact.REQUIRED, CheckStatus.UP, 1);
		CheckSnapshot snapshot = CheckSnapshot.of(List.of(a));
		assertThat(snapshot.find("a")).isSameAs(a);
		assertThat(snapshot.find("A")).isNull();
	}

	@Test
	void withReplacesOneStateAndLeavesTheSnapshotAsItWas() {
		CheckState a = state("a", Impact.REQUIRED, CheckStatus.UP, 1);
		CheckState b = state("b", Impact.REQUIRED, CheckStatus.UP, 1);
		CheckSnapshot before = CheckSnapshot.of(List.of(b, a));
		CheckState down = state("a", Impact.REQUIRED, CheckStatus.DOWN, 1);
		CheckSnapshot after = before.with(down);
		assertThat(after.states()).containsExactly(b, down);
		assertThat(after.find("a")).isSameAs(down);
		assertThat(after.requiredDown()).isTrue();
		assertThat(before.states()).containsExactly(b, a);
		assertThat(before.requiredDown()).isFalse();
	}

	@Test
	void withAgreesWithASnapshotOfTheSameStates() {
		Random random = new Random(1);
		List<CheckState> states = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			states.add(CheckState.pending(new CheckDefinition("check" + i, "check" + i, () -> null, policy(random)),
					this.time.instant(), this.time.nanos()));
		}
		CheckSnapshot snapshot = CheckSnapshot.of(states);
		for (int i = 0; i < 20_000; i++) {
			this.time.advance(Duration.ofMillis(random.nextInt(2000)));
			int place = random.nextInt(states.size());
			states.set(place, states.get(place).after(run(random), this.time.nanos()));
			snapshot = snapshot.with(states.get(place));
			assertAgrees(snapshot, CheckSnapshot.of(states));
		}
	}

	@Test
	void shortestRoundIsOfACheckThatIsNotDownAndFollowsItsPolicy() {
		CheckState slow = state("slow", Impact.REQUIRED, CheckStatus.UP, 1);
		CheckState quick = slow.withPolicy(slow.policy().withInterval(Duration.ofSeconds(1)), 0);
		CheckSnapshot snapshot = CheckSnapshot.of(List.of(slow, state("down", Impact.REQUIRED, CheckStatus.DOWN, 1)));
		assertThat(Duration.ofNanos(snapshot.shortestRound())).isEqualTo(Duration.ofSeconds(7));
		assertThat(Duration.ofNanos(snapshot.with(quick).shortestRound())).isEqualTo(Duration.ofSeconds(3));
		assertThat(Duration.ofNanos(snapshot.with(quick).with(slow).shortestRound())).isEqualTo(Duration.ofSeconds(7));
		assertThat(CheckSnapshot.EMPTY.shortestRound()).isEqualTo(Long.MAX_VALUE);
	}

	private void assertAgrees(CheckSnapshot snapshot, CheckSnapshot expected) {
		assertThat(snapshot.states()).isEqualTo(expected.states());
		assertThat(snapshot.affected()).isEqualTo(expected.affected());
		assertThat(snapshot.requiredHavePassed()).isEqualTo(expected.requiredHavePassed());
		long now = this.time.nanos();
		long left = snapshot.freshUntil(now) - now;
		long exactly = expected.freshUntil(now) - now;
		assertThat(left).isLessThanOrEqualTo(exactly);
		if (exactly > Duration.ofSeconds(7).toNanos()) {
			assertThat(left).as("of %s", exactly).isGreaterThanOrEqualTo(Duration.ofSeconds(7).toNanos());
		}
	}

	private static CheckPolicy policy(Random random) {
		return CheckPolicy.DEFAULT.withImpact(IMPACTS.get(random.nextInt(IMPACTS.size())));
	}

	private CheckRun run(Random random) {
		Health health = (random.nextInt(20) > 0) ? Health.up().build() : Health.down().build();
		return CheckRun.of(health, Duration.ZERO, this.time.instant());
	}

	@Test
	void withStateOfAnotherCheckIsRefused() {
		CheckState a = state("a", Impact.REQUIRED, CheckStatus.UP, 1);
		assertThatIllegalStateException().isThrownBy(() -> CheckSnapshot.EMPTY.with(a))
			.withMessage("There is no check 'a'");
	}

	@Test
	void statesCannotBeChanged() {
		CheckState a = state("a", Impact.REQUIRED, CheckStatus.UP, 1);
		List<CheckState> states = CheckSnapshot.of(List.of(a)).states();
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> states.set(0, a));
	}

	@Test
	void affectedAreThoseThatAreNotUpInTheirOrder() {
		CheckSnapshot snapshot = CheckSnapshot.of(List.of(state("c", Impact.INFORMATIONAL, CheckStatus.DOWN, 1),
				state("up", Impact.REQUIRED, CheckStatus.UP, 1), state("b", Impact.REQUIRED, CheckStatus.PENDING, 1),
				state("a", Impact.DEGRADING, CheckStatus.READ_ONLY, 1)));
		assertThat(snapshot.affected()).extracting(CheckState::name).containsExactly("c", "b", "a");
	}

	@Test
	void withoutLeavesOutChecksByTheirNames() {
		CheckState a = state("a", Impact.REQUIRED, CheckStatus.UP, 1);
		CheckState b = state("b", Impact.REQUIRED, CheckStatus.DOWN, 1);
		CheckSnapshot snapshot = CheckSnapshot.of(List.of(b, a));
		assertThat(snapshot.without(Set.of("b", "c")).states()).containsExactly(a);
		assertThat(snapshot.without(Set.of("b", "c")).requiredDown()).isFalse();
		assertThat(snapshot.without(Set.of("c"))).isSameAs(snapshot);
	}

	@ParameterizedTest
	@CsvSource({ "REQUIRED, PENDING, false, false, true, false", "REQUIRED, UP, true, false, false, false",
			"REQUIRED, DEGRADED, true, false, false, true", "REQUIRED, DOWN, false, true, false, false",
			"REQUIRED, UNKNOWN, true, false, false, false", "DEGRADING, UNKNOWN, true, false, false, false",
			"DEGRADING, PENDING, true, false, false, false", "DEGRADING, UP, true, false, false, false",
			"DEGRADING, DEGRADED, true, false, false, true", "DEGRADING, DOWN, true, false, false, true",
			"INFORMATIONAL, PENDING, true, false, false, false", "INFORMATIONAL, UP, true, false, false, false",
			"INFORMATIONAL, DEGRADED, true, false, false, false", "INFORMATIONAL, DOWN, true, false, false, false" })
	void oneCheckDecidesForAll(Impact impact, CheckStatus status, boolean havePassed, boolean down, boolean pending,
			boolean degrade) {
		CheckSnapshot snapshot = CheckSnapshot.of(List.of(state("a", Impact.REQUIRED, CheckStatus.UP, 1),
				state("b", impact, status, 1), state("c", Impact.INFORMATIONAL, CheckStatus.UP, 1)));
		assertThat(snapshot.requiredHavePassed()).isEqualTo(havePassed);
		assertThat(snapshot.requiredDown()).isEqualTo(down);
		assertThat(snapshot.requiredPending()).isEqualTo(pending);
		assertThat(snapshot.degrade()).isEqualTo(degrade);
	}

	@Test
	void emptyRestrictsNothingAndNeverGetsStale() {
		CheckSnapshot empty = CheckSnapshot.EMPTY;
		long begun = this.time.nanos();
		assertThat(empty.requiredHavePassed()).isTrue();
		assertThat(empty.requiredDown()).isFalse();
		assertThat(empty.requiredPending()).isFalse();
		assertThat(empty.degrade()).isFalse();
		assertThat(empty.freshUntil(begun) - begun).isEqualTo(Long.MAX_VALUE);
		this.time.advance(Duration.ofDays(1000));
		assertThat(empty.asOf(this.time.instant(), this.time.nanos())).isSameAs(empty);
	}

	@Test
	void freshUntilIsTheEarliestOfWhatIsNotDown() {
		CheckSnapshot snapshot = CheckSnapshot.of(List.of(state("a", Impact.REQUIRED, CheckStatus.UP, 3),
				state("b", Impact.INFORMATIONAL, CheckStatus.PENDING, 2),
				state("c", Impact.REQUIRED, CheckStatus.DOWN, 1)));
		long now = this.time.nanos();
		assertThat(snapshot.freshUntil(now) - now).isEqualTo(Duration.ofSeconds(2).toNanos());
	}

	@Test
	void asOfWhileFreshIsTheSame() {
		CheckSnapshot snapshot = CheckSnapshot.of(List.of(state("a", Impact.REQUIRED, CheckStatus.UP, 3)));
		this.time.advance(Duration.ofSeconds(3).minusNanos(1));
		assertThat(snapshot.asOf(this.time.instant(), this.time.nanos())).isSameAs(snapshot);
	}

	@Test
	void asOfTurnsWhatIsStaleDownAndLeavesTheRest() {
		CheckState fresh = state("fresh", Impact.REQUIRED, CheckStatus.UP, 9);
		CheckState stale = state("stale", Impact.REQUIRED, CheckStatus.UP, 3);
		CheckSnapshot snapshot = CheckSnapshot.of(List.of(stale, fresh));
		this.time.advance(Duration.ofSeconds(3));
		CheckSnapshot seen = snapshot.asOf(this.time.instant(), this.time.nanos());
		assertThat(seen.find("fresh")).isSameAs(fresh);
		assertThat(seen.requiredDown()).isTrue();
		assertThat(names(seen)).containsExactly("stale", "fresh");
		long now = this.time.nanos();
		assertThat(seen.freshUntil(now) - now).isEqualTo(Duration.ofSeconds(6).toNanos());
	}

	@ParameterizedTest
	@CsvSource({ "diskSpace, diskspace", "disk-space, diskspace", "DISKSPACE, diskspace", "disk_space.0, diskspace0",
			"größe-1, größe1", "'', ''" })
	void canonicalKeepsLettersAndDigitsInLowerCase(String name, String expected) {
		assertThat(CheckSnapshot.canonical(name)).isEqualTo(expected);
	}

	private static List<String> names(CheckSnapshot snapshot) {
		return new ArrayList<>(snapshot.states().stream().map(CheckState::name).toList());
	}

	private CheckState state(String name, Impact impact, CheckStatus status, int freshForSeconds) {
		boolean passed = status.isPassing();
		CheckRun run = new CheckRun(passed ? CheckOutcome.UP : CheckOutcome.DOWN, passed ? status : CheckStatus.DOWN,
				null, Map.of(), Duration.ZERO, this.time.instant());
		return new CheckState(name, CheckPolicy.DEFAULT.withImpact(impact), status, ManualTime.START, 0, 1, passed,
				(status != CheckStatus.PENDING) ? run : null,
				this.time.nanos() + Duration.ofSeconds(freshForSeconds).toNanos(), CheckHistory.EMPTY);
	}

}
