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

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

import io.github.healthstarter.autoconfigure.check.CheckDiscovery;
import io.github.healthstarter.check.CheckEngine;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainSettings;
import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.testing.StarterContext;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.traffic.Traffic;
import io.github.healthstarter.web.AccessPolicy;
import io.github.healthstarter.web.Instance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that every bean of the starter gives way to the application's own.
 */
class BackingOffTests {

	private static final Map<Class<?>, String> WITHOUT = Map.of(CheckDiscovery.class,
			"made by nobody else: what it finds is replaced by a CheckSource, and what runs it by a CheckEngine");

	@ParameterizedTest
	@MethodSource("beans")
	void beanGivesWay(Method bean) {
		assertThat(bean).satisfiesAnyOf((method) -> assertThat(method.isAnnotationPresent(Replaceable.class)).isTrue(),
				(method) -> assertThat(method.getReturnType())
					.as("glue between beans that can be replaced: no application can name its type")
					.matches((type) -> !Modifier.isPublic(type.getModifiers())),
				(method) -> assertThat(WITHOUT).containsKey(method.getReturnType()));
	}

	static Stream<Method> beans() {
		return autoConfigurations()
			.flatMap((type) -> Stream.concat(Stream.of(type), Stream.of(type.getDeclaredClasses())))
			.filter((type) -> AnnotatedElementUtils.hasAnnotation(type, Configuration.class))
			.flatMap((type) -> Stream.of(type.getDeclaredMethods()))
			.filter((method) -> method.isAnnotationPresent(Bean.class));
	}

	static Stream<Class<?>> autoConfigurations() {
		ClassLoader classLoader = BackingOffTests.class.getClassLoader();
		return ImportCandidates.load(AutoConfiguration.class, classLoader)
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("io.github.healthstarter."))
			.map((name) -> ClassUtils.resolveClassName(name, classLoader));
	}

	@ParameterizedTest
	@MethodSource("autoConfigurations")
	void autoConfigurationComesAfterAllOthers(Class<?> type) {
		AutoConfigureOrder order = type.getAnnotation(AutoConfigureOrder.class);
		assertThat(order).isNotNull().extracting(AutoConfigureOrder::value).isEqualTo(Ordered.LOWEST_PRECEDENCE);
	}

	@Test
	void applicationMayBringItsOwn() {
		StarterContext.webRunner().withUserConfiguration(Own.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context).getBean(TimeSource.class).isSameAs(Own.TIME);
			assertThat(context).getBean(AccessPolicy.class).isSameAs(context.getBean("own"));
			assertThat(context.getBean(DrainController.class).maxWait()).isEqualTo(Duration.ofSeconds(7));
			assertThat(context.getBean(Instance.class).drain()).isSameAs(context.getBean(DrainController.class));
			assertThat(context.getBean(HealthMonitor.class).sources().checks())
				.isSameAs(context.getBean(CheckEngine.class));
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class Own {

		static final TimeSource TIME = new TimeSource() {

			@Override
			public Instant instant() {
				return TimeSource.system().instant();
			}

			@Override
			public long nanos() {
				return TimeSource.system().nanos();
			}

		};

		@Bean
		TimeSource time() {
			return TIME;
		}

		@Bean
		AccessPolicy own(HealthProperties properties) {
			return properties.accessPolicy();
		}

		@Bean
		DrainController drain(HealthProperties properties, Lifecycle lifecycle, Traffic traffic) {
			DrainSettings settings = properties.drainSettings();
			return new DrainController(new DrainSettings(Duration.ZERO, Duration.ofSeconds(7), settings.quietPeriod(),
					settings.observedFailures()), lifecycle, traffic, Scheduler.start("own-drain"), TIME);
		}

	}

}
