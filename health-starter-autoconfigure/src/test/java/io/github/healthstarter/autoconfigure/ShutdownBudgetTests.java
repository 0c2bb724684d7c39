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

package io.github.healthstarter.autoconfigure;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ShutdownBudget}.
 */
class ShutdownBudgetTests {

	private static final String GRACE_PERIOD = "health.kubernetes.termination-grace-period=";

	@Test
	void drainWebServerAndBeansAreAddedUp() {
		assertThat(budget().neededSeconds()).isEqualTo(50);
		assertThat(budget("spring.lifecycle.timeout-per-shutdown-phase=10s").neededSeconds()).isEqualTo(30);
		assertThat(budget("health.drain.max-wait=20s").neededSeconds()).isEqualTo(55);
	}

	@Test
	void webServerThatDoesNotWaitNeedsNoTime() {
		assertThat(budget("server.shutdown=immediate").neededSeconds()).isEqualTo(20);
	}

	@Test
	void partOfASecondIsRoundedUp() {
		assertThat(budget("health.drain.max-wait=15001ms").neededSeconds()).isEqualTo(51);
	}

	@Test
	void whatIsNeededFits() {
		assertThat(budget().fits()).isFalse();
		assertThat(budget(GRACE_PERIOD + "49s").fits()).isFalse();
		assertThat(budget(GRACE_PERIOD + "50s").fits()).isTrue();
	}

	@Test
	void gracePeriodIsHeldWhereItIsSet() {
		assertThat(budget().isHeld()).isFalse();
		assertThat(budget().gracePeriod()).isEqualTo(Duration.ofSeconds(30));
		assertThat(budget(GRACE_PERIOD + "30s").isHeld()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "50s, 15s", "45s, 15s", "40s, 15s", "20s, 10s", "4s, 2s" })
	void drainHasWhatOthersLeaveAndAtLeastHalf(String gracePeriod, String maxWait) {
		assertThat(budget(GRACE_PERIOD + gracePeriod).drain().maxWait()).isEqualTo(duration(maxWait));
	}

	@Test
	void drainEndsEarlierWhereThatLeavesTheWebServerItsTime() {
		assertThat(budget(GRACE_PERIOD + "30s", "health.drain.max-wait=25s",
				"spring.lifecycle.timeout-per-shutdown-phase=5s")
			.drain()
			.maxWait()).isEqualTo(Duration.ofSeconds(20));
	}

	@Test
	void shortestWaitIsKept() {
		assertThat(budget(GRACE_PERIOD + "10s", "health.drain.min-wait=8s").drain().maxWait())
			.isEqualTo(Duration.ofSeconds(8));
	}

	@Test
	void guessCutsNothingShort() {
		assertThat(budget("health.drain.max-wait=5m").drain().maxWait()).isEqualTo(Duration.ofMinutes(5));
	}

	@Test
	void warningHasTheLineForTheManifest() {
		assertThat(budget().warning()).contains("50s (15s of 'health.drain.max-wait'", "with the value '30s'",
				"terminationGracePeriodSeconds: 50,", "health.kubernetes.termination-grace-period=50s");
	}

	private static Duration duration(String value) {
		return Duration.parse("PT" + value);
	}

	private static ShutdownBudget budget(String... properties) {
		MockEnvironment environment = new MockEnvironment();
		for (String property : properties) {
			String[] parts = property.split("=", 2);
			environment.setProperty(parts[0], parts[1]);
		}
		return ShutdownBudget.of(HealthProperties.bind(environment), environment);
	}

}
