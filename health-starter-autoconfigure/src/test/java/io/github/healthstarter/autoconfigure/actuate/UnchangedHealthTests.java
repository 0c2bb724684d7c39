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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.ProbedApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that Actuator's health answers with the starter exactly as it does without.
 */
class UnchangedHealthTests {

	private static final List<String> TARGETS = List.of("/actuator/health", "/actuator/health/liveness",
			"/actuator/health/readiness", "/actuator/health/shop", "/actuator/health/db", "/actuator/health/own",
			"/actuator/health/stores", "/actuator/health/stores/tea", "/actuator/health/unknown", "/livez", "/readyz");

	@Test
	void healthAndItsGroupsAreByteForByteThoseOfSpringBootAlone() {
		Map<String, HttpAnswer> alone = answers("health.enabled=false");
		Map<String, HttpAnswer> with = answers("health.enabled=true");
		for (String target : TARGETS) {
			HttpAnswer expected = alone.get(target);
			HttpAnswer answer = with.get(target);
			assertThat(answer.status()).as(target).isEqualTo(expected.status());
			assertThat(answer.header("content-type")).as(target).isEqualTo(expected.header("content-type"));
			assertThat(withoutWhatChanges(answer)).as(target).isEqualTo(withoutWhatChanges(expected));
		}
		assertThat(with.get("/actuator/health").body()).contains("\"db\":{", "\"diskSpace\":{", "\"livenessState\":{",
				"\"own\":{", "\"stores\":{", "\"groups\":[");
	}

	private static Map<String, HttpAnswer> answers(String property) {
		Map<String, HttpAnswer> answers = new LinkedHashMap<>();
		try (ProbedApplication application = ProbedApplication.start(
				new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET), property,
				"management.health.diskspace.enabled=true", "management.health.ping.enabled=true",
				"management.endpoint.health.show-details=always", "management.endpoint.health.probes.enabled=true",
				"spring.datasource.url=jdbc:h2:mem:unchanged",
				"management.endpoint.health.probes.add-additional-paths=true", "health.readiness.path=/ready",
				"management.endpoint.health.group.shop.include=db,own,stores")) {
			application.await().until(() -> application.get("/actuator/health/readiness").status() == 200);
			TARGETS.forEach((target) -> answers.put(target, application.get(target)));
		}
		return answers;
	}

	private static String withoutWhatChanges(HttpAnswer answer) {
		return answer.body()
			.replaceAll("\"free\":\\d+", "\"free\":0")
			.replaceAll("\"timestamp\":\"[^\"]*\"", "\"timestamp\":\"\"");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = { DataRedisAutoConfiguration.class, DataRedisReactiveAutoConfiguration.class })
	static class Application {

		@Bean
		HealthIndicator ownHealthIndicator() {
			return () -> Health.up().withDetail("answer", 42).build();
		}

		@Bean
		CompositeHealthContributor storesHealthContributor() {
			HealthIndicator tea = () -> Health.unknown().build();
			HealthIndicator coffee = () -> Health.up().build();
			return CompositeHealthContributor.fromMap(Map.of("tea", tea, "coffee", coffee));
		}

	}

}
