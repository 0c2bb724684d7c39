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
import java.util.Map;

import io.github.healthstarter.health.HealthSnapshot;
import io.github.healthstarter.mode.ModeState;

/**
 * Bodies of modes.
 */
public final class ModeBody {

	private ModeBody() {
	}

	/**
	 * Return the state of the instance and its mode.
	 * @param snapshot the snapshot
	 * @param detailed whether the body has the reason and the operator
	 * @return the body
	 */
	public static Map<String, Object> of(HealthSnapshot snapshot, boolean detailed) {
		Map<String, Object> body = StateBody.of(snapshot);
		body.putAll(of(snapshot.mode(), detailed));
		return body;
	}

	static Map<String, Object> of(ModeState state, boolean detailed) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("mode", state.mode().label());
		BodyValues.put(body, "reason", detailed ? state.reason() : null);
		BodyValues.put(body, "by", detailed ? state.by() : null);
		body.put("since", BodyValues.time(state.since()));
		BodyValues.put(body, "until", (state.until() != null) ? BodyValues.time(state.until()) : null);
		return body;
	}

}
