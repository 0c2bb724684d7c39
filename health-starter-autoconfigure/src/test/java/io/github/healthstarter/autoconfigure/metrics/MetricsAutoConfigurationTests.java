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

package io.github.healthstarter.autoconfigure.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.metrics.HealthMetrics;
import io.github.healthstarter.testing.StarterContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class MetricsAutoConfigurationTests {

	private static final String INTERVAL = "health.check-defaults.informational-interval=50ms";

	private final ApplicationContextRunner runner = StarterContext.runner()
		.withConfiguration(
				AutoConfigurations.of(MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class))
		.withPropertyValues(INTERVAL);

	@Test
	void metersExistWhereARegistryDoes() {
		this.runner.withUserConfiguration(Registry.class).run((context) -> {
			assertThat(context).hasSingleBean(HealthMetrics.class);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.find("health.state").gauges()).isNotEmpty();
			await().untilAsserted(
					() -> assertThat(registry.find("health.check.up").tag("check", "ping").gauge()).isNotNull());
		});
	}

	@Test
	void metersAreInEveryRegistry() {
		this.runner.withUserConfiguration(Registry.class, SecondRegistry.class).run((context) -> {
			assertThat(context).hasNotFailed();
			context.getBeansOfType(SimpleMeterRegistry.class)
				.values()
				.forEach((registry) -> await()
					.untilAsserted(() -> assertThat(registry.find("health.check.up").gauges()).hasSize(1)));
		});
	}

	@Test
	void registryThatComesLateHasTheMetersOfChecksThatRunAlready() {
		StarterContext.runner()
			.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class))
			.withPropertyValues(INTERVAL)
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(MeterRegistry.class);
				MeterRegistry late = new SimpleMeterRegistry();
				context.getBean(HealthMetrics.class).bindTo(late);
				await().untilAsserted(
						() -> assertThat(late.find("health.check.up").tag("check", "ping").gauge()).isNotNull());
			});
	}

	@Test
	void metersAreAbsentWithoutMicrometer() {
		StarterContext.runner()
			.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthMetrics.class));
	}

	@Test
	void metersAreAbsentWhenDisabled() {
		this.runner.withUserConfiguration(Registry.class)
			.withPropertyValues("health.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HealthMetrics.class));
	}

	@Configuration(proxyBeanMethods = false)
	static class Registry {

		@Bean
		SimpleMeterRegistry registry() {
			return new SimpleMeterRegistry();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SecondRegistry {

		@Bean
		SimpleMeterRegistry secondRegistry() {
			return new SimpleMeterRegistry();
		}

	}

}
