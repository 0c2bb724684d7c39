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

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DetailsLimit}.
 */
class DetailsLimitTests {

	@Test
	void applyKeepsPlainValuesInTheirOrder() {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("text", "a");
		details.put("int", 1);
		details.put("long", 2L);
		details.put("double", 2.5);
		details.put("boolean", true);
		details.put("list", List.of(1, "b"));
		details.put("map", Map.of("c", 3));
		assertThat(DetailsLimit.apply(details)).isEqualTo(details)
			.containsExactlyEntriesOf(details)
			.isNotSameAs(details);
	}

	@Test
	void applyWritesOtherValuesAsText() {
		Map<String, Object> details = Map.of("decimal", new BigDecimal("1.50"), "enum", CheckStatus.UP, "nan",
				Double.NaN, "infinite", Double.NEGATIVE_INFINITY);
		assertThat(DetailsLimit.apply(details))
			.isEqualTo(Map.of("decimal", "1.50", "enum", "UP", "nan", "NaN", "infinite", "-Infinity"));
	}

	@Test
	void applyWritesNullAsText() {
		Map<Object, Object> nested = new HashMap<>();
		nested.put(null, null);
		assertThat(DetailsLimit.apply(Map.of("nested", nested))).isEqualTo(Map.of("nested", Map.of("null", "null")));
		assertThat(DetailsLimit.apply(Map.of("list", Arrays.asList(1, null))))
			.isEqualTo(Map.of("list", List.of(1, "null")));
	}

	@Test
	void applyBoundsTheNumberOfEntries() {
		Map<String, Object> details = new LinkedHashMap<>();
		IntStream.range(0, 5000).forEach((number) -> details.put("detail" + number, number));
		assertThat(DetailsLimit.apply(details)).hasSize(DetailsLimit.MAX_VALUES)
			.containsEntry("detail0", 0)
			.doesNotContainKey("detail" + DetailsLimit.MAX_VALUES);
	}

	@Test
	void applyBoundsTheNumberOfValuesOverAllLevels() {
		Map<String, Object> details = new LinkedHashMap<>();
		for (int i = 0; i < 50; i++) {
			details.put("detail" + i, List.of(Map.of("a", List.of(1, 2, 3)), List.of(4, 5, 6)));
		}
		assertThat(count(DetailsLimit.apply(details))).isEqualTo(DetailsLimit.MAX_VALUES);
	}

	@Test
	void applyBoundsTheDepth() {
		Object nested = "bottom";
		for (int i = 0; i < 10_000; i++) {
			nested = (i % 2 == 0) ? List.of(nested) : Map.of("a", nested);
		}
		assertThat(depth(DetailsLimit.apply(Map.of("a", nested)))).isEqualTo(DetailsLimit.MAX_DEPTH);
	}

	@Test
	void applyOfMapThatContainsItselfEnds() {
		Map<String, Object> map = new HashMap<>();
		map.put("self", map);
		assertThat(DetailsLimit.apply(map))
			.isEqualTo(Map.of("self", Map.of("self", Map.of("self", Map.of("self", "…")))));
	}

	@Test
	void applyOfListThatContainsItselfManyTimesIsBounded() {
		List<Object> list = new ArrayList<>();
		IntStream.range(0, 10).forEach((number) -> list.add(list));
		assertThat(count(DetailsLimit.apply(Map.of("list", list)))).isEqualTo(DetailsLimit.MAX_VALUES);
	}

	@Test
	void applyBoundsTexts() {
		String flood = "x".repeat(1_000_000);
		String expected = "x".repeat(DetailsLimit.MAX_TEXT) + "…";
		assertThat(DetailsLimit.apply(Map.of(flood, flood))).isEqualTo(Map.of(expected, expected));
	}

	@Test
	void applyKeepsTextsUpToTheBound() {
		String text = "x".repeat(DetailsLimit.MAX_TEXT);
		assertThat(DetailsLimit.apply(Map.of("text", text))).isEqualTo(Map.of("text", text));
	}

	@Test
	void applyOfEndlessCollectionEnds() {
		Collection<Object> endless = new java.util.AbstractCollection<>() {

			@Override
			public Iterator<Object> iterator() {
				return Stream.<Object>generate(() -> 1).iterator();
			}

			@Override
			public int size() {
				return Integer.MAX_VALUE;
			}

		};
		assertThat(count(DetailsLimit.apply(Map.of("endless", endless)))).isEqualTo(DetailsLimit.MAX_VALUES);
	}

	@Test
	void applyReplacesWhatCannotBeRead() {
		Map<Object, Object> unreadableKey = Map.of(unreadable(), 1);
		List<Object> unreadableElement = List.of(1, unreadable());
		String replacement = "unreadable: java.lang.IllegalStateException";
		assertThat(DetailsLimit
			.apply(Map.of("key", unreadableKey, "element", unreadableElement, "value", unreadable(), "good", 2)))
			.isEqualTo(Map.of("key", replacement, "element", List.of(1, replacement), "value", replacement, "good", 2));
	}

	private static Object unreadable() {
		return new Object() {

			@Override
			public String toString() {
				throw new IllegalStateException("unreadable");
			}

		};
	}

	private static int count(Object value) {
		return children(value).mapToInt((child) -> 1 + count(child)).sum();
	}

	private static int depth(Object value) {
		return children(value).mapToInt((child) -> 1 + depth(child)).max().orElse(0);
	}

	private static Stream<?> children(Object value) {
		if (value instanceof Map<?, ?> map) {
			return map.values().stream();
		}
		return (value instanceof Collection<?> collection) ? collection.stream() : Stream.empty();
	}

}
