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
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.mock.env.MockEnvironment;

import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.autoconfigure.server.ProbeServerFactory;
import io.github.healthstarter.check.CheckCustomizer;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.health.Probe;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.instance.InstanceSettings;
import io.github.healthstarter.testing.EnableWithoutDependencies;
import io.github.healthstarter.testing.ManualInstance;
import io.github.healthstarter.testing.ManualTime;
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

	@ParameterizedTest
	@ValueSource(strings = { "spring.lifecycle.timeout-per-shutdown-phase=${later.duration}",
			"server.shutdown=${later.shutdown}", "server.port=${later.port}", "management.server.port=${later.port}" })
	void applicationStarts(String property) {
		try (ConfigurableApplicationContext context = StartupAttempt.onServlets(WithSource.class)
			.start(property, "health.server.port=0")) {
			assertIsReady(context);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "health.enabled=${later.yes}", "health.reload.signal=${later.no}" })
	void applicationWithoutAProbeServerStarts(String property) {
		try (ConfigurableApplicationContext context = StartupAttempt.plain(WithSource.class).start(property)) {
			assertIsReady(context);
		}
	}

	@Test
	void serviceIsDescribedByTheContext() {
		try (ConfigurableApplicationContext context = StartupAttempt.plain(WithSource.class)
			.start("spring.application.version=${later.text}")) {
			assertThat(context.getBean(HealthInstance.class).service().version()).isEqualTo("1.2.3");
		}
	}

	@Test
	void nothingIsLeftIfTheContextDisablesTheStarter() {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		try (ConfigurableApplicationContext context = StartupAttempt.plain(WithSource.class)
			.start("health.enabled=${later.no}")) {
			assertThat(context.isActive()).isTrue();
			Awaitility.await()
				.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
					.filteredOn((thread) -> !before.contains(thread))
					.extracting(Thread::getName)
					.noneMatch((name) -> name.startsWith("health-")));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.port", "management.server.port" })
	void probeServerMayHaveThePortThatIsTheDefaultOfAnUnknownOne(String property) {
		MockEnvironment environment = new MockEnvironment().withProperty("health.server.port", "8080")
			.withProperty("server.port", "8090")
			.withProperty(property, "${later.port}");
		HealthProperties properties = HealthProperties.bind(environment);
		HealthInstance instance = ManualInstance.create(new ManualTime(), InstanceSettings.DEFAULT);
		assertThat(new ProbeServerFactory(new SpringApplication(), environment).create(instance, properties))
			.isNotNull();
	}

	private static void assertIsReady(ConfigurableApplicationContext context) {
		HealthInstance instance = context.getBean(HealthInstance.class);
		Awaitility.await().until(() -> instance.health().snapshot().passes(Probe.READINESS));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWithoutDependencies
	@PropertySource("classpath:startup/later.properties")
	static class WithSource {

	}

	@Configuration(proxyBeanMethods = false)
	static class WithBrokenCheck extends WithSource {

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
