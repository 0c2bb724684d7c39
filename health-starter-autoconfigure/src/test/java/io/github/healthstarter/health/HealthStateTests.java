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

package io.github.healthstarter.health;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.healthstarter.lifecycle.LifecyclePhase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HealthState}, against the table of the contract.
 */
class HealthStateTests {

	static List<HealthConditions> conditions() {
		List<HealthConditions> all = new ArrayList<>();
		for (LifecyclePhase phase : LifecyclePhase.values()) {
			for (int bits = 0; bits < 32; bits++) {
				all.add(new HealthConditions(HealthState.STARTING, phase, (bits & 1) != 0, (bits & 2) != 0,
						(bits & 4) != 0, (bits & 8) != 0, (bits & 16) != 0));
			}
		}
		return all;
	}

	@ParameterizedTest
	@MethodSource("conditions")
	void ofIsTheLowestRowThatHolds(HealthConditions conditions) {
		assertThat(HealthState.of(conditions)).isEqualTo(lowestRow(conditions));
	}

	@Test
	void ofCoversEveryState() {
		assertThat(conditions().stream().map(HealthState::of).distinct())
			.containsExactlyInAnyOrder(HealthState.values());
	}

	// The rows of the contract's table from top to bottom, each overwriting the one above
	private static HealthState lowestRow(HealthConditions conditions) {
		boolean started = conditions.phase() == LifecyclePhase.RUNNING;
		HealthState state = started ? HealthState.RUNNING : HealthState.STARTING;
		if (conditions.degraded() && started) {
			state = HealthState.DEGRADED;
		}
		if (conditions.readOnly() && started) {
			state = HealthState.READ_ONLY;
		}
		if (conditions.failing()) {
			state = HealthState.FAILING;
		}
		if (conditions.refusing()) {
			state = HealthState.MAINTENANCE;
		}
		if (conditions.phase() == LifecyclePhase.DRAINING) {
			state = HealthState.DRAINING;
		}
		if (conditions.phase() == LifecyclePhase.STOPPING) {
			state = HealthState.STOPPING;
		}
		if (!conditions.alive()) {
			state = HealthState.BROKEN;
		}
		if (conditions.phase() == LifecyclePhase.FAILED) {
			state = HealthState.FAILED;
		}
		return state;
	}

	@ParameterizedTest
	@CsvSource({ "STARTING, starting, OUT_OF_SERVICE, true, false", "RUNNING, running, UP, true, true",
			"DEGRADED, degraded, DEGRADED, true, true", "READ_ONLY, read-only, DEGRADED, true, true",
			"FAILING, failing, DOWN, true, false", "MAINTENANCE, maintenance, OUT_OF_SERVICE, true, false",
			"DRAINING, draining, OUT_OF_SERVICE, true, false", "STOPPING, stopping, OUT_OF_SERVICE, true, false",
			"BROKEN, broken, DOWN, false, false", "FAILED, failed, DOWN, true, false" })
	void eachStateAnswersAsInTheTable(HealthState state, String label, String status, boolean live, boolean ready) {
		assertThat(state.label()).isEqualTo(label);
		assertThat(state.status()).isEqualTo(status);
		assertThat(state.isLive()).isEqualTo(live);
		assertThat(state.isReady()).isEqualTo(ready);
	}

	@Test
	void orderIsThatOfPrecedence() {
		assertThat(HealthState.values()).containsExactly(HealthState.STARTING, HealthState.RUNNING,
				HealthState.DEGRADED, HealthState.READ_ONLY, HealthState.FAILING, HealthState.MAINTENANCE,
				HealthState.DRAINING, HealthState.STOPPING, HealthState.BROKEN, HealthState.FAILED);
	}

}
