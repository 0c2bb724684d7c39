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

package io.github.healthstarter.autoconfigure.actuate;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.github.healthstarter.testing.EnableWithoutDependencies;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ProbedApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that probes and Actuator leave each other alone, however that is configured.
 */
class ActuatorVariantsTests {

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "management.endpoints.web.base-path=/, /health",
			"management.endpoints.web.base-path=/manage, /manage/health",
			"management.endpoints.web.path-mapping.health=status, /actuator/status",
			"management.endpoints.access.default=none, -", "management.server.port=-1, -",
			"management.endpoint.health.access=none, -", "management.endpoints.web.exposure.exclude=health, -" })
	void probesAnswerWhereverActuatorDoes(String property, @Nullable String health) {
		try (ProbedApplication application = ProbedApplication.onServlets(Application.class, property)) {
			assertThatProbesAnswer(application);
			assertThat(application.get("/actuator/health").status()).isEqualTo(404);
			if (health != null) {
				assertThat(application.get(health).json()).containsEntry("status", "UP");
			}
		}
	}

	@Test
	void probesStayOnTheApplicationsPortWhereActuatorHasItsOwn() {
		try (ProbedApplication application = ProbedApplication.onServlets(Application.class, "management.server.port=0",
				"management.server.base-path=/ops", "management.endpoints.web.base-path=/")) {
			assertThatProbesAnswer(application);
			assertThat(application.get("/ops/health").status()).isEqualTo(404);
			int port = application.bean(Environment.class).getRequiredProperty("local.management.port", Integer.class);
			assertThat(status(port, "/ops/health")).isEqualTo(200);
			assertThat(status(port, "/readyz")).isEqualTo(404);
			assertThat(status(port, "/ops/readyz")).isEqualTo(404);
		}
	}

	private static void assertThatProbesAnswer(ProbedApplication application) {
		assertThat(application.get("/readyz").json()).containsEntry("state", "running").containsKey("components");
		assertThat(application.get("/healthz").status()).isEqualTo(200);
		assertThat(application.get("/startupz").status()).isEqualTo(200);
	}

	private static int status(int port, String target) {
		try (HttpConnection connection = HttpConnection.to(port)) {
			return connection.ask("GET", target).status();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWithoutDependencies
	static class Application {

	}

}
