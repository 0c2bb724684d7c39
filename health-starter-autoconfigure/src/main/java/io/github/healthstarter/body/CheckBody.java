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

import io.github.healthstarter.check.CheckRun;
import io.github.healthstarter.check.CheckState;

/**
 * Bodies of single checks.
 */
public final class CheckBody {

	private CheckBody() {
	}

	/**
	 * Return the body of a check among others.
	 * @param check the check
	 * @return the body
	 */
	public static Map<String, Object> of(CheckState check) {
		return of(check, true);
	}

	/**
	 * Return the body of a check with its history.
	 * @param check the check
	 * @param detailed whether it has the error, the details and the reasons of changes
	 * @return the body
	 */
	public static Map<String, Object> withHistory(CheckState check, boolean detailed) {
		Map<String, Object> body = of(check, detailed);
		body.put("history", transitions(check, detailed));
		return body;
	}

	private static Map<String, Object> of(CheckState check, boolean detailed) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("status", check.status().code());
		body.put("impact", check.policy().impact().label());
		CheckRun run = check.lastRun();
		BodyValues.put(body, "error", detailed ? check.error() : null);
		if (run != null) {
			if (run.outcome().isCompleted()) {
				body.put("latencyMillis", BodyValues.millis(run.duration()));
			}
			body.put("checkedAt", BodyValues.time(run.at()));
		}
		body.put("since", BodyValues.time(check.since()));
		if (check.consecutiveFailures() > 0) {
			body.put("consecutiveFailures", check.consecutiveFailures());
		}
		if (check.history().isFlapping()) {
			body.put("flapping", true);
		}
		if (detailed && run != null && !run.details().isEmpty()) {
			body.put("details", run.details());
		}
		return body;
	}

	private static List<Map<String, Object>> transitions(CheckState check, boolean detailed) {
		return check.history().transitions().stream().map((change) -> TransitionBody.of(change, detailed)).toList();
	}

}
