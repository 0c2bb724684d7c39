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

import org.junit.jupiter.api.Test;

import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Probers}.
 */
class ProbersTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final ProberKey PROXY = new ProberKey("10.0.0.1", null, "/readyz", "");

	private final ManualTime time = new ManualTime();

	private final Probers probers = new Probers(this.time);

	@Test
	void isAnyPresentWithoutAnyIsFalse() {
		assertThat(this.probers.isAnyPresent()).isFalse();
		assertThat(this.probers.awaited(3)).isZero();
	}

	@Test
	void isAnyPresentWhenOneOfManyAddressesIsSteady() {
		for (int i = 0; i < 5; i++) {
			this.time.advance(SECOND);
			this.probers.recordProbe(PROXY, false);
			this.probers.recordProbe(new ProberKey("10.0.1." + i, null, "/readyz", ""), false);
		}
		assertThat(this.probers.isAnyPresent()).isTrue();
		assertThat(this.probers.awaited(3)).isEqualTo(1);
	}

	@Test
	void awaitedCountsEachProberForItself() {
		ProberKey[] keys = { PROXY, new ProberKey("10.0.0.2", null, "/readyz", ""),
				new ProberKey("10.0.0.1", "192.0.2.1", "/readyz", ""), new ProberKey("10.0.0.1", "", "/readyz", ""),
				new ProberKey("10.0.0.1", null, "/readyz/write", ""),
				new ProberKey("10.0.0.1", null, "/readyz", "kube-probe/1.33") };
		askSteadily(4, false, keys);
		assertThat(this.probers.awaited(2)).isEqualTo(keys.length);
		askSteadily(1, true, keys);
		assertThat(this.probers.awaited(2)).isEqualTo(keys.length);
		for (int i = 0; i < keys.length; i++) {
			this.probers.recordProbe(keys[i], true);
			assertThat(this.probers.awaited(2)).isEqualTo(keys.length - 1 - i);
		}
	}

	@Test
	void awaitedCountsAProxyWhoseFailuresOthersHaveSeenThroughIt() {
		ProberKey monitor = new ProberKey("10.0.0.1", "192.0.2.1", "/readyz", "");
		for (int i = 0; i < 100; i++) {
			this.time.advance(Duration.ofMillis(100));
			this.probers.recordProbe(monitor, false);
			if (i % 20 == 0) {
				this.probers.recordProbe(PROXY, false);
			}
		}
		for (int i = 0; i < 10; i++) {
			this.probers.recordProbe(monitor, true);
		}
		assertThat(this.probers.awaited(3)).isEqualTo(1);
		for (int i = 0; i < 3; i++) {
			assertThat(this.probers.awaited(3)).isEqualTo(1);
			this.time.advance(SECOND);
			this.probers.recordProbe(PROXY, true);
		}
		assertThat(this.probers.awaited(3)).isZero();
	}

	private void askSteadily(int times, boolean draining, ProberKey... keys) {
		for (int i = 0; i < times; i++) {
			this.time.advance(SECOND);
			for (ProberKey key : keys) {
				this.probers.recordProbe(key, draining);
			}
		}
	}

}
