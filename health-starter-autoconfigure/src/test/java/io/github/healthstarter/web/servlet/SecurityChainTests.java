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

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.ProbedApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProbeFilter} ahead of a chain of Spring Security that denies
 * everything. {@code Via} keeps the address of the test from being trusted.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecurityChainTests {

	private static final String BASIC = "Authorization: Basic "
			+ Base64.getEncoder().encodeToString("operator:secret".getBytes(StandardCharsets.US_ASCII));

	private ProbedApplication application;

	@BeforeAll
	void start() {
		this.application = ProbedApplication.onServlets(SecuredApplication.class, "health.access.token=token");
	}

	@AfterAll
	void stop() {
		this.application.close();
	}

	@Test
	void chainDeniesTheApplicationsOwnPaths() {
		assertThat(this.application.get("/orders").status()).isEqualTo(401);
		assertThat(this.application.get("/orders", BASIC).status()).isEqualTo(403);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/healthz", "/readyz", "/startupz" })
	void probeIsAnsweredAheadOfTheChain(String path) {
		HttpAnswer answer = this.application.get(path, "Via: a");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json()).containsOnlyKeys("status", "state");
		assertThat(answer.header("www-authenticate")).isNull();
		assertThat(answer.header("set-cookie")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Authorization: Basic b3BlcmF0b3I6c2VjcmV0", "Authorization: Basic ?",
			"Cookie: JSESSIONID=unknown" })
	void credentialsOfTheChainNeitherFailAProbeNorRevealDetails(String header) {
		HttpAnswer answer = this.application.get("/readyz", "Via: a", header);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json()).containsOnlyKeys("status", "state");
	}

	@Test
	void administrationIsForTheTokenAlone() {
		assertThat(this.application.ask("POST", "/admin/drain", BASIC).status()).isEqualTo(401);
		assertThat(this.application.get("/admin/drain", "Authorization: Bearer token").status()).isEqualTo(200);
	}

}
