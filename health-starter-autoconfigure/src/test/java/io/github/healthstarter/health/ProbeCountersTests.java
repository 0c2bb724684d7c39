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

import java.util.List;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.healthstarter.testing.Race;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProbeCounters}.
 */
@Timeout(30)
class ProbeCountersTests {

	private final ProbeCounters counters = new ProbeCounters();

	@Test
	void countAtFirstIsZero() {
		for (Probe probe : Probe.values()) {
			assertThat(this.counters.count(probe, true)).isZero();
			assertThat(this.counters.count(probe, false)).isZero();
		}
	}

	@Test
	void answeredCountsForProbeAndResultAlone() {
		int times = 0;
		for (Probe probe : Probe.values()) {
			for (boolean passes : new boolean[] { true, false }) {
				times++;
				for (int i = 0; i < times; i++) {
					this.counters.answered(probe, passes);
				}
			}
		}
		assertThat(this.counters.count(Probe.LIVENESS, true)).isEqualTo(1);
		assertThat(this.counters.count(Probe.LIVENESS, false)).isEqualTo(2);
		assertThat(this.counters.count(Probe.READINESS, true)).isEqualTo(3);
		assertThat(this.counters.count(Probe.READINESS, false)).isEqualTo(4);
		assertThat(this.counters.count(Probe.STARTUP, true)).isEqualTo(5);
		assertThat(this.counters.count(Probe.STARTUP, false)).isEqualTo(6);
	}

	@Test
	void answeredByManyThreadsLosesNone() throws Exception {
		Callable<Boolean> load = () -> {
			for (int i = 0; i < 100_000; i++) {
				this.counters.answered(Probe.READINESS, true);
			}
			return true;
		};
		Race.run(List.of(load, load, load));
		assertThat(this.counters.count(Probe.READINESS, true)).isEqualTo(300_000);
	}

}
