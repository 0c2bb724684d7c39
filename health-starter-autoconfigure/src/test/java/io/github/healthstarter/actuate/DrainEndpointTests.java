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

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.github.healthstarter.health.HealthState;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ProbedApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the endpoint over HTTP.
 */
class DrainEndpointTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=drain";

	private static final String OPEN = "management.endpoint.drain.access=unrestricted";

	private static final String DETAILED = "management.endpoint.health.show-details=always";

	private static final String NO_REDIS = "spring.autoconfigure.exclude="
			+ "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration";

	@ParameterizedTest
	@MethodSource("ports")
	void drainIsLookedAtBegunAndUndone(String port, String property) {
		try (ProbedApplication application = start(EXPOSED, OPEN, DETAILED, property, "health.drain.min-wait=2s",
				"health.drain.max-wait=2s")) {
			assertThat(ask(application, port, "GET")).isEqualTo(Map.of("status", "UP", "state", "running"));

			Map<String, Object> begun = ask(application, port, "POST");
			assertThat(begun).containsEntry("status", "OUT_OF_SERVICE").containsEntry("state", "draining");
			assertThat(drain(begun)).containsEntry("trigger", "actuator")
				.containsKeys("elapsedMillis", "inFlight", "waitingFor")
				.doesNotContainKey("outcome");
			assertThat(Instant.parse((String) drain(begun).get("startedAt"))).isBefore(Instant.now());
			assertThat(application.get("/readyz").status()).isEqualTo(503);
			assertThat(drain(ask(application, port, "POST"))).containsEntry("startedAt", drain(begun).get("startedAt"));
			assertThat(ask(application, port, "GET")).containsEntry("state", "draining");

			assertThat(ask(application, port, "DELETE")).isEqualTo(Map.of("status", "UP", "state", "running"));
			assertThat(application.get("/readyz").status()).isEqualTo(200);
			assertThat(ask(application, port, "DELETE")).isEqualTo(Map.of("status", "UP", "state", "running"));
		}
	}

	static Stream<Object[]> ports() {
		return Stream.of(new Object[] { "local.server.port", "ignored=true" },
				new Object[] { "local.management.port", "management.server.port=0" });
	}

	@Test
	void drainThatIsOverTellsItsOutcome() {
		try (ProbedApplication application = start(EXPOSED, OPEN, DETAILED)) {
			ask(application, "local.server.port", "POST");
			application.bean(HealthInstance.class).drain().endWaiting();
			Map<String, Object> over = drain(ask(application, "local.server.port", "GET"));
			assertThat(over.get("outcome")).isIn("quiesced", "timed_out");
			assertThat(over).containsEntry("waitingFor", List.of());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "never", "when-authorized" })
	void whatADrainWaitsForIsShownAsDetailsOfHealthAre(String show) {
		try (ProbedApplication application = start(EXPOSED, OPEN, "management.endpoint.health.show-details=" + show)) {
			for (String method : List.of("POST", "GET")) {
				assertThat(drain(ask(application, "local.server.port", method))).containsEntry("trigger", "actuator")
					.doesNotContainKeys("waitingFor", "participants");
			}
		}
	}

	@Test
	void endpointIsNotExposedUnlessAskedFor() {
		try (ProbedApplication application = start()) {
			assertThat(application.get("/actuator/health").status()).isEqualTo(200);
			assertThat(application.get("/actuator/drain").status()).isEqualTo(404);
			assertThat(application.ask("POST", "/actuator/drain").status()).isEqualTo(404);
			assertThat(application.bean(HealthInstance.class).drain().progress()).isNull();
		}
	}

	@Test
	void endpointsThatAreExposedWithAllOthersOnlyLetLook() {
		try (ProbedApplication application = start("management.endpoints.web.exposure.include=*")) {
			for (String target : List.of("/actuator/drain", "/actuator/maintenance")) {
				assertThat(application.get(target).status()).as(target).isEqualTo(200);
				assertThat(application.ask("POST", target).status()).as(target).isEqualTo(405);
				assertThat(application.ask("DELETE", target).status()).as(target).isEqualTo(405);
			}
			assertThat(application.bean(HealthInstance.class).health().snapshot().state())
				.isEqualTo(HealthState.RUNNING);
		}
	}

	private static ProbedApplication start(String... properties) {
		ProbedApplication application = ProbedApplication.start(new SpringApplicationBuilder(Application.class),
				Stream.concat(Stream.of(NO_REDIS), Stream.of(properties)).toArray(String[]::new));
		application.awaitState("running");
		return application;
	}

	private static Map<String, Object> ask(ProbedApplication application, String port, String method) {
		HttpAnswer answer = ask(application, port, method, "/actuator/drain");
		assertThat(answer.status()).isEqualTo(200);
		return answer.json();
	}

	private static HttpAnswer ask(ProbedApplication application, String port, String method, String target) {
		int number = application.bean(Environment.class).getRequiredProperty(port, Integer.class);
		try (HttpConnection connection = HttpConnection.to(number)) {
			return connection.ask(method, target);
		}
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> drain(Map<String, Object> body) {
		return (Map<String, Object>) body.get("drain");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
