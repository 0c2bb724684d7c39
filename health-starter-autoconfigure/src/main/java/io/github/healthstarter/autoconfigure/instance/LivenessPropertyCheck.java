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

package io.github.healthstarter.autoconfigure.instance;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

import io.github.healthstarter.autoconfigure.InvalidPropertyException;
import io.github.healthstarter.check.CheckSnapshot;

/**
 * Refuses whatever is configured under {@code health.liveness} beside its own properties:
 * it is meant to make liveness depend on something outside the process.
 */
final class LivenessPropertyCheck {

	private static final String PREFIX = "health.liveness";

	// Compared without separators, because in the name of an environment variable a dash
	// and a dot look alike
	private static final String KNOWN = "path|additionalpaths\\d*|signals(deadlock|webserver)enabled"
			+ "|signalsrequestexecutor(enabled|stuckafter)";

	private LivenessPropertyCheck() {
	}

	static void check(Environment environment) {
		Map<String, Object> properties = Binder.get(environment)
			.bind(PREFIX, Bindable.mapOf(String.class, Object.class))
			.orElseGet(Map::of);
		flatten("", properties).forEach((name, value) -> {
			boolean set = !"".equals(value);
			if (set && !CheckSnapshot.canonical(name).matches(KNOWN)) {
				throw refusal(PREFIX + name, value);
			}
		});
	}

	private static Map<String, Object> flatten(String prefix, Map<?, ?> properties) {
		Map<String, Object> flat = new LinkedHashMap<>();
		properties.forEach((key, value) -> {
			String name = prefix + "." + key;
			if (value instanceof Map<?, ?> nested) {
				flat.putAll(flatten(name, nested));
			}
			else {
				flat.put(name, value);
			}
		});
		return flat;
	}

	private static InvalidPropertyException refusal(String property, Object value) {
		return new InvalidPropertyException(property, value,
				"is nothing that liveness can depend on: it looks inside the process alone, because restarting the"
						+ " process mends nothing outside it.",
				"Remove the property. What is outside the process belongs under 'health.checks', as in"
						+ " 'health.checks.db.impact=required'. The properties of liveness are"
						+ " 'health.liveness.path', 'health.liveness.additional-paths' and those"
						+ " of 'health.liveness.signals.deadlock', 'health.liveness.signals.web-server' and"
						+ " 'health.liveness.signals.request-executor'.");
	}

}
