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

package io.github.healthstarter.autoconfigure.startup;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;

import io.github.healthstarter.check.CheckCustomizer;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.health.Probe;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.EnableWithoutDependencies;
import io.github.healthstarter.testing.StartupAttempt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for properties with placeholders that only the context resolves.
 */
@Timeout(120)
class LatePropertiesTests {

	@Test
	void settingsAreThoseOfTheContext() {
		try (ConfigurableApplicationContext context = StartupAttempt.plain(WithBrokenCheck.class)
			.start("health.drain.min-wait=${later.duration}", "health.startup.await-checks=false",
					"health.liveness.signals.deadlock.enabled=false")) {
			HealthInstance instance = context.getBean(HealthInstance.class);
			assertThat(instance.settings().drain().minWait()).isEqualTo(Duration.ofSeconds(7));
			assertThat(instance.settings().deadlockSignal()).isFalse();
			Awaitility.await().until(() -> !instance.checks().snapshot().requiredHavePassed());
			assertThat(instance.health().snapshot().passes(Probe.STARTUP)).isTrue();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWithoutDependencies
	@PropertySource("classpath:startup/later.properties")
	static class WithBrokenCheck {

		@Bean
		HealthIndicator broken() {
			return () -> Health.down().build();
		}

		@Bean
		CheckCustomizer required() {
			return (name, policy) -> policy.withImpact(Impact.REQUIRED);
		}

	}

}
