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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonWriter;

import io.github.healthstarter.check.CheckSnapshot;
import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.probe.HealthSnapshot;
import io.github.healthstarter.probe.HealthState;
import io.github.healthstarter.probe.ServiceInfo;

/**
 * Writes the JSON bodies. A body is written once for a snapshot and kept until the next,
 * so that a probe costs no more than handing it out.
 */
final class HealthBodies {

	private static final JsonWriter<Object> WRITER = JsonWriter.standard();

	private final Map<HealthState, byte[]> summaries = new EnumMap<>(HealthState.class);

	private final DetailedBody detailed;

	private final DrainController drain;

	private volatile @Nullable Written latest;

	/**
	 * Create the bodies of an application.
	 * @param service what they say about the application itself
	 * @param drain what they say about a drain
	 */
	HealthBodies(ServiceInfo service, DrainController drain) {
		this.detailed = new DetailedBody(service);
		this.drain = drain;
		Arrays.stream(HealthState.values()).forEach((state) -> this.summaries.put(state, write(summary(state))));
	}

	byte[] body(HealthSnapshot snapshot, boolean trusted) {
		if (!trusted) {
			return Objects.requireNonNull(this.summaries.get(snapshot.state()));
		}
		DrainProgress progress = this.drain.progress();
		if (progress != null) {
			return write(this.detailed.of(snapshot, progress));
		}
		Written latest = this.latest;
		if (latest == null || !latest.isOf(snapshot)) {
			latest = new Written(snapshot, write(this.detailed.of(snapshot, null)));
			this.latest = latest;
		}
		return latest.body();
	}

	byte[] check(CheckState check, boolean trusted) {
		return write(trusted ? DetailedBody.component(check) : Map.of("status", check.status().code()));
	}

	byte[] unknownCheck(CheckSnapshot checks) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("error", "there is no check of that name");
		body.put("checks", checks.states().stream().map(CheckState::name).toList());
		return write(body);
	}

	byte[] drain(HealthSnapshot snapshot, @Nullable DrainProgress progress) {
		Map<String, Object> body = summary(snapshot.state());
		if (progress != null) {
			body.put("drain", DetailedBody.drain(progress));
		}
		return write(body);
	}

	byte[] maintenance(HealthSnapshot snapshot) {
		Map<String, Object> body = summary(snapshot.state());
		body.putAll(DetailedBody.mode(snapshot.mode()));
		return write(body);
	}

	byte[] error(String error) {
		return write(Map.of("error", error));
	}

	private static Map<String, Object> summary(HealthState state) {
		Map<String, Object> summary = new LinkedHashMap<>();
		summary.put("status", state.status());
		summary.put("state", state.label());
		return summary;
	}

	private static byte[] write(Object body) {
		// JsonWriter's own bytes have a question mark for what is beyond the BMP
		return WRITER.write(body).toJsonString().getBytes(StandardCharsets.UTF_8);
	}

	@SuppressWarnings("ArrayRecordComponent")
	private record Written(HealthSnapshot snapshot, byte[] body) {

		@SuppressWarnings("ReferenceEquality")
		boolean isOf(HealthSnapshot other) {
			return this.snapshot == other;
		}

	}

}
