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

package io.github.healthstarter.web;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.healthstarter.testing.HttpAnswer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of the IETF draft {@code draft-inadarei-api-health-check-06} for those who
 * write health responses.
 */
final class HealthJsonRules {

	private static final Set<String> ROOT_FIELDS = Set.of("status", "version", "releaseId", "notes", "output", "checks",
			"links", "serviceId", "description");

	private static final Set<String> STATUSES = Set.of("pass", "warn", "fail");

	private HealthJsonRules() {
	}

	static void assertKept(HttpAnswer answer) {
		assertThat(answer.header("content-type")).isEqualTo("application/health+json");
		Map<String, Object> body = answer.json();
		assertThat(body.keySet()).isSubsetOf(ROOT_FIELDS).contains("status");
		assertStatus(body);
		boolean failed = "fail".equals(body.get("status"));
		assertThat(answer.status() / 100).isIn(failed ? List.of(4, 5) : List.of(2, 3));
		if (body.containsKey("notes")) {
			assertThat(body.get("notes")).isInstanceOf(List.class);
		}
		if (body.containsKey("checks")) {
			answer.json("checks").forEach((key, value) -> {
				assertThat(key).matches("[^:]+:responseTime");
				components(value).forEach(HealthJsonRules::assertComponent);
			});
		}
	}

	private static void assertStatus(Map<String, Object> object) {
		assertThat(object.get("status")).isIn(STATUSES);
		if ("pass".equals(object.get("status"))) {
			assertThat(object).doesNotContainKey("output");
		}
	}

	private static void assertComponent(Map<String, Object> component) {
		assertStatus(component);
		assertThat(component.get("componentType")).isIn("component", "datastore", "system");
		assertThat(component.containsKey("observedUnit")).isEqualTo(component.containsKey("observedValue"));
		assertThat(OffsetDateTime.parse((String) component.get("time"))).isNotNull();
	}

	static Map<String, Object> onlyComponent(HttpAnswer answer, String key) {
		List<Map<String, Object>> components = components(answer.json("checks").get(key));
		assertThat(components).hasSize(1);
		return components.get(0);
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> components(Object value) {
		assertThat(value).isInstanceOf(List.class);
		return (List<Map<String, Object>>) value;
	}

}
