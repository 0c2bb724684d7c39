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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.healthstarter.health.HealthSnapshot;
import io.github.healthstarter.health.HealthTransition;

/**
 * Bodies of the state of the instance.
 */
public final class StateBody {

	private StateBody() {
	}

	static Map<String, Object> of(HealthSnapshot snapshot) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("status", snapshot.state().status());
		body.put("state", snapshot.state().label());
		return body;
	}

	/**
	 * Return the state of the instance and its checks, with the history of each.
	 * @param snapshot the snapshot
	 * @param history the latest changes of the state
	 * @param detailed whether the body has errors, details and reasons
	 * @return the body
	 */
	public static Map<String, Object> withChecks(HealthSnapshot snapshot, List<HealthTransition> history,
			boolean detailed) {
		Map<String, Object> body = of(snapshot);
		body.put("history", history.stream().map((change) -> TransitionBody.of(change, detailed)).toList());
		Map<String, Object> checks = new LinkedHashMap<>();
		snapshot.checks().states().forEach((check) -> checks.put(check.name(), CheckBody.withHistory(check, detailed)));
		body.put("checks", checks);
		return body;
	}

}
