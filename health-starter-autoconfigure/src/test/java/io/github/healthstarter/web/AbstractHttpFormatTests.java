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
import java.util.Map;
import java.util.regex.Pattern;

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
import io.github.healthstarter.testing.ProbedApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The formats of the HTTP contract, and what its queries ask for. To be extended for each
 * server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AbstractHttpFormatTests {

	private static final String HEALTH_JSON = "Accept: application/health+json";

	private static final String PLAIN = "Accept: text/plain";

	private static final String STRANGER = "Via: 1.1 somewhere";

	private static final Health DOWN = Health.down().withDetail("error", "no answer from secret.internal").build();

	private static final String OTHERS_OK = "[+]degrading ok\n[+]informational ok\n[+]näher am/Rand ok\n";

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
		answer("required", Health.up().build());
		answer("degrading", Health.up().build());
		this.application.publish(ReadinessState.ACCEPTING_TRAFFIC);
		this.application.awaitState("running");
	}

	private void answer(String check, Health health) {
		this.application.indicator(check).answer(health);
	}

	private void fail() {
		answer("required", DOWN);
		this.application.awaitState("failing");
	}

	private void assertPlain(String target, int status, String body, String... headers) {
		HttpAnswer answer = this.application.get(target, headers);
		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.header("content-type")).isEqualToIgnoringCase("text/plain;charset=UTF-8");
		assertThat(answer.header("cache-control")).isEqualTo("no-store");
		assertThat(answer.body()).isEqualTo(body);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/healthz", "/livez", "/startupz", "/started", "/readyz", "/ready", "/readyz/read",
			"/readyz/write", "/readyz/required" })
	void plainTextOfAProbeThatPassesIsOk(String target) {
		assertPlain(target, 200, "ok", PLAIN);
		assertPlain(target, 200, "ok", PLAIN, STRANGER);
		assertPlain(target + "?verbose", 200, "ok", STRANGER);
	}

	@ParameterizedTest
	@CsvSource({ "/healthz, healthz", "/livez, livez", "/health/live, healthz", "/startupz, startupz",
			"/started, startupz", "/readyz, readyz", "/ready, readyz", "/readyz/read, readyz",
			"/readyz/write, readyz" })
	void verboseGivesALineForEachCheck(String target, String name) {
		String body = "[+]required ok\n" + OTHERS_OK + name + " check passed\n";
		assertPlain(target + "?verbose", 200, body);
		assertPlain(target + "?verbose=1", 200, body, "Accept: application/json");
	}

	@Test
	void plainTextOfAProbeThatFailsGivesALineForEachCheck() {
		fail();
		String body = "[-]required failed: no answer from secret.internal\n" + OTHERS_OK + "readyz check failed\n";
		assertPlain("/readyz", 503, body, PLAIN);
		assertPlain("/ready?verbose", 503, body);
		assertPlain("/readyz/write", 503, body, PLAIN);
		assertPlain("/healthz", 200, "ok", PLAIN);
	}

	@Test
	void plainTextForAStrangerHasNoReasons() {
		fail();
		for (String target : List.of("/readyz", "/readyz?verbose", "/readyz?verbose&exclude=required", "/ready",
				"/readyz/read", "/readyz/write")) {
			assertPlain(target, 503, "readyz check failed\n", PLAIN, STRANGER);
		}
		assertPlain("/readyz/required?verbose", 503, "required check failed\n", STRANGER);
	}

	@Test
	void plainTextTellsOfARestriction() {
		answer("required", Health.status("READ_ONLY").withDetail("error", "a\nreplica").build());
		answer("degrading", DOWN);
		this.application.awaitState("read-only");
		this.application.await().until(() -> this.application.get("/readyz/degrading").status(), (code) -> code == 503);
		String lines = """
				[+]required degraded: a replica
				[-]degrading failed: no answer from secret.internal
				[+]informational ok
				[+]näher am/Rand ok
				""";
		assertPlain("/readyz?verbose", 200, lines + "readyz check passed\n");
		HttpAnswer writes = this.application.get("/readyz/write", PLAIN);
		assertThat(writes.status()).isEqualTo(503);
		assertThat(writes.body()).startsWith(lines + "[-]state failed: read-only: required: a")
			.endsWith("replica\nreadyz check failed\n");
	}

	@Test
	void plainTextTellsWhyAProbeFailsThatNoCheckMakesFail() {
		this.application.publish(ReadinessState.REFUSING_TRAFFIC);
		this.application.awaitState("maintenance");
		assertPlain("/readyz", 503,
				"[+]required ok\n" + OTHERS_OK
						+ "[-]state failed: maintenance: the application refuses traffic\nreadyz check failed\n",
				PLAIN);
	}

	@Test
	void singleCheckHasThePlainFormatToo() {
		assertPlain("/readyz/degrading?verbose", 200, "[+]degrading ok\ndegrading check passed\n");
		fail();
		assertPlain("/readyz/required", 503,
				"[-]required failed: no answer from secret.internal\nrequired check failed\n", PLAIN);
	}

	@Test
	void excludedCheckIsLeftOutOfTheAnswerInEveryFormat() {
		fail();
		String target = "/readyz?exclude=required";
		HttpAnswer json = this.application.get(target);
		assertThat(json.status()).isEqualTo(200);
		assertThat(json.json()).containsEntry("state", "running").doesNotContainKeys("reason", "since");
		assertThat(json.json("components")).containsOnlyKeys("degrading", "informational", "näher am/Rand");
		HttpAnswer draft = this.application.get(target, HEALTH_JSON);
		assertThat(draft.status()).isEqualTo(200);
		assertThat(draft.json()).containsEntry("status", "pass");
		assertThat(draft.body()).contains("excluded: required").doesNotContain("secret.internal");
		assertPlain(target, 200, "ok", PLAIN);
		assertPlain(target + "&verbose", 200, "[+]required excluded: ok\n" + OTHERS_OK + "readyz check passed\n");
		assertThat(this.application.get("/readyz/write?exclude=required").status()).isEqualTo(200);
		assertThat(this.application.ask("HEAD", target).status()).isEqualTo(200);
		assertThat(this.application.ask("OPTIONS", target).status()).isEqualTo(200);
		assertThat(this.application.get("/readyz").status()).isEqualTo(503);
	}

	@Test
	void exclusionLeavesWhatElseHolds() {
		fail();
		answer("degrading", DOWN);
		this.application.await().until(() -> this.application.get("/readyz/degrading").status(), (code) -> code == 503);
		assertThat(this.application.get("/readyz?exclude=degrading").status()).isEqualTo(503);
		assertThat(this.application.get("/readyz?exclude=required").json()).containsEntry("state", "degraded");
		assertThat(this.application.get("/readyz?exclude=required&exclude=degrading").json()).containsEntry("state",
				"running");
		this.application.publish(ReadinessState.REFUSING_TRAFFIC);
		assertThat(this.application.get("/readyz?exclude=required").status()).isEqualTo(503);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/readyz?exclude=required", "/readyz/required?exclude=required",
			"/readyz/write?exclude=required&verbose" })
	void exclusionByAStrangerIsIgnored(String target) {
		fail();
		for (String method : List.of("GET", "HEAD", "OPTIONS")) {
			assertThat(this.application.ask(method, target, STRANGER).status()).isEqualTo(503);
		}
	}

	@Test
	void exclusionOfWhatIsNotThereIsWarnedAboutInThePlainFormatAlone() {
		assertPlain("/readyz?verbose&exclude=x%22y%0A%5C&exclude=a&exclude=required", 200,
				"[+]required excluded: ok\n" + OTHERS_OK + "warn: some health checks cannot be excluded: "
						+ "no matches for \"a\",\"x\\\"y \\\\\"\nreadyz check passed\n");
		assertPlain("/readyz?exclude=a", 200, "ok", PLAIN);
		fail();
		assertThat(this.application.get("/readyz?exclude=a").json()).containsEntry("state", "failing")
			.containsKey("since");
		assertThat(this.application.get("/readyz?exclude=a", PLAIN).body())
			.endsWith("no matches for \"a\"\nreadyz check failed\n");
	}

	@Test
	void queryThatIsNoUriIsIgnored() {
		fail();
		HttpAnswer answer = malformed();
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.json()).containsEntry("state", "failing").containsKey("since");
	}

	HttpAnswer malformed() {
		return this.application.get("/readyz?exclude=%zz");
	}

	@Test
	void draftHasTheFieldsOfItsExample() {
		HttpAnswer answer = this.application.get("/readyz", HEALTH_JSON);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("content-type")).isEqualTo("application/health+json");
		assertThat(answer.json()).containsEntry("status", "pass")
			.containsEntry("serviceId", "contract")
			.containsEntry("description", "health of contract")
			.doesNotContainKey("output");
		assertThat(answer.json().get("notes")).asString().contains("state: running");
		assertThat(answer.json("checks")).containsOnlyKeys("required:responseTime", "degrading:responseTime",
				"informational:responseTime", "näher am/Rand:responseTime");
		Map<String, Object> check = HealthJsonRules.onlyComponent(answer, "required:responseTime");
		assertThat(check).containsEntry("componentId", "required")
			.containsEntry("componentType", "component")
			.containsEntry("observedUnit", "ms")
			.containsEntry("status", "pass")
			.containsKeys("observedValue", "time")
			.doesNotContainKey("output");
	}

	@Test
	void draftFailsWithTheProbeThatWasAskedAndOtherwiseWarns() {
		fail();
		HttpAnswer readiness = this.application.get("/readyz", HEALTH_JSON);
		assertThat(readiness.status()).isEqualTo(503);
		assertThat(readiness.json()).containsEntry("status", "fail")
			.containsEntry("output", "required: no answer from secret.internal");
		assertThat(HealthJsonRules.onlyComponent(readiness, "required:responseTime")).containsEntry("status", "fail")
			.containsEntry("output", "no answer from secret.internal");
		HttpAnswer liveness = this.application.get("/healthz", HEALTH_JSON);
		assertThat(liveness.status()).isEqualTo(200);
		assertThat(liveness.json()).containsEntry("status", "warn").containsKey("output");
		HttpAnswer check = this.application.get("/readyz/required", HEALTH_JSON);
		assertThat(check.status()).isEqualTo(503);
		assertThat(check.json()).containsEntry("status", "fail");
	}

	@ParameterizedTest
	@CsvSource({ "READ_ONLY, read-only, 503", "DEGRADED, degraded, 200" })
	void draftWarnsOfARestriction(String status, String state, int writes) {
		answer("required", Health.status(status).withDetail("error", "a replica").build());
		this.application.awaitState(state);
		HttpAnswer answer = this.application.get("/readyz", HEALTH_JSON);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json()).containsEntry("status", "warn").containsEntry("output", "required: a replica");
		assertThat(HealthJsonRules.onlyComponent(answer, "required:responseTime")).containsEntry("status", "warn");
		HttpAnswer forWrites = this.application.get("/readyz/write", HEALTH_JSON);
		assertThat(forWrites.status()).isEqualTo(writes);
		assertThat(forWrites.json()).containsEntry("status", (writes == 503) ? "fail" : "warn");
	}

	@Test
	void draftForAStrangerIsTheStatusAlone() {
		fail();
		for (String target : List.of("/readyz", "/readyz?exclude=required", "/readyz/required", "/readyz/write")) {
			assertThat(this.application.get(target, HEALTH_JSON, STRANGER).json())
				.containsOnly(Map.entry("status", "fail"));
		}
		assertThat(this.application.get("/healthz", HEALTH_JSON, STRANGER).json())
			.containsOnly(Map.entry("status", "warn"));
	}

	@Test
	void codeAndBodyAgreeInEveryFormatWhileTheStateChanges() {
		Pattern ready = Pattern.compile("ok|.*\"status\":\"(UP|pass)\".*|.*readyz check passed\n", Pattern.DOTALL);
		for (int i = 0; i < 200; i++) {
			answer("required", (i % 20 < 10) ? DOWN : Health.up().build());
			for (String target : List.of("/readyz", "/readyz?verbose")) {
				for (String header : List.of("Accept: */*", HEALTH_JSON, PLAIN)) {
					HttpAnswer answer = this.application.get(target, header);
					String head = answer.body().startsWith("{") ? answer.body().split(",", 2)[0] : answer.body();
					assertThat(ready.matcher(head).matches()).as(answer.toString()).isEqualTo(answer.status() == 200);
				}
			}
		}
	}

	@Test
	void draftKeepsItsOwnRulesWhateverTheState() {
		for (Health health : List.of(Health.up().build(), Health.status("DEGRADED").build(), DOWN)) {
			answer("required", health);
			answer("degrading", health);
			this.application.await()
				.until(() -> this.application.get("/readyz/degrading").json().get("status"),
						health.getStatus().getCode()::equals);
			for (String target : List.of("/readyz", "/readyz/write", "/healthz", "/startupz", "/readyz/required")) {
				HealthJsonRules.assertKept(this.application.get(target, HEALTH_JSON));
				HealthJsonRules.assertKept(this.application.get(target, HEALTH_JSON, STRANGER));
			}
		}
	}

}
