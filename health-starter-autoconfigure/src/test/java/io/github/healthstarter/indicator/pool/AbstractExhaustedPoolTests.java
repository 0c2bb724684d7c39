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

package io.github.healthstarter.indicator.pool;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

import io.github.healthstarter.indicator.IndicatorCall;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contract of {@link PoolRule} for real pools of real servers, which can be checked
 * outside the pool.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class AbstractExhaustedPoolTests {

	protected static final Duration TIMEOUT = Duration.ofSeconds(4);

	private static final Duration LIMIT = Duration.ofSeconds(20);

	/**
	 * Creates the indicator, with the timeout.
	 */
	protected abstract HealthIndicator indicator();

	/**
	 * Takes every connection of the pool, until closed.
	 */
	protected abstract AutoCloseable exhaust() throws Exception;

	protected abstract String shortage();

	protected abstract void stopServer();

	protected abstract void startServer();

	@Test
	void healthWhenPoolIsExhaustedIsDegradedEachTimeAndInTime() throws Exception {
		HealthIndicator indicator = indicator();
		assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
		try (AutoCloseable leases = exhaust()) {
			assertThat(leases).isNotNull();
			for (int i = 0; i < 3; i++) {
				Health health = IndicatorCall.onPlatformThread(indicator).result(TIMEOUT);
				assertThat(health.getStatus().getCode()).as("%s", health).isEqualTo("DEGRADED");
				assertThat(error(health)).isEqualTo(shortage());
			}
		}
		awaitUp(indicator);
	}

	@Test
	void healthWhenPoolIsExhaustedAndServerIsGoneIsDownWithBothReasons() throws Exception {
		HealthIndicator indicator = indicator();
		assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
		try (AutoCloseable leases = exhaust()) {
			assertThat(leases).isNotNull();
			stopServer();
			Health health = IndicatorCall.onPlatformThread(indicator).result(TIMEOUT);
			assertThat(health.getStatus()).as("%s", health).isEqualTo(Status.DOWN);
			assertThat(error(health)).containsIgnoringCase("connection refused").endsWith("; " + shortage());
			startServer();
			assertThat(indicator.health().getStatus().getCode()).isEqualTo("DEGRADED");
		}
		awaitUp(indicator);
	}

	@Test
	void healthWhenPoolIsFreeAndServerIsGoneIsDown() throws Exception {
		HealthIndicator indicator = indicator();
		stopServer();
		Health health = IndicatorCall.onPlatformThread(indicator).result(LIMIT);
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(error(health)).containsIgnoringCase("connection refused").doesNotContain(shortage());
		startServer();
		awaitUp(indicator);
	}

	private static void awaitUp(HealthIndicator indicator) {
		Awaitility.await()
			.atMost(LIMIT)
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(600))
			.until(() -> indicator.health().getStatus().equals(Status.UP));
	}

	private static String error(Health health) {
		return String.valueOf(health.getDetails().get("error"));
	}

}
