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

package io.github.healthstarter.web;

import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.drain.DrainParticipant;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.mode.Mode;
import io.github.healthstarter.mode.ModeRequest;
import io.github.healthstarter.testing.EnableWithoutDependencies;
import io.github.healthstarter.testing.ProbedApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no text that comes from elsewhere moves a terminal's cursor, turns a line
 * around or begins another, wherever it is shown.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class OutgoingTextTests {

	private static final String FOREIGN = "\u202e\u2066\u0085\u009b31m\u2028\u2029\u200b";

	private static final Pattern HARMFUL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\r\n\t]]|\\\\u00[89]");

	private ProbedApplication application;

	@BeforeAll
	void start() {
		this.application = ProbedApplication.onServlets(Application.class,
				"management.endpoints.web.exposure.include=*", "management.endpoint.health.show-details=always");
	}

	@AfterAll
	void stop() {
		this.application.close();
	}

	@ParameterizedTest
	@CsvSource({ "/readyz, application/json", "/readyz, application/health+json", "/readyz?verbose, text/plain",
			"/startupz, application/json", "/readyz/unknown, application/json", "/actuator/checks, application/json",
			"/actuator/prometheus, text/plain" })
	void bodyHasNone(String target, String type) {
		assertBody(target, type);
	}

	private void assertBody(String target, String type) {
		String body = this.application.get(target, "Accept: " + type).body();
		assertThat(body).isNotEmpty().doesNotContainPattern(HARMFUL);
	}

	@Test
	void bodiesAndLogLinesHaveNoneWhileDraining(CapturedOutput output) {
		HealthInstance instance = this.application.bean(HealthInstance.class);
		instance.modes().enter(new ModeRequest(Mode.READ_ONLY, "new" + FOREIGN + "disks", "ada" + FOREIGN, null));
		instance.drain().begin(DrainTrigger.API);
		this.application.awaitState("draining");
		for (String target : List.of("/readyz", "/actuator/drain", "/actuator/maintenance", "/actuator/checks")) {
			assertBody(target, "application/json");
		}
		instance.drain().cancel();
		instance.modes().leave();
		this.application.await()
			.untilAsserted(() -> assertThat(output.getAll()).contains("ada", "mailer", "no route to"));
		assertThat(output.getAll()).doesNotContainPattern(HARMFUL);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWithoutDependencies
	static class Application {

		@Bean("stock" + FOREIGN + "HealthIndicator")
		HealthIndicator stock() {
			return () -> Health.down()
				.withDetail("error", "no route to" + FOREIGN + "the host")
				.withDetail("host" + FOREIGN, List.of("db" + FOREIGN))
				.build();
		}

		@Bean
		DrainParticipant mailer() {
			return new Mailer();
		}

	}

	static final class Mailer implements DrainParticipant {

		@Override
		public String name() {
			return "mailer" + FOREIGN;
		}

		@Override
		public void startDraining() {
		}

		@Override
		public void cancelDraining() {
		}

		@Override
		public long inFlight() {
			return 1;
		}

	}

}
