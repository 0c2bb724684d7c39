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

package io.github.healthstarter.traffic;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.testing.Race;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Probers}.
 */
@Timeout(30)
class ProbersTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final ManualTime time = new ManualTime();

	private final Probers probers = new Probers(this.time);

	@Test
	void arePresentWithoutAnyIsFalse() {
		assertThat(this.probers.isAnyPresent()).isFalse();
		assertThat(this.probers.awaited(3)).isZero();
	}

	@Test
	void arePresentWhenOneOfManyAddressesIsSteady() {
		for (int i = 0; i < 5; i++) {
			this.time.advance(SECOND);
			this.probers.recordProbe("10.0.0.1", false);
			this.probers.recordProbe("10.0.1." + i, false);
		}
		assertThat(this.probers.isAnyPresent()).isTrue();
		assertThat(this.probers.awaited(3)).isEqualTo(1);
	}

	@Test
	void awaitedCountsEachProberForItself() {
		askSteadily(4, false, "10.0.0.1", "10.0.0.2");
		assertThat(this.probers.awaited(2)).isEqualTo(2);
		askSteadily(1, true, "10.0.0.1", "10.0.0.2");
		assertThat(this.probers.awaited(2)).isEqualTo(2);
		askSteadily(1, true, "10.0.0.1");
		assertThat(this.probers.awaited(2)).isEqualTo(1);
		askSteadily(1, true, "10.0.0.2");
		assertThat(this.probers.awaited(2)).isZero();
	}

	@Test
	void recordProbeByMoreAddressesThanAreRememberedKeepsTheFirst() {
		askSteadily(3, false, "10.0.0.1");
		for (int i = 0; i < 10 * Probers.MAX_PROBERS; i++) {
			this.probers.recordProbe("10.1." + i / 256 + "." + i % 256, false);
		}
		assertThat(this.probers.remembered()).isEqualTo(Probers.MAX_PROBERS);
		assertThat(this.probers.awaited(3)).isEqualTo(1);
	}

	@Test
	void recordProbeWhenFullOfSilentAddressesMakesRoom() {
		for (int i = 0; i < Probers.MAX_PROBERS; i++) {
			this.probers.recordProbe("10.1.0." + i, false);
		}
		this.time.advance(SECOND);
		askSteadily(4, false, "10.0.0.1");
		assertThat(this.probers.remembered()).isEqualTo(1);
		assertThat(this.probers.awaited(3)).isEqualTo(1);
	}

	@Test
	void recordProbeByManyThreadsStaysBounded() throws Exception {
		int threads = 4;
		Callable<Integer> flood = () -> {
			for (int i = 0; i < 2_000; i++) {
				this.probers.recordProbe(Thread.currentThread().getId() + "/" + i, false);
			}
			return this.probers.remembered();
		};
		assertThat(Race.run(List.of(flood, flood, flood, flood)))
			.allSatisfy((size) -> assertThat(size).isLessThan(Probers.MAX_PROBERS + threads));
	}

	private void askSteadily(int times, boolean draining, String... addresses) {
		for (int i = 0; i < times; i++) {
			this.time.advance(SECOND);
			for (String address : addresses) {
				this.probers.recordProbe(address, draining);
			}
		}
	}

}
