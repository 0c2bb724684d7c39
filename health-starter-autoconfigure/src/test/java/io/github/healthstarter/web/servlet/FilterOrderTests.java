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

import io.github.healthstarter.testing.EnableWithoutDependencies;
import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.ProbedApplication;
import io.github.healthstarter.testing.WebServerChoice;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the place of {@link ProbeFilter} among the filters of an application, and of
 * what a server has done before any filter.
 */
class FilterOrderTests {

	private static final String[] SPOOFED = { "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: https",
			"X-Forwarded-Host: localhost" };

	@Test
	void probesAnswerAheadOfFiltersThatDenyEverythingAndBelowTheContextPath() {
		try (ProbedApplication application = ProbedApplication.onServlets(DenyingApplication.class,
				"server.servlet.context-path=/shop", "health.access.token=secret")) {
			for (String target : List.of("/shop/healthz", "/shop/readyz/", "/shop/startupz?a=b")) {
				HttpAnswer answer = application.get(target);
				assertThat(answer.status()).as(target).isEqualTo(200);
				assertThat(answer.header("content-type")).isEqualTo("application/json");
				assertThat(answer.header("x-denied-by")).isNull();
			}
			assertThat(application.get("/shop/readyz/unknown").status()).isEqualTo(404);
			assertThat(application.ask("POST", "/shop/readyz").status()).isEqualTo(405);
			assertThat(application.get("/shop/admin/drain", "Authorization: Bearer secret").status()).isEqualTo(200);
			assertThat(application.get("/healthz").status()).isEqualTo(404);
			assertThat(application.get("/shop/orders").status()).isEqualTo(401);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { WebServerChoice.TOMCAT, WebServerChoice.JETTY })
	void probesAnswerBelowTheContextPathAndActuatorBelowTheServletPathToo(String server) {
		try (ProbedApplication application = ProbedApplication.onServlets(PlainApplication.class, server,
				"server.servlet.context-path=/shop", "spring.mvc.servlet.path=/app")) {
			assertThat(application.get("/shop/readyz").json()).containsEntry("state", "running");
			assertThat(application.get("/shop/readyz/unknown").status()).isEqualTo(404);
			assertThat(application.get("/shop/app/actuator/health").status()).isEqualTo(200);
			for (String elsewhere : List.of("/readyz", "/shop/app/readyz", "/app/readyz", "/shop/actuator/health")) {
				assertThat(application.get(elsewhere).status()).as(elsewhere).isEqualTo(404);
			}
		}
	}

	@Test
	void forwardedHeaderFilterDoesNotHideFromUsThatAProxyForwards() {
		try (ProbedApplication application = ProbedApplication.onServlets(PlainApplication.class,
				"server.forward-headers-strategy=framework")) {
			assertThat(application.get("/readyz").json()).containsKey("components");
			assertThatNoneIsTrusted(application);
			assertThat(application.get("/readyz", "Forwarded: for=127.0.0.1").json()).doesNotContainKey("components");
		}
	}

	@Test
	void remoteIpValveDoesNotMakeASpoofedAddressTrusted() {
		try (ProbedApplication application = ProbedApplication.onServlets(PlainApplication.class,
				"server.forward-headers-strategy=native")) {
			assertThat(application.get("/readyz").json()).containsKey("components");
			assertThatNoneIsTrusted(application);
			assertThat(application.get("/readyz", "X-Forwarded-For: 127.0.0.1, 10.0.0.1, 127.0.0.1").json())
				.doesNotContainKey("components");
		}
	}

	@Test
	void remoteIpValveWithHeadersOfItsOwnDoesNotEither() {
		try (ProbedApplication application = ProbedApplication.onServlets(PlainApplication.class,
				"server.tomcat.remoteip.remote-ip-header=X-Client",
				"server.tomcat.remoteip.protocol-header=X-Scheme")) {
			assertThat(application.get("/readyz").json()).containsKey("components");
			assertThat(application.get("/readyz", "X-Client: 127.0.0.1").json()).doesNotContainKey("components");
			assertThat(application.get("/readyz", "X-Client: ::1").json()).doesNotContainKey("components");
		}
	}

	private static void assertThatNoneIsTrusted(ProbedApplication application) {
		for (String header : SPOOFED) {
			assertThat(application.get("/readyz", header).json()).as(header).doesNotContainKey("components");
		}
		assertThat(application.get("/readyz", SPOOFED).json()).doesNotContainKey("components");
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
