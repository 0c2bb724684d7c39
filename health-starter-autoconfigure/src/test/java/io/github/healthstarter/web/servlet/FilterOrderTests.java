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

package io.github.healthstarter.web.servlet;

import java.io.IOException;
import java.util.List;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.StringUtils;

import io.github.healthstarter.testing.EnableWithoutDependencies;
import io.github.healthstarter.testing.ProbedApplication;
import io.github.healthstarter.testing.WebServerChoice;
import io.github.healthstarter.web.AbstractProbeOrderTests;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the place of {@link ProbeFilter} among the filters of an application, and of
 * what a server has done before any filter.
 */
class FilterOrderTests extends AbstractProbeOrderTests {

	@Override
	protected ProbedApplication startDenying(String... properties) {
		return ProbedApplication.onServlets(DenyingApplication.class,
				StringUtils.addStringToArray(properties, "server.servlet.context-path=/shop"));
	}

	@Override
	protected ProbedApplication startPlain(String... properties) {
		return ProbedApplication.onServlets(PlainApplication.class, properties);
	}

	@ParameterizedTest
	@ValueSource(strings = { WebServerChoice.TOMCAT, WebServerChoice.JETTY })
	void probesAnswerBelowTheContextPathAndActuatorBelowTheServletPathToo(String server) {
		try (ProbedApplication application = startPlain(server, "server.servlet.context-path=/shop",
				"spring.mvc.servlet.path=/app")) {
			assertThat(application.get("/shop/readyz").json()).containsEntry("state", "running");
			assertThat(application.get("/shop/readyz/unknown").status()).isEqualTo(404);
			assertThat(application.get("/shop/app/actuator/health").status()).isEqualTo(200);
			for (String elsewhere : List.of("/readyz", "/shop/app/readyz", "/app/readyz", "/shop/actuator/health")) {
				assertThat(application.get(elsewhere).status()).as(elsewhere).isEqualTo(404);
			}
		}
	}

	@Test
	void remoteIpValveWithHeadersOfItsOwnProvesNothingEither() {
		try (ProbedApplication application = startPlain("server.tomcat.remoteip.remote-ip-header=X-Client",
				"server.tomcat.remoteip.protocol-header=X-Scheme")) {
			assertThat(application.get("/readyz").json()).containsKey("components");
			assertThat(application.get("/readyz", "X-Client: 127.0.0.1").json()).doesNotContainKey("components");
			assertThat(application.get("/readyz", "X-Client: ::1").json()).doesNotContainKey("components");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWithoutDependencies
	static class PlainApplication {

	}

	@Configuration(proxyBeanMethods = false)
	static class DenyingApplication extends PlainApplication {

		@Bean
		FilterRegistrationBean<DenyingFilter> aFirstFilter() {
			FilterRegistrationBean<DenyingFilter> registration = new FilterRegistrationBean<>(new DenyingFilter());
			registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
			return registration;
		}

		@Bean
		FirstFilter anotherFirstFilter() {
			return new FirstFilter();
		}

	}

	@Order(Ordered.HIGHEST_PRECEDENCE)
	static final class FirstFilter implements Filter {

		private final DenyingFilter filter = new DenyingFilter();

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			this.filter.doFilter(request, response, chain);
		}

	}

	static final class DenyingFilter implements Filter {

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) {
			((HttpServletResponse) response).setHeader("X-Denied-By", "the application");
			((HttpServletResponse) response).setStatus(401);
		}

	}

}
