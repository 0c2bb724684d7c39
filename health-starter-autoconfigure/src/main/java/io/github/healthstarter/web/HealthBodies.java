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
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.body.CheckBody;
import io.github.healthstarter.body.InstanceBody;
import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.health.HealthSnapshot;
import io.github.healthstarter.health.HealthState;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.traffic.RequestLoad;
import io.github.healthstarter.traffic.TrafficSummary;

/**
 * Writes the bodies of the probes in each format. A body is written once for a snapshot
 * and kept until the next, or until the summary of the traffic changes, so that a probe
 * costs no more than handing it out.
 */
final class HealthBodies {

	private static final byte[] OK = bytes(PlainBody.OK);

	private final Map<HealthState, byte[]> summaries = new EnumMap<>(HealthState.class);

	private final Map<HealthJsonStatus, byte[]> statuses = new EnumMap<>(HealthJsonStatus.class);

	private final InstanceBody detailed;

	private final HealthJsonBody healthJson;

	private final SnapshotBodies others = new SnapshotBodies();

	private final DrainController drain;

	private final RequestLoad requests;

	private volatile @Nullable Written latest;

	/**
	 * Create the bodies of an application.
	 * @param instance the instance
	 */
	HealthBodies(HealthInstance instance) {
		this.detailed = new InstanceBody(instance);
		this.healthJson = new HealthJsonBody(instance);
		this.drain = instance.drain();
		this.requests = instance.traffic().requests();
		for (HealthState state : HealthState.values()) {
			this.summaries.put(state,
					bytes("{\"status\":\"" + state.status() + "\",\"state\":\"" + state.label() + "\"}"));
		}
		for (HealthJsonStatus status : HealthJsonStatus.values()) {
			this.statuses.put(status, bytes("{\"status\":\"" + status.label() + "\"}"));
		}
	}

	byte[] body(ProbeAnswer answer, Format format, boolean trusted) {
		if (!trusted) {
			return summary(answer, format);
		}
		if (format == Format.JSON) {
			boolean kept = answer.isOfTheWhole() && !answer.isOfStartup();
			return kept ? json(answer.whole()) : written(answer);
		}
		return answer.isOfTheWhole() ? this.others.get(answer, format, () -> other(answer, format))
				: other(answer, format);
	}

	private byte[] summary(ProbeAnswer answer, Format format) {
		return switch (format) {
			case JSON -> Objects.requireNonNull(this.summaries.get(answer.snapshot().state()));
			case HEALTH_JSON -> statusOf(HealthJsonBody.status(answer));
			case PLAIN -> answer.passes() ? OK : bytes(PlainBody.verdict(answer.name(), false));
		};
	}

	private byte[] other(ProbeAnswer answer, Format format) {
		return (format == Format.PLAIN) ? bytes(PlainBody.of(answer)) : Json.write(this.healthJson.of(answer));
	}

	private byte[] written(ProbeAnswer answer) {
		Map<String, Object> body = this.detailed.of(answer.snapshot(), this.requests.summary(), this.drain.progress());
		// Since when a state would hold that does not hold is not known
		if (answer.snapshot().state() != answer.whole().state()) {
			body.remove("since");
		}
		if (answer.isOfStartup() && answer.whole().started()) {
			body.put("startup", this.detailed.startup(answer.whole()));
		}
		return Json.write(body);
	}

	private byte[] json(HealthSnapshot snapshot) {
		TrafficSummary traffic = this.requests.summary();
		DrainProgress progress = this.drain.progress();
		if (progress != null || !snapshot.startOver()) {
			return Json.write(this.detailed.of(snapshot, traffic, progress));
		}
		Written latest = this.latest;
		if (latest == null || !latest.isOf(snapshot, traffic)) {
			latest = new Written(snapshot, traffic, Json.write(this.detailed.of(snapshot, traffic, null)));
			this.latest = latest;
		}
		return latest.body();
	}

	byte[] check(CheckState check, Format format, boolean verbose) {
		return switch (format) {
			case JSON -> Json.write(CheckBody.withHistory(check, true));
			case HEALTH_JSON -> Json.write(HealthJsonBody.of(check));
			case PLAIN -> bytes(PlainBody.of(check, verbose));
		};
	}

	byte[] checkSummary(CheckState check, Format format) {
		return switch (format) {
			case JSON -> Json.write(Map.of("status", check.status().code()));
			case HEALTH_JSON -> statusOf(HealthJsonBody.status(check));
			case PLAIN -> check.isPassing() ? OK : bytes(PlainBody.verdict(check));
		};
	}

	private byte[] statusOf(HealthJsonStatus status) {
		return Objects.requireNonNull(this.statuses.get(status));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@SuppressWarnings("ArrayRecordComponent")
	private record Written(HealthSnapshot snapshot, TrafficSummary traffic, byte[] body) {

		@SuppressWarnings("ReferenceEquality")
		boolean isOf(HealthSnapshot other, TrafficSummary traffic) {
			return this.snapshot == other && this.traffic.equals(traffic);
		}

	}

}
