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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CheckPolicy}.
 */
class CheckPolicyTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	@Test
	void defaultIsThatOfTheContract() {
		assertThat(CheckPolicy.DEFAULT).isEqualTo(new CheckPolicy(Impact.REQUIRED, Duration.ofSeconds(5), SECOND,
				Duration.ofSeconds(2), 2, 1, true, null));
	}

	@Test
	void staleAfterIsTwiceIntervalAndTimeout() {
		assertThat(CheckPolicy.DEFAULT.staleAfter()).isEqualTo(Duration.ofSeconds(14));
	}

	@Test
	void withImpactChangesImpactAlone() {
		CheckPolicy policy = new CheckPolicy(Impact.REQUIRED, Duration.ofSeconds(2), Duration.ofSeconds(3),
				Duration.ofSeconds(4), 5, 6, false, null);
		assertThat(policy.withImpact(Impact.DEGRADING)).isEqualTo(new CheckPolicy(Impact.DEGRADING,
				Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(4), 5, 6, false, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT-1S" })
	void createWhenDurationIsNotPositiveThrows(Duration duration) {
		assertThatIllegalArgumentException().isThrownBy(() -> policy(duration, SECOND, SECOND, 1, 1))
			.withMessage("'interval' must be above zero but was " + duration);
		assertThatIllegalArgumentException().isThrownBy(() -> policy(SECOND, duration, SECOND, 1, 1))
			.withMessage("'retryInterval' must be above zero but was " + duration);
		assertThatIllegalArgumentException().isThrownBy(() -> policy(SECOND, SECOND, duration, 1, 1))
			.withMessage("'timeout' must be above zero but was " + duration);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1 })
	void createWhenThresholdIsBelowOneThrows(int threshold) {
		assertThatIllegalArgumentException().isThrownBy(() -> policy(SECOND, SECOND, SECOND, threshold, 1))
			.withMessage("'failureThreshold' must be at least 1 but was " + threshold);
		assertThatIllegalArgumentException().isThrownBy(() -> policy(SECOND, SECOND, SECOND, 1, threshold))
			.withMessage("'successThreshold' must be at least 1 but was " + threshold);
	}

	private static CheckPolicy policy(Duration interval, Duration retryInterval, Duration timeout, int failureThreshold,
			int successThreshold) {
		return new CheckPolicy(Impact.REQUIRED, interval, retryInterval, timeout, failureThreshold, successThreshold,
				true, null);
	}

}
