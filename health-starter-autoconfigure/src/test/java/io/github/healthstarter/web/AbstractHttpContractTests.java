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

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.test.util.ReflectionTestUtils;

import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ProbedApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The part of the HTTP contract that does not depend on the state of the instance: paths,
 * methods, headers and bodies. To be extended for each server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AbstractHttpContractTests {

	private static final String AUTHORIZATION = "Authorization: Bearer " + ContractApplication.TOKEN;

	private static final String STRANGER = "Via: 1.1 somewhere";

	private ProbedApplication application;

	/**
	 * Returns the application on the server under test, not started.
	 */
	abstract SpringApplicationBuilder application();

	@BeforeAll
	void start() {
		this.application = ProbedApplication.start(application(), ContractApplication.PROPERTIES);
		this.application.awaitState("running");
	}

	@AfterAll
	void stop() {
		this.application.close();
	}

	@AfterEach
	void recover() {
		answer(Health.up().build());
	}

	@Test
	void routeThatThrowsIsAnErrorThatTellsNothing() {
		Routes routes = this.application.bean(HttpContract.class).routes();
		Object working = Objects.requireNonNull(ReflectionTestUtils.getField(routes, "routes"));
		Route failing = (request) -> {
			throw new IllegalStateException("no connection to secret.internal");
		};
		ReflectionTestUtils.setField(routes, "routes", Map.of("/readyz", failing));
		try {
			HttpAnswer answer = this.application.get("/readyz");
			assertThat(answer.status()).isEqualTo(500);
			assertThat(answer.body()).isEmpty();
			assertThat(answer.header("cache-control")).isEqualTo("no-store");
			assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
		}
		finally {
			ReflectionTestUtils.setField(routes, "routes", working);
		}
		assertThat(this.application.get("/readyz").status()).isEqualTo(200);
	}

	private void answer(Health health) {
		this.application.indicator("required").answer(health);
		this.application.awaitState("UP".equals(health.getStatus().getCode()) ? "running" : "failing");
	}

	@ParameterizedTest
	@CsvSource({ "/healthz, 200", "/startupz, 200", "/readyz, 503", "/readyz/required, 503", "/readyz/degrading, 200",
			"/readyz/unknown, 404" })
	void headAndOptionsGiveTheCodeOfGetWithoutBody(String target, int status) {
		answer(Health.down().build());
		for (String method : List.of("GET", "HEAD", "OPTIONS")) {
			try (HttpConnection connection = this.application.connect()) {
				HttpAnswer answer = connection.ask(method, target, "Connection: close");
				assertThat(answer.status()).as(method).isEqualTo(status);
				assertThat(answer.body().isEmpty()).as(method).isEqualTo(!"GET".equals(method));
				assertThat(connection.endsHere()).as(method).isTrue();
			}
		}
	}

	@Test
	void headTellsNoOtherLengthThanGetHas() {
		HttpAnswer get = this.application.get("/healthz", STRANGER);
		HttpAnswer head = this.application.ask("HEAD", "/healthz", STRANGER);
		assertThat(head.header("content-length")).isIn(null, get.header("content-length"));
		assertThat(head.header("content-type")).isEqualTo(get.header("content-type"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/healthz", "/startupz", "/readyz", "/ready", "/readyz/required", "/readyz/unknown" })
	void anotherMethodIsNotAllowed(String target) {
		for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "BREW", "get")) {
			HttpAnswer answer = this.application.ask(method, target, "Content-Length: 0");
			assertThat(answer.status()).as(method).isEqualTo(405);
			assertThat(answer.header("allow")).as(method).isEqualTo("GET, HEAD, OPTIONS");
			assertThat(answer.body()).as(method).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "PATCH", "HEAD", "OPTIONS" })
	void anotherMethodOnDrainIsNotAllowed(String method) {
		HttpAnswer answer = this.application.ask(method, "/admin/drain", AUTHORIZATION);
		assertThat(answer.status()).isEqualTo(405);
		assertThat(answer.header("allow")).isEqualTo("GET, POST, DELETE");
	}

	@ParameterizedTest
	@CsvSource({ "GET, /healthz, , 200", "HEAD, /healthz, , 200", "OPTIONS, /readyz, , 200", "POST, /readyz, , 405",
			"GET, /startupz, , 200", "GET, /readyz/required, , 200", "GET, /readyz/unknown, , 404",
			"GET, /admin/drain, , 401", "GET, /admin/drain, Bearer wrong, 403",
			"GET, /admin/drain, Bearer contract-token, 200", "PUT, /admin/drain, Bearer contract-token, 405" })
	void everyAnswerIsNeitherStoredNorGuessedAt(String method, String target, @Nullable String token, int status) {
		HttpAnswer answer = this.application.ask(method, target, "Authorization: " + ((token != null) ? token : ""));
		assertThat(answer.header("cache-control")).isEqualTo("no-store");
		assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
		if (token != null || status != 401) {
			assertThat(answer.status()).isEqualTo(status);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/readyz/", "/readyz?", "/readyz?a=b&c", "/readyz/?a=%2F", "/ready", "/ready/" })
	void trailingSlashQueryAndAdditionalPathChangeNothing(String target) {
		answer(Health.down().build());
		HttpAnswer answer = this.application.get(target);
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.json()).containsEntry("state", "failing").containsKey("components");
	}

	@ParameterizedTest
	@CsvSource({ "/livez, 200", "/health/live/, 200", "/healthz/, 200", "/started?a, 200", "/startupz/, 200",
			"/readyz/required/, 503", "/readyz/required?a=b, 503" })
	void everyPathHasItsOwnMeaning(String target, int status) {
		answer(Health.down().build());
		assertThat(this.application.get(target).status()).isEqualTo(status);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/readyzz", "/healthz/required", "/ready/required", "/READYZ", "/admin/drains" })
	void pathThatIsOnlyAlikeIsTheApplications(String target) {
		HttpAnswer answer = this.application.get(target);
		assertThat(answer.status()).isEqualTo(404);
		assertThat(answer.body()).doesNotContain("running");
	}

	@ParameterizedTest
	@ValueSource(strings = { "*/*", "application/json", "application/vnd.spring-boot.actuator.v3+json", "image/png",
			";;,,/", "text/plain;q=7", "*", "\u00ff\u00fe", "", "text/html", "application/xml;q=0" })
	void acceptOfWhateverKindIsAnsweredWithJson(String accept) {
		HttpAnswer answer = this.application.get("/readyz", "Accept: " + accept);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("content-type")).isEqualTo("application/json");
		assertThat(answer.json()).containsEntry("state", "running");
	}

	@Test
	void bodyForTrustedCallerHasTheShapeOfTheContract() {
		HttpAnswer answer = this.application.get("/readyz");
		assertThat(answer.json()).containsOnlyKeys("status", "state", "since", "service", "traffic", "components")
			.containsEntry("status", "UP");
		assertThat(answer.json("service")).containsKeys("instance").containsEntry("name", "contract");
		assertThat(Instant.parse((String) answer.json("service").get("startedAt"))).isBefore(Instant.now());
		assertThat(Instant.parse((String) answer.json().get("since"))).isBefore(Instant.now());
		assertThat(answer.json("components")).containsOnlyKeys("required", "degrading", "informational",
				"näher am/Rand");
		assertThat(answer.json("components", "required")).containsEntry("impact", "required");
		assertThat(answer.json("components", "degrading")).containsEntry("impact", "degrading");
		assertThat(answer.json("components", "informational"))
			.containsOnlyKeys("status", "impact", "latencyMillis", "checkedAt", "since")
			.containsEntry("impact", "informational");
	}

	@Test
	void bodyForTrustedCallerTellsOfTheTrafficWithinASecond() {
		this.application.askApplication("GET", "/missing");
		this.application.await().untilAsserted(() -> {
			Map<String, Object> traffic = this.application.get("/readyz").json("traffic");
			assertThat(traffic).containsOnlyKeys("inFlight", "perSecond", "meanMillis", "p99Millis")
				.containsEntry("inFlight", 0);
			assertThat(((Number) traffic.get("perSecond")).doubleValue()).isPositive();
		});
		assertThat(this.application.get("/healthz").json()).containsKey("traffic");
		assertThat(this.application.get("/readyz", STRANGER).json()).doesNotContainKey("traffic");
	}

	@Test
	void bodyForTrustedCallerTellsOfAFailureWhy() {
		answer(Health.down().withDetail("error", "refused").withDetail("host", "10.0.0.1").build());
		HttpAnswer answer = this.application.get("/readyz");
		assertThat(answer.json()).containsEntry("reason", "required: refused").containsEntry("status", "DOWN");
		Map<String, Object> component = answer.json("components", "required");
		assertThat(component).containsEntry("error", "refused")
			.containsEntry("status", "DOWN")
			.containsEntry("details", Map.of("host", "10.0.0.1"));
		assertThat((Integer) component.get("consecutiveFailures")).isPositive();
	}

	@Test
	void bodyWithDetailsOfAnyKindIsJson() {
		Map<String, Object> details = Map.of("quote\"", "\"\\/ \b\f\n\r\t.", "control\u0001",
				"\u0000\u001f\u007f\u0085", "emoji 😀", "😀 𝄞 é\u2028", "list", List.of(1, true, "</script>"), "map",
				Map.of("a", 1.5));
		Map<String, Object> shown = Map.of("quote\"", "\"\\/  .", "control", "", "emoji 😀", "😀 𝄞 é", "list",
				List.of(1, true, "</script>"), "map", Map.of("a", 1.5));
		this.application.indicator("required").answer(Health.up().withDetails(details).build());
		this.application.await()
			.untilAsserted(() -> assertThat(this.application.get("/readyz").json("components", "required"))
				.containsEntry("details", shown));
	}

	@Test
	void bodyWithHalfOfAnEmojiIsStillJson() {
		String cut = "x".repeat(299) + "😀 and more";
		answer(Health.down().withDetail("error", cut).withDetail("half", "\ud83d").build());
		assertThat((String) this.application.get("/readyz").json("components", "required").get("error"))
			.startsWith("xxx");
	}

	@Test
	void singleCheckIsAnsweredWithItsComponent() {
		assertThat(this.application.get("/readyz/informational").json())
			.containsOnlyKeys("status", "impact", "latencyMillis", "checkedAt", "since", "history")
			.containsEntry("status", "UP");
	}

	@Test
	void singleCheckIsFoundByItsEncodedName() {
		HttpAnswer answer = this.application.get("/readyz/n%C3%A4her%20am/Rand");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json()).containsEntry("impact", "informational");
	}

	@Test
	void unknownCheckIsNotFoundAndTrustedCallerLearnsWhichThereAre() {
		HttpAnswer answer = this.application.get("/readyz/unknown");
		assertThat(answer.status()).isEqualTo(404);
		assertThat(answer.json().get("checks")).asInstanceOf(InstanceOfAssertFactories.LIST)
			.contains("required", "degrading", "informational");
		assertThat(this.application.get("/readyz/unknown", STRANGER).body()).isEmpty();
	}

	@Test
	void strangerIsToldNothingButStatusAndState() {
		answer(Health.down(new IllegalStateException("jdbc:postgresql://secret.internal/orders?user=admin"))
			.withDetail("host", "secret.internal")
			.build());
		for (String target : List.of("/healthz", "/startupz", "/readyz")) {
			HttpAnswer answer = this.application.get(target, STRANGER);
			assertThat(answer.json()).containsOnly(Map.entry("status", "DOWN"), Map.entry("state", "failing"));
		}
		HttpAnswer check = this.application.get("/readyz/required", STRANGER);
		assertThat(check.json()).containsOnly(Map.entry("status", "DOWN"));
		assertThat(check.headers().toString()).doesNotContain("secret");
		assertThat(this.application.get("/readyz").body()).contains("secret.internal");
	}

}
