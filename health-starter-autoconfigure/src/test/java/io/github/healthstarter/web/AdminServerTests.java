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

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.testing.EnableWithoutDependencies;
import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.ProbedApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that bodies have what Spring Boot Admin's server reads, whatever the code is: a
 * text under {@code status} and, where there is nothing under {@code details}, an object
 * for each component under {@code components}.
 */
class AdminServerTests {

	private static final String ACCEPT = "Accept: application/vnd.spring-boot.actuator.v3+json,"
			+ " application/vnd.spring-boot.actuator.v2+json, application/json";

	private static ProbedApplication application;

	@BeforeAll
	static void start() {
		application = ProbedApplication.onServlets(Application.class);
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	void trustedBodyHasAStatusAndComponents() {
		HttpAnswer answer = application.ask("GET", "/readyz", ACCEPT);
		assertThat(answer.json()).containsEntry("status", "UP").doesNotContainKey("details");
		assertThat(answer.json()).extractingByKey("components", InstanceOfAssertFactories.MAP)
			.containsKey("stock")
			.allSatisfy((name, component) -> assertThat(component).asInstanceOf(InstanceOfAssertFactories.MAP)
				.extractingByKey("status")
				.isInstanceOf(String.class));
	}

	@Test
	void bodyForTheWorldHasAStatusAlone() {
		HttpAnswer answer = application.ask("GET", "/readyz", ACCEPT, "Via: proxy");
		assertThat(answer.json()).containsEntry("status", "UP").doesNotContainKeys("details", "components");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWithoutDependencies
	static class Application {

		@Bean
		HealthIndicator stock() {
			return () -> Health.up().build();
		}

	}

}
