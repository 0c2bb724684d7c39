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

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;

import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ProbedApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators can set over HTTP, and what it does. To be extended for each server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AbstractHttpModeTests {

	private static final String AUTHORIZATION = "Authorization: Bearer " + ContractApplication.TOKEN;

	private ProbedApplication application;

	/**
	 * Returns the application on the server under test, not started.
	 */
	abstract SpringApplicationBuilder application();

	private ProbedApplication start(String... properties) {
		ProbedApplication started = ProbedApplication.start(application().properties(ContractApplication.PROPERTIES),
				properties);
		started.await().until(() -> started.get("/startupz").status(), (status) -> status == 200);
		return started;
	}

	@BeforeAll
	void start() {
		this.application = start("health.maintenance.gate=true", "management.endpoints.web.exposure.include=*",
				"management.endpoint.maintenance.access=unrestricted",
				"management.endpoint.health.show-details=always");
	}

	@AfterAll
	void stop() {
		this.application.close();
	}

	@AfterEach
	void recover() {
		this.application.indicator("required").answer(Health.up().build());
		this.application.publish(ReadinessState.ACCEPTING_TRAFFIC);
		this.application.ask("DELETE", "/admin/maintenance", AUTHORIZATION);
		this.application.awaitState("running");
	}

	private HttpAnswer put(String body) {
		return send("PUT", "/admin/maintenance", body, AUTHORIZATION);
	}

	private HttpAnswer send(String method, String target, String body, @Nullable String header) {
		return send(this.application.connect(), method + " " + target, body, header);
	}

	private HttpAnswer sendToActuator(String body) {
		return send(this.application.connectToApplication(), "POST /actuator/maintenance", body, null);
	}

	private static HttpAnswer send(HttpConnection opened, String request, String body, @Nullable String header) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		String headers = (header != null) ? header + "\r\n" : "";
		try (HttpConnection connection = opened) {
			connection.sendRaw(request + " HTTP/1.1\r\nHost: localhost\r\n" + headers
					+ "Content-Type: application/json\r\nContent-Length: " + bytes.length
					+ "\r\nConnection: close\r\n\r\n" + new String(bytes, StandardCharsets.ISO_8859_1));
			return connection.receive();
		}
	}

	private int status(String method, String target) {
		return this.application.ask(method, target).status();
	}

	private int applicationStatus(String method, String target) {
		return this.application.askApplication(method, target).status();
	}

	@Test
	void maintenanceIsAliveAndNotReadyAndTellsWhoAndWhy() {
		HttpAnswer answer = put("{\"mode\": \"maintenance\", \"reason\": \"größer\", \"by\": \"ada\"}");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json()).containsEntry("status", "OUT_OF_SERVICE")
			.containsEntry("state", "maintenance")
			.containsEntry("mode", "maintenance")
			.containsEntry("reason", "größer")
			.containsEntry("by", "ada")
			.doesNotContainKey("until");
		HttpAnswer readiness = this.application.get("/readyz");
		assertThat(readiness.status()).isEqualTo(503);
		assertThat(readiness.header("retry-after")).isNull();
		assertThat(readiness.json()).containsEntry("reason", "größer");
		assertThat(readiness.json("maintenance")).containsEntry("mode", "maintenance").containsEntry("by", "ada");
		assertThat(this.application.get("/readyz", "Via: a").json()).containsOnlyKeys("status", "state");
		assertThat(status("GET", "/healthz")).isEqualTo(200);
		assertThat(status("GET", "/startupz")).isEqualTo(200);
		assertThat(this.application.get("/admin/maintenance", AUTHORIZATION).json()).isEqualTo(answer.json());
	}

	@Test
	void modeIsLeft() {
		put("{\"mode\": \"maintenance\"}");
		HttpAnswer answer = this.application.ask("DELETE", "/admin/maintenance", AUTHORIZATION);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json()).containsEntry("state", "running").containsEntry("mode", "normal");
		assertThat(this.application.get("/readyz").json()).doesNotContainKey("maintenance");
	}

	@Test
	void modeEndsByItself() {
		HttpAnswer answer = put("{\"mode\": \"maintenance\", \"for\": \"300ms\"}");
		assertThat(Instant.parse((String) answer.json().get("until"))).isAfter(Instant.EPOCH);
		this.application.awaitState("running");
	}

	@Test
	void readOnlyRefusesWritesAlone() {
		put("{\"mode\": \"read-only\"}");
		assertThat(this.application.get("/readyz").json()).containsEntry("state", "read-only")
			.containsEntry("status", "DEGRADED");
		assertThat(status("GET", "/readyz")).isEqualTo(200);
		assertThat(status("GET", "/readyz/read")).isEqualTo(200);
		assertThat(status("GET", "/readyz/write")).isEqualTo(503);
	}

	@ParameterizedTest
	@CsvSource({ "maintenance, /readyz", "read-only, /readyz/write" })
	void refusalSaysWhenToComeBackWhereTheEndIsKnown(String mode, String target) {
		put("{\"mode\": \"" + mode + "\", \"for\": \"1h\"}");
		assertThat(Integer.parseInt(this.application.get(target).header("retry-after"))).isBetween(3000, 3600);
		assertThat(Integer.parseInt(this.application.ask("HEAD", target).header("retry-after"))).isBetween(3000, 3600);
		assertThat(this.application.get("/healthz").header("retry-after")).isNull();
		this.application.indicator("required").answer(Health.down().build());
		this.application.await().until(() -> this.application.get("/readyz/required").status(), (code) -> code == 503);
		assertThat(this.application.get(target).header("retry-after")).isNull();
		this.application.indicator("required").answer(Health.up().build());
		this.application.await().until(() -> this.application.get("/readyz/required").status(), (code) -> code == 200);
		this.application.publish(ReadinessState.REFUSING_TRAFFIC);
		assertThat(this.application.get(target).header("retry-after")).isNull();
	}

	@Test
	void checkThatFailsWinsOverReadOnlyAndLosesAgainstMaintenance() {
		this.application.indicator("required").answer(Health.down().build());
		this.application.awaitState("failing");
		put("{\"mode\": \"read-only\"}");
		assertThat(this.application.get("/readyz").json()).containsEntry("state", "failing");
		put("{\"mode\": \"maintenance\"}");
		assertThat(this.application.get("/readyz").json()).containsEntry("state", "maintenance");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "maintenance", "[]", "null", "\"x\"", "1", "{\"mode\": \"off\"}", "{}",
			"{\"mode\": 1}", "{\"mode\": \"maintenance\", \"until\": \"2020-01-01T00:00:00Z\"}",
			"{\"mode\": \"normal\", \"until\": \"2020-01-01T00:00:00Z\"}",
			"{\"mode\": \"maintenance\", \"until\": \"soon\"}", "{\"mode\": \"maintenance\", \"for\": \"-1s\"}",
			"{\"mode\": \"maintenance\", \"untill\": \"2999-01-01T00:00:00Z\"}",
			"{\"mode\": \"maintenance\", \"reason\": {\"a\": 1}}" })
	void badRequestSaysWhyAndChangesNothing(String body) {
		put("{\"mode\": \"read-only\"}");
		HttpAnswer answer = put(body);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
		assertThat(answer.json()).containsEntry("status", 400).containsEntry("title", "Bad Request");
		assertThat((String) answer.json().get("detail")).isNotEmpty();
		assertThat(this.application.get("/admin/maintenance", AUTHORIZATION).json()).containsEntry("mode", "read-only");
	}

	@Test
	void bodyThatIsTooLargeIsRefused() {
		HttpAnswer answer = put("{\"mode\": \"maintenance\", \"reason\": \"" + "x".repeat(5000) + "\"}");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.json()).containsEntry("detail", "the body must not be longer than 4096 bytes");
		assertThat(this.application.get("/readyz").json()).containsEntry("state", "running");
	}

	@Test
	void badRequestThatIsRepeatedIsWrittenAsText() {
		HttpAnswer answer = put("{\"mode\": \"maintenance\", \"un\\\"til\\\\\\u0007é\": 1}");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.json()).containsEntry("detail",
				"'un\"til\\ é' is unknown, there are mode, reason, by, until and for");
	}

	@ParameterizedTest
	@CsvSource({ "Via: a, 401", "Authorization: Bearer wrong, 403" })
	void modesAreForTheToken(String header, int status) {
		HttpAnswer answer = send("PUT", "/admin/maintenance", "{\"mode\": \"maintenance\"}", header);
		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.body()).isEmpty();
		assertThat(this.application.get("/readyz").json()).containsEntry("state", "running");
	}

	@Test
	void otherMethodsAreNotAllowed() {
		HttpAnswer answer = this.application.ask("POST", "/admin/maintenance", AUTHORIZATION);
		assertThat(answer.status()).isEqualTo(405);
		assertThat(answer.header("allow")).isEqualTo("GET, PUT, DELETE");
	}

	@Test
	void gateRefusesAllInMaintenanceButProbesAdministrationAndActuator() {
		assertThat(applicationStatus("GET", "/anything")).isEqualTo(404);
		put("{\"mode\": \"maintenance\", \"for\": \"1h\", \"reason\": \"secret\"}");
		HttpAnswer gated = this.application.askApplication("GET", "/anything");
		assertThat(gated.status()).isEqualTo(503);
		assertThat(gated.header("content-type")).isEqualTo("application/problem+json");
		assertThat(Integer.parseInt(gated.header("retry-after"))).isBetween(3000, 3600);
		assertThat(gated.json()).isEqualTo(Map.of("type", "about:blank", "title", "Service Unavailable", "status", 503,
				"detail", "The service is in maintenance."));
		assertThat(this.application.askApplication("HEAD", "/anything").body()).isEmpty();
		assertThat(applicationStatus("GET", "/actuator/info")).isEqualTo(200);
		assertThat(applicationStatus("GET", "/actuator")).isEqualTo(200);
		assertThat(applicationStatus("GET", "/actuators")).isEqualTo(503);
		for (String target : List.of("/actuator/../anything", "/anything/../actuator", "/anything/%2e%2e/actuator/info",
				"/actuator;a=b/info", "/%61ctuator/info")) {
			assertThat(applicationStatus("GET", target)).as(target).isIn(400, 503);
		}
		assertThat(status("GET", "/readyz/required")).isEqualTo(200);
		assertThat(this.application.get("/admin/drain", AUTHORIZATION).status()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource({ "GET, 404", "HEAD, 404", "POST, 503", "PUT, 503", "PATCH, 503", "DELETE, 503", "MADEUP, 503" })
	void gateRefusesUnsafeMethodsWhileReadOnly(String method, int status) {
		put("{\"mode\": \"read-only\"}");
		assertThat(applicationStatus(method, "/anything")).isEqualTo(status);
	}

	@Test
	void withoutTheGateTheApplicationIsLeftAlone() {
		try (ProbedApplication open = start("health.maintenance.mode=maintenance", "health.maintenance.by=config",
				"health.maintenance.until=2999-01-01T00:00:00Z")) {
			HttpAnswer readiness = open.get("/readyz");
			assertThat(readiness.status()).isEqualTo(503);
			assertThat(readiness.json("maintenance")).containsEntry("by", "config")
				.containsEntry("until", "2999-01-01T00:00:00Z");
			assertThat(open.askApplication("GET", "/anything").status()).isEqualTo(404);
		}
	}

	@Test
	void modeToStartInWhoseTimeIsOverIsLeftOut() {
		try (ProbedApplication open = start("health.maintenance.mode=maintenance",
				"health.maintenance.until=2020-01-01T00:00:00Z")) {
			open.awaitState("running");
		}
	}

	@Test
	void actuatorsEndpointNamesNobodyUnlessItShowsDetails() {
		try (ProbedApplication open = start("management.endpoints.web.exposure.include=*",
				"management.endpoint.maintenance.access=unrestricted", "health.maintenance.mode=maintenance",
				"health.maintenance.by=ada", "health.maintenance.reason=new disks")) {
			assertThat(open.askApplication("GET", "/actuator/maintenance").json()).containsEntry("mode", "maintenance")
				.containsKey("since")
				.doesNotContainKeys("by", "reason");
			HttpAnswer entered = send(open.connectToApplication(), "POST /actuator/maintenance",
					"{\"mode\": \"read-only\", \"by\": \"ada\"}", null);
			assertThat(entered.json()).containsEntry("mode", "read-only").doesNotContainKeys("by", "reason");
		}
	}

	@Test
	void actuatorsEndpointDoesTheSame() {
		assertThat(this.application.askApplication("GET", "/actuator/maintenance").json()).containsEntry("mode",
				"normal");
		HttpAnswer answer = sendToActuator("{\"mode\": \"maintenance\", \"by\": \"ada\", \"duration\": \"1h\"}");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json()).containsEntry("state", "maintenance").containsEntry("by", "ada").containsKey("until");
		assertThat(this.application.askApplication("GET", "/actuator/maintenance").json())
			.isEqualTo(this.application.ask("GET", "/admin/maintenance", AUTHORIZATION).json());
		assertThat(status("GET", "/readyz")).isEqualTo(503);
		assertThat(this.application.askApplication("DELETE", "/actuator/maintenance").json()).containsEntry("mode",
				"normal");
		assertThat(status("GET", "/readyz")).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "null", "[]", "{}", "{\"mode\": \"off\"}", "{\"mode\": \"maintenance\", \"duration\": \"-1s\"}",
					"{\"mode\": \"maintenance\", \"duration\": \"30m\", \"until\": \"2999-01-01T00:00:00Z\"}" })
	void actuatorsEndpointRefusesWhatItDoesNotUnderstand(String body) {
		HttpAnswer answer = sendToActuator(body);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(this.application.askApplication("GET", "/actuator/maintenance").json()).containsEntry("mode",
				"normal");
	}

}
