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

/**
 * An order as a customer sends it.
 *
 * @param customer who orders: 1 to 100 characters
 * @param item what is ordered: 1 to 100 characters
 * @param quantity how many of the item: 1 to 1000
 */
record NewOrder(String customer, String item, int quantity) {

	private static final int MAX_LENGTH = 100;

	private static final int MAX_QUANTITY = 1000;

	NewOrder {
		requireText("customer", customer);
		requireText("item", item);
		if (quantity < 1 || quantity > MAX_QUANTITY) {
			throw new IllegalArgumentException("'quantity' must be from 1 to " + MAX_QUANTITY + " but is " + quantity);
		}
	}

	private static void requireText(String name, @Nullable String text) {
		if (text == null || text.isBlank()) {
			throw new IllegalArgumentException("'%s' must not be blank".formatted(name));
		}
		if (text.length() > MAX_LENGTH) {
			throw new IllegalArgumentException(
					"'" + name + "' must have at most " + MAX_LENGTH + " characters but has " + text.length());
		}
		if (text.chars().anyMatch(Character::isISOControl)) {
			throw new IllegalArgumentException("'%s' must not contain control characters".formatted(name));
		}
	}

}
