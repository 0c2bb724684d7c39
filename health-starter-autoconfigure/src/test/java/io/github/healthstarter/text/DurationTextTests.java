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

package io.github.healthstarter.text;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DurationText}.
 */
class DurationTextTests {

	@ParameterizedTest
	@CsvSource({ "PT0S, 0ms", "PT0.25S, 250ms", "PT0.9999S, 999ms", "PT1S, 1s", "PT1.26S, 1.3s", "PT1.96S, 2s",
			"PT90S, 90s", "PT1H, 3600s" })
	void roundedHasMillisecondsOrTenths(Duration duration, String expected) {
		assertThat(DurationText.rounded(duration)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "PT0S, 0s", "PT0.25S, 250ms", "PT1.234S, 1234ms", "PT-0.5S, -500ms", "PT-2S, -2s", "PT90S, 90s",
			"PT1H, 3600s", "PT0.0005S, 500us", "PT0.000000005S, 5ns", "PT1.000001S, 1000001us",
			"PT-0.000000005S, -5ns" })
	void exactLosesNothing(Duration duration, String expected) {
		assertThat(DurationText.exact(duration)).isEqualTo(expected);
	}

}
