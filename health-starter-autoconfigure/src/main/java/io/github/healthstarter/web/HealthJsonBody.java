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

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.body.BodyValues;
import io.github.healthstarter.check.CheckRun;
import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.health.HealthSnapshot;
import io.github.healthstarter.health.HealthState;
import io.github.healthstarter.health.ServiceInfo;
import io.github.healthstarter.instance.HealthInstance;

/**
 * The body of the IETF draft {@code draft-inadarei-api-health-check-06}, as a tree of
 * maps, lists and plain values. Its status goes with the code of the answer: {@code fail}
 * if the probe fails, {@code warn} if it passes although the instance is not simply up.
 */
final class HealthJsonBody {

	private final HealthInstance instance;

	HealthJsonBody(HealthInstance instance) {
		this.instance = instance;
	}

	Map<String, Object> of(ProbeAnswer answer) {
		HealthSnapshot snapshot = answer.snapshot();
		HealthJsonStatus status = status(answer);
		ServiceInfo service = this.instance.service();
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("status", status.label());
		BodyValues.put(body, "version", service.version());
		BodyValues.put(body, "releaseId", service.commit());
		BodyValues.put(body, "serviceId", service.name());
		BodyValues.put(body, "description", (service.name() != null) ? "health of " + service.name() : null);
		body.put("notes", notes(answer));
		BodyValues.put(body, "output", (status != HealthJsonStatus.PASS) ? snapshot.reason() : null);
		body.put("checks", checks(snapshot.checks().states()));
		return body;
	}

	static Map<String, Object> of(CheckState check) {
		Map<String, Object> body = new LinkedHashMap<>();
		HealthJsonStatus status = status(check);
		body.put("status", status.label());
		BodyValues.put(body, "output", output(check, status));
		body.put("checks", checks(List.of(check)));
		return body;
	}

	static HealthJsonStatus status(ProbeAnswer answer) {
		return HealthJsonStatus.of(answer.passes(), answer.snapshot().state() == HealthState.RUNNING);
	}

	static HealthJsonStatus status(CheckState check) {
		return HealthJsonStatus.of(check.isPassing(), !check.status().isRestricted());
	}

	private List<String> notes(ProbeAnswer answer) {
		List<String> notes = new ArrayList<>();
		notes.add("state: " + answer.snapshot().state().label());
		if (this.instance.service().instance() != null) {
			notes.add("instance: " + this.instance.service().instance());
		}
		answer.whole()
			.checks()
			.states()
			.stream()
			.filter((check) -> answer.query().excluded().contains(check.name()))
			.forEach((check) -> notes.add("excluded: " + check.name()));
		return notes;
	}

	// Names that differ in nothing but a colon share a key, as the nodes of a cluster do
	private static Map<String, List<Object>> checks(Collection<CheckState> states) {
		Map<String, List<Object>> checks = new LinkedHashMap<>();
		for (CheckState check : states) {
			String key = check.name().replace(':', '-') + ":responseTime";
			checks.computeIfAbsent(key, (name) -> new ArrayList<>()).add(component(check));
		}
		return checks;
	}

	private static Map<String, Object> component(CheckState check) {
		Map<String, Object> component = new LinkedHashMap<>();
		component.put("componentId", check.name());
		component.put("componentType", "component");
		HealthJsonStatus status = status(check);
		CheckRun run = check.lastRun();
		if (run != null && run.outcome().isCompleted()) {
			component.put("observedValue", BodyValues.millis(run.duration()));
			component.put("observedUnit", "ms");
		}
		component.put("status", status.label());
		BodyValues.put(component, "time", (run != null) ? BodyValues.time(run.at()) : null);
		BodyValues.put(component, "output", output(check, status));
		component.put("impact", check.policy().impact().label());
		return component;
	}

	private static @Nullable String output(CheckState check, HealthJsonStatus status) {
		return (status != HealthJsonStatus.PASS) ? check.reason() : null;
	}

}
