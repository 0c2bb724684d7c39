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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;

import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainOutcome;
import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.health.HealthState;
import io.github.healthstarter.health.HealthTransition;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.ProbedApplication;
import io.github.healthstarter.traffic.Probers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The table of states in the HTTP contract. To be extended for each server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AbstractHttpStateTests {

	static final List<String> PROBES = List.of("/healthz", "/startupz", "/readyz");

	private static final String AUTHORIZATION = "Authorization: Bearer " + ContractApplication.TOKEN;

	private static final Health DOWN = Health.down().build();

	private ProbedApplication application;

	/**
	 * Returns the application on the server under test, not started.
	 */
	abstract SpringApplicationBuilder application();

	private ProbedApplication start(StateObserver observer, String... properties) {
		return ProbedApplication.start(application().listeners(observer).properties(ContractApplication.PROPERTIES),
				properties);
	}

	@BeforeAll
	void start() {
		this.application = start(new StateObserver());
	}

	@AfterAll
	void stop() {
		this.application.close();
	}

	@AfterEach
	void recover() {
		answer("required", Health.up().build());
		answer("degrading", Health.up().build());
		answer("informational", Health.up().build());
		this.application.publish(ReadinessState.ACCEPTING_TRAFFIC);
		this.application.ask("DELETE", "/admin/drain", AUTHORIZATION);
		this.application.awaitState("running");
	}

	private void answer(String check, Health health) {
		this.application.indicator(check).answer(health);
	}

	private void assertThatAll(String state, String status, int... codes) {
		this.application.awaitState(state);
		assertThatAll(this.application::get, state, status, codes);
	}

	private static void assertThatAll(Function<String, HttpAnswer> answers, String state, String status, int... codes) {
		for (int i = 0; i < codes.length; i++) {
			HttpAnswer answer = answers.apply(PROBES.get(i));
			assertThat(answer.status()).as(PROBES.get(i)).isEqualTo(codes[i]);
			assertThat(answer.json()).as(PROBES.get(i)).containsEntry("state", state).containsEntry("status", status);
		}
	}

	@Test
	void runningPassesAll() {
		assertThatAll("running", "UP", 200, 200, 200);
		for (String target : PROBES) {
			assertThat(this.application.get(target, "X-Real-IP: 127.0.0.1").json())
				.containsOnly(Map.entry("status", "UP"), Map.entry("state", "running"));
		}
	}

	@Test
	void degradedIsReady() {
		answer("degrading", DOWN);
		assertThatAll("degraded", "DEGRADED", 200, 200, 200);
		assertThat(this.application.get("/readyz/degrading").status()).isEqualTo(503);
		assertThat(this.application.get("/readyz").json()).containsEntry("reason",
				"degrading: the indicator reported DOWN");
	}

	@Test
	void degradedRequiredCheckIsReadyToo() {
		answer("required", Health.status("DEGRADED").build());
		assertThatAll("degraded", "DEGRADED", 200, 200, 200);
		assertThat(this.application.get("/readyz/required").status()).isEqualTo(200);
	}

	@Test
	void readOnlyIsReadyForReadsAlone() {
		answer("degrading", DOWN);
		answer("required", Health.status("READ_ONLY").withDetail("error", "a replica").build());
		assertThatAll("read-only", "DEGRADED", 200, 200, 200);
		assertThat(this.application.get("/readyz/read").status()).isEqualTo(200);
		HttpAnswer writes = this.application.get("/readyz/write/");
		assertThat(writes.status()).isEqualTo(503);
		assertThat(writes.json()).containsEntry("state", "read-only").containsEntry("reason", "required: a replica");
		assertThat(this.application.get("/readyz/required").json()).containsEntry("status", "DEGRADED");
		List<?> history = (List<?>) this.application.get("/readyz/required").json().get("history");
		assertThat((Map<?, ?>) history.get(history.size() - 1)).extracting("from", "to")
			.containsExactly("UP", "READ_ONLY");
		answer("required", Health.up().build());
		this.application.awaitState("degraded");
		assertThat(this.application.get("/readyz/write").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "READ_ONLY", "DEGRADED" })
	void informationalRestrictionChangesNothing(String status) {
		answer("informational", Health.status(status).build());
		this.application.await()
			.until(() -> this.application.get("/readyz/informational").json().get("status"), "DEGRADED"::equals);
		assertThatAll("running", "UP", 200, 200, 200);
		assertThat(this.application.get("/readyz/write").status()).isEqualTo(200);
	}

	@Test
	void neitherReadsNorWritesAreServedWhileFailing() {
		answer("required", DOWN);
		this.application.awaitState("failing");
		assertThat(this.application.get("/readyz/read").status()).isEqualTo(503);
		assertThat(this.application.get("/readyz/write").status()).isEqualTo(503);
	}

	@Test
	void checkTellsTrustedCallersHowItCameToWhereItStands() {
		answer("informational", DOWN);
		this.application.await()
			.until(() -> this.application.get("/readyz/informational").status(), (code) -> code == 503);
		List<?> history = (List<?>) this.application.get("/readyz/informational").json().get("history");
		Map<?, ?> latest = (Map<?, ?>) history.get(history.size() - 1);
		assertThat(latest.keySet()).extracting(Object::toString)
			.containsExactlyInAnyOrder("at", "from", "to", "reason", "lastedMillis");
		assertThat(latest.get("from")).isEqualTo("UP");
		assertThat(latest.get("to")).isEqualTo("DOWN");
		assertThat(this.application.get("/readyz/informational", "Via: a").json()).containsOnlyKeys("status");
		assertThat(this.application.get("/readyz").json("components", "informational")).doesNotContainKey("history");
		answer("informational", Health.up().build());
	}

	@Test
	void informationalFailureChangesNothingButItsOwnAnswer() {
		answer("informational", DOWN);
		this.application.await()
			.until(() -> this.application.get("/readyz/informational").status(), (code) -> code == 503);
		assertThatAll("running", "UP", 200, 200, 200);
	}

	@Test
	void failingIsAliveAndNotReady() {
		answer("degrading", DOWN);
		answer("required", DOWN);
		assertThatAll("failing", "DOWN", 200, 200, 503);
	}

	@Test
	void failingForLongIsReadyAndDegradedWhereTheCheckFailsOpen() {
		try (ProbedApplication open = start(new StateObserver(), "health.check-defaults.fail-open-after=1s")) {
			open.awaitState("running");
			open.indicator("required").answer(DOWN);
			open.awaitState("degraded");
			assertThatAll(open::get, "degraded", "DEGRADED", 200, 200, 200);
			assertThat(open.get("/readyz").json("components", "required")).containsEntry("status", "DOWN")
				.containsEntry("impact", "degrading");
			List<HealthTransition> history = open.bean(HealthInstance.class).health().history();
			HealthTransition latest = history.get(history.size() - 1);
			assertThat(latest.from()).isEqualTo(HealthState.FAILING);
			assertThat(latest.lasted()).isGreaterThan(Duration.ofMillis(500));
			open.indicator("required").answer(Health.up().build());
			open.awaitState("running");
			assertThat(open.get("/readyz").json("components", "required")).containsEntry("impact", "required");
		}
	}

	@Test
	void maintenanceIsAliveAndNotReadyAndWinsOverFailing() {
		this.application.publish(ReadinessState.REFUSING_TRAFFIC);
		assertThatAll("maintenance", "OUT_OF_SERVICE", 200, 200, 503);
		answer("required", DOWN);
		this.application.await().until(() -> this.application.get("/readyz/required").status(), (code) -> code == 503);
		assertThatAll("maintenance", "OUT_OF_SERVICE", 200, 200, 503);
	}

	@Test
	void drainingIsAliveAndNotReadyAndWinsOverMaintenanceUntilItIsUndone() {
		this.application.publish(ReadinessState.REFUSING_TRAFFIC);
		assertThat(this.application.ask("POST", "/admin/drain", AUTHORIZATION).status()).isIn(200, 202);
		assertThatAll("draining", "OUT_OF_SERVICE", 200, 200, 503);
		assertThat(this.application.get("/readyz").json("drain")).containsEntry("trigger", "api")
			.containsKeys("elapsedMillis", "inFlight", "waitingFor");
		assertThat(this.application.get("/readyz").json("traffic")).containsKeys("inFlight", "perSecond");
		assertThat(this.application.get("/readyz", "Forwarded: for=1").json())
			.containsOnly(Map.entry("status", "OUT_OF_SERVICE"), Map.entry("state", "draining"));
		assertThat(this.application.ask("DELETE", "/admin/drain", AUTHORIZATION).status()).isEqualTo(200);
		assertThatAll("maintenance", "OUT_OF_SERVICE", 200, 200, 503);
		assertThat(this.application.get("/readyz").json()).doesNotContainKey("drain");
	}

	@Test
	void startingIsAliveAndNotReadyAndTellsItsProgress() {
		StateObserver observer = new StateObserver();
		try (ProbedApplication starting = start(observer, "contract.blocked=true")) {
			assertThatAll(observer::beforeRunners, "starting", "OUT_OF_SERVICE", 200, 200, 503);
			assertThat(observer.beforeRunners("/startupz").json("progress")).containsEntry("phase", "web server");
			assertThatAll(starting::get, "starting", "OUT_OF_SERVICE", 200, 200, 503);
			HttpAnswer answer = starting.get("/startupz");
			assertThat(answer.json("progress")).containsEntry("phase", "checks")
				.containsEntry("detail", "waiting for required")
				.containsEntry("done", 0)
				.containsEntry("total", 1);
			assertThat(answer.json("service")).containsKey("startedAt");
			starting.indicator("required").release();
			starting.awaitState("running");
			assertThat(starting.get("/startupz").json()).doesNotContainKey("progress");
		}
		assertThatAll(observer::whileClosing, "stopping", "OUT_OF_SERVICE", 200, 200, 503);
	}

	@Test
	void failedIsAliveUntilTheEndAndTellsStrangersNothing() {
		StateObserver observer = new StateObserver();
		assertThatIllegalStateException().isThrownBy(() -> start(observer, "contract.failing=true"));
		assertThatAll(observer::whileClosing, "failed", "DOWN", 200, 200, 503);
		assertThat((String) observer.whileClosing("/readyz").json().get("reason")).contains("secret.internal");
	}

	@Test
	void brokenIsNotAliveAndWinsOverDraining() {
		try (ProbedApplication broken = start(new StateObserver())) {
			broken.awaitState("running");
			broken.publish(LivenessState.BROKEN);
			broken.awaitState("broken");
			assertThatAll(broken::get, "broken", "DOWN", 503, 200, 503);
			broken.ask("POST", "/admin/drain", AUTHORIZATION);
			assertThatAll(broken::get, "broken", "DOWN", 503, 200, 503);
			assertThat(broken.get("/healthz", "Via: x").json()).containsOnly(Map.entry("status", "DOWN"),
					Map.entry("state", "broken"));
		}
	}

	@Test
	void proberOfABrokenInstanceIsWaitedForUntilItHasSeenTheFailures() {
		try (ProbedApplication broken = start(new StateObserver(), "health.drain.max-wait=1m",
				"health.drain.quiet-period=0s")) {
			broken.awaitState("running");
			broken.publish(LivenessState.BROKEN);
			broken.awaitState("broken");
			broken.ask("POST", "/admin/drain", AUTHORIZATION);
			DrainController drain = broken.bean(HealthInstance.class).drain();
			broken.await().untilAsserted(() -> {
				broken.get("/readyz");
				assertThat(drain.progress()).extracting(DrainProgress::outcome).isEqualTo(DrainOutcome.QUIESCED);
			});
		}
	}

	@Test
	void probersAreToldApartByWhatTheySend() {
		awaitProbers(this.application, 5, new String[0], new String[] { "User-Agent: kube-probe/1.33" },
				new String[] { "X-Forwarded-For: 192.0.2.1" },
				new String[] { "X-Forwarded-For: 192.0.2.1", "X-Forwarded-For: 192.0.2.2" },
				new String[] { "Via: 1.1 proxy" });
	}

	@Test
	void probersAreToldApartThoughTheServerTakesTheAddressFromAHeader() {
		try (ProbedApplication trusting = start(new StateObserver(), "server.forward-headers-strategy=native")) {
			awaitProbers(trusting, 4, new String[0], new String[] { "X-Forwarded-For: 192.0.2.1" },
					new String[] { "X-Forwarded-For: 192.0.2.3, 192.0.2.1" },
					new String[] { "X-Forwarded-For: 192.0.2.1, 10.0.0.1" },
					new String[] { "X-Forwarded-For: 192.0.2.1", "X-Forwarded-For: 10.0.0.2" });
		}
	}

	private static void awaitProbers(ProbedApplication application, int number, String[]... headers) {
		Probers probers = application.bean(HealthInstance.class).traffic().probers();
		application.await().untilAsserted(() -> {
			for (int i = 0; i < 4; i++) {
				for (String[] lines : headers) {
					application.get("/readyz", lines);
				}
			}
			assertThat(probers.awaited(1)).isEqualTo(number);
		});
	}

}
