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

import java.util.Set;

import org.junit.jupiter.api.Test;

import io.github.healthstarter.check.Impact;
import io.github.healthstarter.liveness.LivenessFailure;
import io.github.healthstarter.liveness.LivenessMonitor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HealthSnapshot}.
 */
class HealthSnapshotTests {

	private final HealthSetup setup = new HealthSetup().withCheck("db", Impact.REQUIRED)
		.withCheck("redis", Impact.REQUIRED)
		.withCheck("mail", Impact.DEGRADING);

	private final HealthMonitor health = new HealthMonitor(this.setup.sources(), this.setup.time);

	private HealthSnapshot without(String... names) {
		return this.health.snapshot().without(Set.of(names));
	}

	@Test
	void withoutNothingThatIsThereIsTheSame() {
		this.setup.startApplication();
		assertThat(without()).isSameAs(this.health.snapshot());
		assertThat(without("other", "DB")).isSameAs(this.health.snapshot());
	}

	@Test
	void withoutAFailingCheckTheRestDecides() {
		this.setup.startApplication();
		this.setup.answer("redis", HealthSetup.down("refused"));
		this.setup.answer("mail", HealthSetup.down("no route"));
		assertThat(without("redis").state()).isEqualTo(HealthState.DEGRADED);
		assertThat(without("redis").reason()).isEqualTo("mail: no route");
		assertThat(without("redis").checks().find("redis")).isNull();
		assertThat(without("redis", "mail", "other").state()).isEqualTo(HealthState.RUNNING);
		assertThat(without("redis", "mail").reason()).isNull();
		assertThat(without("mail").state()).isEqualTo(HealthState.FAILING);
		assertThat(this.health.snapshot().state()).isEqualTo(HealthState.FAILING);
	}

	@Test
	void withoutACheckWhatElseHoldsStillWins() {
		this.setup.startApplication();
		this.setup.answer("redis", HealthSetup.down("refused"));
		this.setup.lifecycle.drain();
		assertThat(without("redis").state()).isEqualTo(HealthState.DRAINING);
		this.setup.signal.fail(new LivenessFailure("fake", "broken", ""));
		this.setup.time.advance(LivenessMonitor.INTERVAL);
		assertThat(without("redis").passes(Probe.LIVENESS)).isFalse();
	}

	@Test
	void withoutTheOnlyCheckThatStartupWaitsForItIsComplete() {
		this.setup.answer("redis", HealthSetup.down("refused"));
		this.setup.startChecks();
		assertThat(without("redis").passes(Probe.STARTUP)).isFalse();
		this.setup.lifecycle.ready();
		assertThat(this.health.snapshot().passes(Probe.STARTUP)).isFalse();
		assertThat(without("redis").passes(Probe.STARTUP)).isTrue();
		assertThat(without("redis").state()).isEqualTo(HealthState.RUNNING);
		assertThat(without("mail").passes(Probe.STARTUP)).isFalse();
		assertThat(without("mail").state()).isEqualTo(HealthState.FAILING);
	}

}
