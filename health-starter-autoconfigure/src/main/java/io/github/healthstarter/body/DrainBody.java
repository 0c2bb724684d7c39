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

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.drain.ParticipantProgress;
import io.github.healthstarter.health.HealthSnapshot;

/**
 * Bodies of drains.
 */
public final class DrainBody {

	private DrainBody() {
	}

	/**
	 * Return the state of the instance and the progress of its drain.
	 * @param snapshot the snapshot
	 * @param progress the progress, {@code null} if there is no drain
	 * @param detailed whether the body names what the drain waits for
	 * @return the body
	 */
	public static Map<String, Object> of(HealthSnapshot snapshot, @Nullable DrainProgress progress, boolean detailed) {
		Map<String, Object> body = StateBody.of(snapshot);
		BodyValues.put(body, "drain", (progress != null) ? of(progress, detailed) : null);
		return body;
	}

	static Map<String, Object> of(DrainProgress progress, boolean detailed) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("trigger", progress.trigger().label());
		body.put("startedAt", BodyValues.time(progress.startedAt()));
		body.put("elapsedMillis", progress.elapsed().toMillis());
		body.put("inFlight", progress.inFlight());
		if (detailed && !progress.participants().isEmpty()) {
			body.put("participants", progress.participants().stream().map(DrainBody::participant).toList());
		}
		BodyValues.put(body, "waitingFor", detailed ? progress.waitingFor() : null);
		BodyValues.put(body, "outcome", (progress.outcome() != null) ? progress.outcome().label() : null);
		return body;
	}

	private static Map<String, Object> participant(ParticipantProgress progress) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("name", progress.name());
		BodyValues.put(body, "inFlight", progress.inFlight());
		BodyValues.put(body, "oldestMillis", (progress.oldestAge() != null) ? progress.oldestAge().toMillis() : null);
		BodyValues.put(body, "failure", progress.failure());
		return body;
	}

}
