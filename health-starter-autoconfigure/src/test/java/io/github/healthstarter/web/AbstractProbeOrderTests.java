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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.ProbedApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that probes answer ahead of all that an application does, and that whatever a
 * server has done before them makes nobody trusted. To be extended for each kind of
 * application.
 */
public abstract class AbstractProbeOrderTests {

	private static final String[] SPOOFED = { "X-Forwarded-For: 127.0.0.1",
			"X-Forwarded-For: 127.0.0.1, 10.0.0.1, 127.0.0.1", "X-Forwarded-Proto: https",
			"X-Forwarded-Host: localhost", "X-Forwarded-Prefix: /readyz", "Forwarded: for=127.0.0.1" };

	/**
	 * Starts an application below {@code /shop}, with filters that come first and answer
	 * everything with 401 and the header {@code X-Denied-By}.
	 */
	protected abstract ProbedApplication startDenying(String... properties);

	/**
	 * Starts an application that does nothing of its own.
	 */
	protected abstract ProbedApplication startPlain(String... properties);

	@Test
	void probesAnswerAheadOfFiltersThatDenyEverythingAndBelowTheBasePath() {
		try (ProbedApplication application = startDenying("health.access.token=secret",
				"health.maintenance.gate=true")) {
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
			assertThat(application.get("/shop/orders").header("x-denied-by")).isEqualTo("the application");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "framework", "native", "none" })
	void headersOfAProxyProveNothingWhoeverAppliesThem(String strategy) {
		try (ProbedApplication application = startPlain("server.forward-headers-strategy=" + strategy)) {
			assertThat(application.get("/readyz").json()).containsKey("components");
			for (String header : SPOOFED) {
				assertNotTrusted(application, header);
			}
			assertNotTrusted(application, "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: https",
					"X-Forwarded-Host: localhost");
		}
	}

	private static void assertNotTrusted(ProbedApplication application, String... headers) {
		HttpAnswer answer = application.get("/readyz", headers);
		assertThat(answer.status()).as(String.join(", ", headers)).isEqualTo(200);
		assertThat(answer.json()).as(String.join(", ", headers)).doesNotContainKey("components");
	}

}
