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

package io.github.healthstarter.drain;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link DrainSettings}.
 */
class DrainSettingsTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	@Test
	void defaultIsThatOfTheContract() {
		assertThat(DrainSettings.DEFAULT)
			.isEqualTo(new DrainSettings(Duration.ZERO, Duration.ofSeconds(15), SECOND, 3));
	}

	@Test
	void createWhenMaxWaitEqualsMinWaitIsAllowed() {
		assertThat(new DrainSettings(SECOND, SECOND, Duration.ZERO, 0).maxWait()).isEqualTo(SECOND);
	}

	@Test
	void createWhenValueIsOutOfRangeThrows() {
		Duration negative = Duration.ofNanos(-1);
		assertThatIllegalArgumentException().isThrownBy(() -> new DrainSettings(negative, SECOND, SECOND, 3))
			.withMessageContaining("'minWait'");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new DrainSettings(SECOND, SECOND.minusNanos(1), SECOND, 3))
			.withMessageContaining("'maxWait'");
		assertThatIllegalArgumentException().isThrownBy(() -> new DrainSettings(SECOND, SECOND, negative, 3))
			.withMessageContaining("'quietPeriod'");
		assertThatIllegalArgumentException().isThrownBy(() -> new DrainSettings(SECOND, SECOND, SECOND, -1))
			.withMessageContaining("'observedFailures'");
	}

}
