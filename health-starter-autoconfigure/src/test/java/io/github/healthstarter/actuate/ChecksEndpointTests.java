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

package io.github.healthstarter.actuate;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.ProbedApplication;
import io.github.healthstarter.testing.SwitchableIndicator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the endpoint over HTTP.
 */
class ChecksEndpointTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=checks";

	private static final String[] PROPERTIES = { "health.checks.plain.impact=required", "spring.autoconfigure.exclude="
			+ "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration" };

	@Test
	void checksAreShownWithTheirHistory() {
		try (ProbedApplication application = start(EXPOSED, "management.endpoint.health.show-details=always")) {
			application.indicator("plain")
				.answer(Health.down().withDetail("error", "refused").withDetail("host", "secret").build());
			application.awaitState("failing");
			Map<String, Object> body = application.get("/actuator/checks").json();
			assertThat(body).containsEntry("status", "DOWN").containsEntry("state", "failing");
			assertThat(last(body)).containsEntry("from", "running")
				.containsEntry("to", "failing")
				.containsEntry("reason", "plain: refused");
			Map<String, Object> check = application.get("/actuator/checks").json("checks", "plain");
			assertThat(check).containsEntry("status", "DOWN")
				.containsEntry("impact", "required")
				.containsEntry("error", "refused")
				.containsEntry("details", Map.of("host", "secret"))
				.doesNotContainKey("flapping");
			assertThat(last(check)).containsEntry("from", "UP").containsEntry("to", "DOWN").containsKey("lastedMillis");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.endpoint.health.show-details=never",
			"management.endpoint.health.show-details=when-authorized", "ignored=true" })
	void reasonsAreLeftOutWhereDetailsAreNotShown(String property) {
		try (ProbedApplication application = start(EXPOSED, property)) {
			application.indicator("plain")
				.answer(Health.down().withDetail("error", "refused by secret").withDetail("host", "secret").build());
			application.awaitState("failing");
			HttpAnswer answer = application.get("/actuator/checks");
			assertThat(answer.body()).doesNotContain("secret").doesNotContain("reason");
			assertThat(last(answer.json())).containsEntry("to", "failing");
			assertThat(answer.json("checks", "plain")).containsEntry("status", "DOWN").doesNotContainKey("error");
			assertThat(last(answer.json("checks", "plain"))).containsEntry("to", "DOWN");
		}
	}

	@Test
	void refusedWritesAreCalledSoInTheHistory() {
		try (ProbedApplication application = start(EXPOSED)) {
			application.indicator("plain").answer(Health.status("READ_ONLY").build());
			application.awaitState("read-only");
			Map<String, Object> check = application.get("/actuator/checks").json("checks", "plain");
			assertThat(check).containsEntry("status", "DEGRADED");
			assertThat(last(check)).containsEntry("from", "UP").containsEntry("to", "READ_ONLY");
		}
	}

	@Test
	void checkThatFlapsIsMarked() {
		try (ProbedApplication application = ProbedApplication.onServlets(Restless.class,
				Stream.concat(Stream.of(PROPERTIES), Stream.of(EXPOSED)).toArray(String[]::new))) {
			application.await()
				.until(() -> application.get("/actuator/checks").json("checks", "restless").get("flapping"),
						Boolean.TRUE::equals);
			assertThat(application.get("/readyz").json("components", "restless")).containsEntry("flapping", true);
			assertThat(application.get("/readyz/restless").json()).containsEntry("flapping", true);
			assertThat(application.get("/readyz").json("components", "plain")).doesNotContainKey("flapping");
		}
	}

	@Test
	void endpointIsNotExposedUnlessAskedFor() {
		try (ProbedApplication application = start()) {
			assertThat(application.get("/actuator/checks").status()).isEqualTo(404);
		}
	}

	private static ProbedApplication start(String... properties) {
		ProbedApplication application = ProbedApplication
			.start(new SpringApplicationBuilder(Application.class).properties(PROPERTIES), properties);
		application.awaitState("running");
		return application;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> last(Map<String, Object> body) {
		List<Object> history = (List<Object>) body.get("history");
		return (Map<String, Object>) history.get(history.size() - 1);
	}

	@Configuration(proxyBeanMethods = false)
	static class Restless extends Application {

		@Bean
		HealthIndicator restlessHealthIndicator() {
			AtomicBoolean up = new AtomicBoolean();
			return () -> (up.getAndSet(!up.get()) ? Health.up() : Health.down()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		SwitchableIndicator plainHealthIndicator() {
			return new SwitchableIndicator();
		}

	}

}
