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

package io.github.healthstarter.autoconfigure.check;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

import io.github.healthstarter.check.CheckCandidate;
import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.CheckSource;
import io.github.healthstarter.check.Impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link FollowedIndicator}.
 */
class FollowedIndicatorTests {

	private static final HealthIndicator DOWN = () -> Health.down().withDetail("error", "refused").build();

	private static final HealthIndicator UP = () -> Health.up().build();

	private @Nullable List<CheckCandidate> candidates;

	private boolean down;

	private int changes;

	@Test
	void healthWhenDependencyIsThereIsItsOwn() {
		assertThat(follow(DOWN, true).health()).isEqualTo(DOWN.health());
		assertThat(follow(UP, true).health()).isEqualTo(UP.health());
		assertThat(this.changes).isZero();
	}

	@Test
	void healthWhenDependencyThatPassesHasGoneIsItsOwn() {
		assertThat(follow(UP, false).health()).isEqualTo(UP.health());
	}

	@Test
	void healthWhenDependencyThatFailsHasGoneIsUnknown() {
		assertThat(follow(DOWN, false).health())
			.isEqualTo(Health.unknown().withDetail("error", "no longer there").build());
		assertThat(this.changes).isOne();
	}

	@Test
	void healthWhenDependencyThatIsDownIsMissingIsItsOwn() {
		this.down = true;
		assertThat(follow(DOWN, false).health()).isEqualTo(DOWN.health());
		assertThatIllegalStateException().isThrownBy(follow(FollowedIndicatorTests::fail, false)::health);
		assertThat(this.changes).isEqualTo(2);
	}

	@Test
	void healthWhenDependencyThatIsDownHasBeenReplacedIsThatOfTheOther() {
		this.down = true;
		FollowedIndicator indicator = follow(DOWN, false);
		this.candidates = List.of(candidate(UP));
		assertThat(indicator.health()).isEqualTo(UP.health());
	}

	@Test
	void healthWhenDependencyThatThrowsHasGoneIsUnknown() {
		Health health = follow(FollowedIndicatorTests::fail, false).health();
		assertThat(health).isNotNull();
		assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
	}

	@Test
	void healthWhenDependencyThatThrowsIsThereThrows() {
		assertThatIllegalStateException().isThrownBy(follow(FollowedIndicatorTests::fail, true)::health)
			.withMessage("closed");
	}

	@Test
	void healthWhenDependencyHasBeenReplacedIsThatOfTheOther() {
		FollowedIndicator indicator = follow(DOWN, false);
		this.candidates = List.of(candidate(UP));
		assertThat(indicator.health()).isEqualTo(UP.health());
		assertThat(this.changes).isOne();
		this.candidates = List.of(candidate(DOWN));
		assertThat(indicator.health()).isEqualTo(DOWN.health());
	}

	@Test
	void healthWhenSourceCannotBeReadIsItsOwn() {
		FollowedIndicator indicator = follow(DOWN, false);
		this.candidates = null;
		assertThat(indicator.health()).isEqualTo(DOWN.health());
	}

	@Test
	void healthWhenIndicatorCannotBeCreatedThrows() {
		CheckCandidate candidate = new CheckCandidate("tenant", Impact.DEGRADING, new Object(), (policy) -> {
			throw new IllegalStateException("no driver");
		});
		FollowedIndicator indicator = new FollowedIndicator(new FoundCheck(candidate, () -> List.of(candidate)),
				CheckPolicy.DEFAULT, () -> this.down, () -> this.changes++);
		assertThatIllegalStateException().isThrownBy(indicator::health).withMessage("no driver");
	}

	@Test
	void healthWhenClassOfIndicatorIsMissingThrows() {
		FollowedIndicator indicator = create((policy) -> {
			throw new NoClassDefFoundError("com/example/Driver");
		});
		assertThatExceptionOfType(NoClassDefFoundError.class).isThrownBy(indicator::health)
			.withMessage("com/example/Driver");
	}

	@Test
	void healthWhenThereIsNoIndicatorThrows() {
		assertThatIllegalStateException().isThrownBy(create((policy) -> null)::health)
			.withMessage("there is no indicator");
	}

	@Test
	void healthWhenSourceEndsInAnErrorIsItsOwn() {
		CheckCandidate candidate = candidate(DOWN);
		FollowedIndicator indicator = new FollowedIndicator(new FoundCheck(candidate, () -> {
			throw new StackOverflowError();
		}), CheckPolicy.DEFAULT, () -> this.down, () -> this.changes++);
		assertThat(indicator.health()).isEqualTo(DOWN.health());
	}

	private FollowedIndicator create(Function<CheckPolicy, HealthIndicator> factory) {
		CheckCandidate candidate = new CheckCandidate("tenant", Impact.DEGRADING, new Object(), factory);
		return new FollowedIndicator(new FoundCheck(candidate, () -> List.of(candidate)), CheckPolicy.DEFAULT,
				() -> this.down, () -> this.changes++);
	}

	private FollowedIndicator follow(HealthIndicator indicator, boolean there) {
		CheckCandidate candidate = candidate(indicator);
		this.candidates = there ? List.of(candidate) : List.of();
		CheckSource source = () -> this.candidates;
		return new FollowedIndicator(new FoundCheck(candidate, source), CheckPolicy.DEFAULT, () -> this.down,
				() -> this.changes++);
	}

	private static CheckCandidate candidate(HealthIndicator indicator) {
		return new CheckCandidate("tenant", Impact.DEGRADING, new Object(), (policy) -> indicator);
	}

	private static Health fail() {
		throw new IllegalStateException("closed");
	}

}
