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

package io.github.healthstarter.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.text.DurationText;

/**
 * Rules that values of properties have to keep.
 */
final class PropertyRules {

	private PropertyRules() {
	}

	static <T> T orElse(@Nullable T value, T otherwise) {
		return (value != null) ? value : otherwise;
	}

	static void positive(String property, @Nullable Duration value) {
		if (value != null && (value.isZero() || value.isNegative())) {
			throw new InvalidPropertyException(property, DurationText.exact(value), "is not above zero.",
					"Set it to a duration such as 500ms or 2s.");
		}
	}

	static void notNegative(String property, Duration value) {
		if (value.isNegative()) {
			throw new InvalidPropertyException(property, DurationText.exact(value), "is negative.",
					"Set it to 0s or to a duration such as 500ms or 2s.");
		}
	}

	static void atLeastOne(String property, @Nullable Integer value) {
		if (value != null && value < 1) {
			throw new InvalidPropertyException(property, value, "is below 1.", "Set it to 1 or more.");
		}
	}

}
