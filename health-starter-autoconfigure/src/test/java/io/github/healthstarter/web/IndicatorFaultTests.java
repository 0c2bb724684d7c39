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

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.testing.EnableWithoutDependencies;
import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.ProbeLoad;
import io.github.healthstarter.testing.ProbedApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the probes of a web application whose indicators do what no indicator should.
 */
class IndicatorFaultTests {

	private static final int FLOOD = 1_000_000;

	@Test
	void probesAnswerAtOnceWhateverIndicatorsDoAndEachIsReported() {
		try (ProbedApplication application = ProbedApplication.onServlets(HostileApplication.class,
				"health.check-defaults.interval=1s", "health.check-defaults.informational-interval=1s",
				"health.check-defaults.timeout=500ms", "health.check-defaults.retry-interval=500ms");
				ProbeLoad load = ProbeLoad.on(application)) {
			application.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
				assertError(application, "hanging", "timed out after 10s, stuck for ");
				assertError(application, "speechless", "timed out after 10s, stuck for ");
				assertThat(application.get("/readyz").json("components", "flooding")).containsEntry("status", "UP");
			});
			assertError(application, "erring", "java.lang.NoClassDefFoundError: no/such/Driver");
			assertError(application, "overflowing", "java.lang.StackOverflowError");
			assertError(application, "absent", "the indicator returned null");
			HttpAnswer answer = application.get("/readyz");
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.body()).hasSizeLessThan(100_000);
			application.await().until(() -> load.readiness().size() > 60);
			assertThat(load.liveness()).extracting(ProbeLoad.Answer::status).containsOnly(200);
			assertThat(load.readiness()).extracting(ProbeLoad.Answer::status).containsOnly(200);
			load.assertNoneWasSlow();
		}
	}

	private static void assertError(ProbedApplication application, String check, String error) {
		Map<String, Object> component = application.get("/readyz").json("components", check);
		assertThat(component).containsEntry("status", "DOWN").containsEntry("impact", "informational");
		assertThat((String) component.get("error")).startsWith(error);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWithoutDependencies
	static class HostileApplication {

		private final CountDownLatch never = new CountDownLatch(1);

		@Bean
		HealthIndicator hangingHealthIndicator() {
			return this::hang;
		}

		@Bean
		HealthIndicator speechlessHealthIndicator() {
			return () -> Health.up().withDetail("value", new Object() {

				@Override
				public String toString() {
					return hang().toString();
				}

			}).build();
		}

		// No interrupt ends it
		private Health hang() {
			while (true) {
				try {
					this.never.await();
					return Health.up().build();
				}
				catch (InterruptedException ex) {
					// Once more
				}
			}
		}

		@Bean
		HealthIndicator erringHealthIndicator() {
			return () -> {
				throw new NoClassDefFoundError("no/such/Driver");
			};
		}

		@Bean
		HealthIndicator overflowingHealthIndicator() {
			return () -> overflow(0);
		}

		private Health overflow(int depth) {
			return (depth < 0) ? Health.up().build() : overflow(depth + 1);
		}

		@Bean
		@SuppressWarnings("NullAway")
		HealthIndicator absentHealthIndicator() {
			return () -> null;
		}

		@Bean
		HealthIndicator floodingHealthIndicator() {
			return () -> Health.up().withDetail("list", Collections.nCopies(FLOOD, "flood")).build();
		}

	}

}
