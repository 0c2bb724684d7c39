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

package io.github.healthstarter.sample.orders;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link NewOrder}.
 */
class NewOrderTests {

	@ParameterizedTest
	@ValueSource(ints = { 1, 1000 })
	void quantityInRangeIsAccepted(int quantity) {
		assertThatNoException().isThrownBy(() -> new NewOrder("ada", "tea", quantity));
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 0, 1001 })
	void quantityOutOfRangeIsRefused(int quantity) {
		assertThatIllegalArgumentException().isThrownBy(() -> new NewOrder("ada", "tea", quantity))
			.withMessage("'quantity' must be from 1 to 1000 but is " + quantity);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " ", "\t" })
	@SuppressWarnings("NullAway")
	void blankTextIsRefused(@Nullable String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> new NewOrder(text, "tea", 1))
			.withMessage("'customer' must not be blank");
		assertThatIllegalArgumentException().isThrownBy(() -> new NewOrder("ada", text, 1))
			.withMessage("'item' must not be blank");
	}

	@ParameterizedTest
	@CsvSource({ "100, true", "101, false" })
	void textIsAcceptedUpToItsMaximumLength(int length, boolean accepted) {
		String text = "a".repeat(length);
		if (accepted) {
			assertThatNoException().isThrownBy(() -> new NewOrder(text, text, 1));
		}
		else {
			assertThatIllegalArgumentException().isThrownBy(() -> new NewOrder(text, "tea", 1))
				.withMessage("'customer' must have at most 100 characters but has " + length);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\u0000b", "a\nb" })
	void textWithControlCharactersIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> new NewOrder("ada", text, 1))
			.withMessage("'item' must not contain control characters");
	}

}
