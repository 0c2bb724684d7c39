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

package io.github.healthstarter.indicator.pool;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionLimit}, with the errors of each product.
 */
class ConnectionLimitTests {

	@ParameterizedTest
	@ValueSource(ints = { 1040, 1203, 1226, 18, 20, 2391, 12516, 12518, 12519, 12520, 17809, 10928, 10929, 10936 })
	void codeOfARefusalIsReached(int code) {
		assertThat(ConnectionLimit.isReached(null, code)).isTrue();
		assertThat(ConnectionLimit.isReached("08004", code)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "53300, 0, true", "53000, 0, false", "08004, 0, false", "28P01, 0, false", "08001, 0, false" })
	void stateOfARefusalIsReached(String state, int code, boolean expected) {
		assertThat(ConnectionLimit.isReached(state, code)).isEqualTo(expected);
	}

}
