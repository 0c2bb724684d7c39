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

package io.github.healthstarter.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.health.HealthSnapshot;
import io.github.healthstarter.health.HealthTransition;

/**
 * What the endpoint tells about the checks.
 *
 * @param status the status of the instance
 * @param state the state of the instance
 * @param history the latest changes of its state, the oldest first
 * @param checks the checks by their names
 */
record ChecksDescriptor(String status, String state, List<Transition> history,
		Map<String, Check> checks) implements OperationResponseBody {

	static ChecksDescriptor of(HealthSnapshot snapshot, List<HealthTransition> history) {
		Map<String, Check> checks = new LinkedHashMap<>();
		snapshot.checks().states().forEach((check) -> checks.put(check.name(), Check.of(check)));
		return new ChecksDescriptor(snapshot.state().status(), snapshot.state().label(),
				history.stream()
					.map((change) -> new Transition(change.at(), change.from().label(), change.to().label(),
							change.reason(), change.lasted()))
					.toList(),
				checks);
	}

	ChecksDescriptor withoutReasons() {
		Map<String, Check> checks = new LinkedHashMap<>();
		this.checks.forEach((name, check) -> checks.put(name, check.withoutReasons()));
		return new ChecksDescriptor(this.status, this.state, withoutReasons(this.history), checks);
	}

	private static List<Transition> withoutReasons(List<Transition> history) {
		return history.stream().map(Transition::withoutReason).toList();
	}

	/**
	 * A check.
	 *
	 * @param status its status
	 * @param impact what its failure does
	 * @param error why it is not up
	 * @param since when it came to stand there
	 * @param flapping whether it changes more often than it is calm
	 * @param history the latest changes of its status, the oldest first
	 */
	record Check(String status, String impact, @Nullable String error, Instant since, boolean flapping,
			List<Transition> history) {

		static Check of(CheckState check) {
			return new Check(check.status().code(), check.policy().impact().label(), check.error(), check.since(),
					check.history().isFlapping(),
					check.history()
						.transitions()
						.stream()
						.map((change) -> new Transition(change.at(), change.from().name(), change.to().name(),
								change.reason(), change.lasted()))
						.toList());
		}

		Check withoutReasons() {
			return new Check(this.status, this.impact, null, this.since, this.flapping,
					ChecksDescriptor.withoutReasons(this.history));
		}

	}

	/**
	 * A change.
	 *
	 * @param at when
	 * @param from what was before
	 * @param to what came after
	 * @param reason why
	 * @param lastedMillis how long that before had lasted, in milliseconds
	 */
	record Transition(Instant at, String from, String to, @Nullable String reason, long lastedMillis) {

		Transition(Instant at, String from, String to, @Nullable String reason, Duration lasted) {
			this(at, from, to, reason, lasted.toMillis());
		}

		Transition withoutReason() {
			return new Transition(this.at, this.from, this.to, null, this.lastedMillis);
		}

	}

}
