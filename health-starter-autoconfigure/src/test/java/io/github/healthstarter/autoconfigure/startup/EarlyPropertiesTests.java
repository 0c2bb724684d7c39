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

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.web.context.support.StandardServletEnvironment;

import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.testing.EnableWithoutDependencies;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EarlyProperties}.
 */
@Timeout(120)
class EarlyPropertiesTests {

	private static final String COUNTED = "health.redis.key";

	@ParameterizedTest
	@EnumSource(WebApplicationType.class)
	void propertiesAreBoundOnce(WebApplicationType type) {
		Counting source = new Counting();
		try (ConfigurableApplicationContext context = application(Application.class, type, source).run()) {
			assertThat(context.getBean(HealthProperties.class).getRedis().settings().key()).isEqualTo("counted");
			assertThat(context.getBeansOfType(HealthProperties.class)).hasSize(1);
			assertThat(source.reads).hasValue(1);
		}
	}

	@Test
	void propertiesAreBoundAgainIfAnInitializerAddsASource() {
		Counting source = new Counting();
		try (ConfigurableApplicationContext context = application(Application.class, WebApplicationType.NONE, source)
			.initializers((prepared) -> prepared.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("late", Map.of("health.drain.max-wait", "77s"))))
			.run()) {
			assertThat(context.getBean(HealthProperties.class).getDrain().settings().maxWait()).hasSeconds(77);
			assertThat(source.reads).hasValue(2);
		}
	}

	@Test
	void propertiesAreBoundAgainIfTheApplicationAddsASource() {
		Counting source = new Counting();
		try (ConfigurableApplicationContext context = application(WithSource.class, WebApplicationType.NONE, source)
			.run()) {
			HealthProperties properties = context.getBean(HealthProperties.class);
			CheckPolicy policy = properties.checkPolicy("pool", Impact.REQUIRED, (defaults) -> defaults);
			assertThat(policy.successThreshold()).isEqualTo(6);
			assertThat(source.reads).hasValue(2);
		}
	}

	private static SpringApplicationBuilder application(Class<?> type, WebApplicationType web, Counting source) {
		StandardEnvironment environment = (web == WebApplicationType.SERVLET) ? new StandardServletEnvironment()
				: new StandardEnvironment();
		environment.getPropertySources().addFirst(source);
		return new SpringApplicationBuilder(type).web(web)
			.environment(environment)
			.registerShutdownHook(false)
			.properties("server.port=0", "spring.main.banner-mode=off", "health.server.port=0");
	}

	/**
	 * Counts how often a property is read that nothing but a binding reads.
	 */
	private static final class Counting extends EnumerablePropertySource<AtomicInteger> {

		private final AtomicInteger reads;

		private Counting() {
			super("counting", new AtomicInteger());
			this.reads = getSource();
		}

		@Override
		public String[] getPropertyNames() {
			return new String[] { COUNTED };
		}

		@Override
		public Object getProperty(String name) {
			if (COUNTED.equals(name)) {
				this.reads.incrementAndGet();
				return "counted";
			}
			return null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWithoutDependencies
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWithoutDependencies
	@PropertySource("classpath:reload/below-files.properties")
	static class WithSource {

	}

}
