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

package io.github.healthstarter.autoconfigure.server;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.StartupAttempt;
import io.github.healthstarter.web.AccessPolicy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of an application that decides itself who may ask.
 */
@Timeout(120)
class OwnAccessPolicyTests {

	@Test
	void policyOfTheApplicationHoldsOnTheProbeServerToo() {
		try (ConfigurableApplicationContext context = StartupAttempt.plain(Application.class)
			.start("health.server.port=0")) {
			int port = context.getEnvironment().getRequiredProperty("local.health.port", Integer.class);
			try (HttpConnection refused = HttpConnection.to(port)) {
				assertThat(refused.endsHere()).isTrue();
			}
			try (HttpConnection trusted = HttpConnection.from("127.0.0.2", port);
					HttpConnection other = HttpConnection.from("127.0.0.3", port)) {
				assertThat(trusted.ask("GET", "/healthz").json()).containsKey("service");
				HttpAnswer little = other.ask("GET", "/healthz");
				assertThat(little.status()).isEqualTo(200);
				assertThat(little.json()).containsOnlyKeys("status", "state");
			}
		}
	}

	@StarterOnly
	static class Application {

		@Bean
		AccessPolicy ownPolicy() {
			return new AccessPolicy(List.of("127.0.0.2", "127.0.0.3"), List.of("127.0.0.2"), null);
		}

	}

}
