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

package io.github.healthstarter.body;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.healthstarter.check.CheckTransition;
import io.github.healthstarter.health.HealthTransition;

/**
 * Bodies of past changes.
 */
final class TransitionBody {

	private TransitionBody() {
	}

	static Map<String, Object> of(CheckTransition change, boolean detailed) {
		Map<String, Object> body = of(change.at(), change.from().name(), change.to().name());
		BodyValues.put(body, "reason", detailed ? change.reason() : null);
		return lasted(body, change.lasted());
	}

	static Map<String, Object> of(HealthTransition change, boolean detailed) {
		Map<String, Object> body = of(change.at(), change.from().label(), change.to().label());
		BodyValues.put(body, "reason", detailed ? change.reason() : null);
		return lasted(body, change.lasted());
	}

	private static Map<String, Object> of(Instant at, String from, String to) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("at", BodyValues.time(at));
		body.put("from", from);
		body.put("to", to);
		return body;
	}

	private static Map<String, Object> lasted(Map<String, Object> body, Duration lasted) {
		body.put("lastedMillis", lasted.toMillis());
		return body;
	}

}
