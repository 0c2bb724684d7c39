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

package io.github.healthstarter.autoconfigure.web.servlet;

import java.util.EnumSet;

import jakarta.servlet.DispatcherType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializerBeans;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.ForwardedHeaderFilter;

import io.github.healthstarter.autoconfigure.InvalidPropertyException;
import io.github.healthstarter.testing.StarterContext;
import io.github.healthstarter.web.OpenStreams;
import io.github.healthstarter.web.servlet.ProbeServlet;

import static org.assertj.core.api.Assertions.assertThat;

class ServletAutoConfigurationTests {

	private final WebApplicationContextRunner runner = StarterContext.webRunner()
		.withConfiguration(
				AutoConfigurations.of(DispatcherServletAutoConfiguration.class, WebMvcAutoConfiguration.class));

	@Test
	void filtersStandBeforeAllOthers() {
		this.runner.withUserConfiguration(Forwarding.class)
			.run((context) -> assertThat(
					new ServletContextInitializerBeans(context.getSourceApplicationContext().getBeanFactory()))
				.filteredOn((initializer) -> initializer instanceof FilterRegistrationBean<?>)
				.map((initializer) -> ((FilterRegistrationBean<?>) initializer).getFilter().getClass().getSimpleName())
				.startsWith("ProbeFilter", "DrainFilter", "ForwardedHeaderFilter"));
	}

	@Test
	void requestsAreCountedForEveryDispatch() {
		this.runner.run((context) -> {
			FilterRegistrationBean<?> registration = context.getBean("healthStarterDrainFilter",
					FilterRegistrationBean.class);
			assertThat(registration.determineDispatcherTypes())
				.containsAll(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "/healthz", "/readyz/*", "/admin/drain" })
	void servletOnAPathOfTheStartersIsRefused(String mapping) {
		this.runner.withBean(ServletRegistrationBean.class, () -> servlet("/status", mapping))
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidPropertyException.class)
				.hasMessageContaining("'" + mapping + "'")
				.hasMessageContaining("'statusServlet'"));
	}

	@Test
	void servletElsewhereIsLeftAlone() {
		this.runner.withBean(ServletRegistrationBean.class, () -> servlet("/status", "/admin/*", "/*", "*.do"))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void servletThatIsNotRegisteredIsLeftAlone() {
		ServletRegistrationBean<?> off = servlet("/healthz");
		off.setEnabled(false);
		this.runner.withBean(ServletRegistrationBean.class, () -> off)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private static ServletRegistrationBean<?> servlet(String... mappings) {
		ServletRegistrationBean<?> registration = new ServletRegistrationBean<>(new ProbeServlet(), mappings);
		registration.setName("statusServlet");
		return registration;
	}

	@Test
	void filtersExistWithoutSpringMvc() {
		StarterContext.webRunner()
			.withClassLoader(new FilteredClassLoader("org.springframework.web.servlet"))
			.run((context) -> assertThat(context).hasNotFailed().hasBean("healthStarterProbeFilter"));
	}

	@Test
	void filtersAreAbsentWhenDisabled() {
		this.runner.withPropertyValues("health.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(FirstFilterRegistration.class)
				.doesNotHaveBean(OpenStreams.class));
	}

	@Configuration(proxyBeanMethods = false)
	static class Forwarding {

		@Bean
		FilterRegistrationBean<ForwardedHeaderFilter> forwarding() {
			FilterRegistrationBean<ForwardedHeaderFilter> registration = new FilterRegistrationBean<>(
					new ForwardedHeaderFilter());
			registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
			return registration;
		}

	}

}
