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

package io.github.healthstarter.web.security;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ProbedApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SecurityChains}, with a chain that denies everything. {@code Via}
 * keeps the address of the test from being trusted.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecurityChainsTests {

	private static final String AUTHORITY = "health.access.trusted-authority=HEALTH";

	private ProbedApplication application;

	@BeforeAll
	void start() {
		this.application = ProbedApplication.onServlets(SecuredApplication.class, AUTHORITY,
				"health.access.token=token", "management.health.ping.enabled=true");
	}

	@AfterAll
	void stop() {
		this.application.close();
	}

	private static String basic(String credentials) {
		return "Authorization: Basic "
				+ Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.US_ASCII));
	}

	private void assertThatTheSummaryIsTold(String... headers) {
		HttpAnswer answer = this.application.get("/readyz", headers);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json()).containsOnlyKeys("status", "state");
		assertThat(answer.header("www-authenticate")).isNull();
		assertThat(answer.header("set-cookie")).isNull();
	}

	@Test
	void chainThatDeniesEverythingLeavesTheProbesAlone() {
		assertThat(this.application.get("/orders").status()).isEqualTo(401);
		assertThat(this.application.get("/orders", basic("operator:secret")).status()).isEqualTo(403);
		assertThatTheSummaryIsTold("Via: a");
		assertThat(this.application.get("/healthz", "Via: a").status()).isEqualTo(200);
		assertThat(this.application.get("/startupz", "Via: a").status()).isEqualTo(200);
	}

	@Test
	void principalWithTheAuthorityIsToldEverything() {
		String operator = basic("operator:secret");
		assertThat(this.application.get("/readyz", "Via: a", operator).json()).containsKey("components");
		assertThat(this.application.get("/readyz?verbose&fresh", "Via: a", operator).body()).contains("[+]ping ok");
		assertThat(this.application.get("/readyz/unknown", "Via: a", operator).body()).isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "customer:secret", "operator:wrong", "nobody:secret", "unlucky:secret", "operator", "" })
	void whoeverElseSendsCredentialsIsToldTheSummary(String credentials) {
		assertThatTheSummaryIsTold("Via: a", basic(credentials));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Authorization: Bearer wrong", "Authorization: Basic ?", "Authorization:",
			"Cookie: JSESSIONID=unknown" })
	void whatIsNoProofIsToldTheSummary(String header) {
		assertThatTheSummaryIsTold("Via: a", header);
	}

	@Test
	void principalOfASessionIsToldEverything() {
		try (HttpConnection connection = this.application.connect()) {
			String form = "username=operator&password=secret";
			connection.sendRaw("POST /login HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
					+ "Content-Length: " + form.length() + "\r\n\r\n" + form);
			String cookie = connection.receive().header("set-cookie");
			String session = "Cookie: " + cookie.substring(0, cookie.indexOf(';'));
			assertThat(connection.ask("GET", "/readyz", "Via: a", session).json()).containsKey("components");
			assertThat(connection.ask("GET", "/readyz", "Via: a").json()).containsOnlyKeys("status", "state");
		}
	}

	@Test
	void administrationIsForTheTokenAlone() {
		assertThat(this.application.ask("POST", "/admin/drain", basic("operator:secret")).status()).isEqualTo(401);
		assertThat(this.application.get("/admin/drain", "Authorization: Bearer token").status()).isEqualTo(200);
	}

	@Test
	void nobodyIsTrustedForAnAuthorityUnlessThatIsConfigured() {
		try (ProbedApplication plain = ProbedApplication.onServlets(SecuredApplication.class)) {
			assertThat(plain.get("/readyz", "Via: a", basic("operator:secret")).json()).containsOnlyKeys("status",
					"state");
		}
	}

}
