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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;

import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ProbedApplication;
import io.github.healthstarter.traffic.RequestLoad;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Drains over HTTP, and callers that wait for their end. To be extended for each server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AbstractHttpDrainTests {

	private static final String AUTHORIZATION = "Authorization: Bearer contract-token";

	private static final String PRE_STOP = "/hooks/pre-stop";

	private ProbedApplication application;

	private RequestLoad requests;

	private boolean held;

	/**
	 * Returns the application on the server under test, not started.
	 */
	abstract SpringApplicationBuilder application();

	/**
	 * Whether the server under test has the port of the application itself.
	 */
	boolean isOnMainPort() {
		return true;
	}

	private ProbedApplication start(SpringApplicationBuilder application) {
		List<String> properties = new ArrayList<>(List.of(ContractApplication.PROPERTIES));
		properties.addAll(
				List.of("health.drain.max-wait=20s", "health.drain.quiet-period=0s", "health.drain.observed-failures=0",
						"health.drain.pre-stop-path=" + PRE_STOP, "health.access.trusted=127.0.0.0/8"));
		ProbedApplication started = ProbedApplication.start(application, properties.toArray(String[]::new));
		started.awaitState("running");
		return started;
	}

	@BeforeAll
	void start() {
		this.application = start(application());
		this.requests = this.application.bean(HealthInstance.class).traffic().requests();
	}

	@AfterAll
	void stop() {
		this.application.close();
	}

	@AfterEach
	void recover() {
		release();
		drain().cancel();
		this.application.awaitState("running");
	}

	private DrainController drain() {
		return this.application.bean(HealthInstance.class).drain();
	}

	private void hold() {
		this.requests.begin();
		this.held = true;
	}

	private void release() {
		if (this.held) {
			this.requests.end();
			this.held = false;
		}
	}

	private void awaitDrain() {
		this.application.await().until(() -> drain().progress() != null);
	}

	private HttpAnswer post(String target) {
		return this.application.ask("POST", target, AUTHORIZATION);
	}

	@ParameterizedTest
	@ValueSource(strings = { "20s", "PT10S", "15000", "10000ms" })
	void callerThatWaitsIsAnsweredWhenTheDrainIsOver(String wait) {
		hold();
		try (HttpConnection connection = this.application.connect()) {
			connection.send("POST", "/admin/drain?wait=" + wait, AUTHORIZATION);
			awaitDrain();
			assertThat(this.requests.inFlight()).as("the waiting caller left out").isEqualTo(1);
			assertThat(this.application.get("/readyz").status()).isEqualTo(503);
			assertThat(connection.hasAnswer()).isFalse();
			release();
			HttpAnswer answer = connection.receive();
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.json("drain")).containsEntry("outcome", "quiesced").containsEntry("trigger", "api");
		}
	}

	@Test
	void callerWhoseWaitHasPassedIsToldHowFarTheDrainHasCome() {
		hold();
		HttpAnswer answer = post("/admin/drain?wait=50ms");
		assertThat(answer.status()).isEqualTo(202);
		assertThat(answer.json("drain")).containsEntry("waitingFor", List.of("1 request")).doesNotContainKey("outcome");
		assertThat((Integer) answer.json("drain").get("elapsedMillis")).isGreaterThanOrEqualTo(50);
	}

	@Test
	void callerThatWaitsIsToldThatTheDrainHasBeenUndone() {
		hold();
		try (HttpConnection connection = this.application.connect()) {
			connection.send("POST", "/admin/drain?wait=20s", AUTHORIZATION);
			awaitDrain();
			assertThat(this.application.ask("DELETE", "/admin/drain", AUTHORIZATION).status()).isEqualTo(200);
			HttpAnswer answer = connection.receive();
			assertThat(answer.status()).isEqualTo(409);
			assertThat(answer.json("drain")).containsEntry("outcome", "cancelled");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "wait", "wait=", "wait=soon", "wait=%25", "wait=1.5s", "wait=-1s", "wait=PT-1S",
			"wait=21s", "wait=PT20.001S", "wait=99999999999999999999s", "wait=9223372036854775807d",
			"wait=1s&wait=never", "a=b&w%61it=no" })
	void waitThatCannotBeMeantIsRefusedAndBeginsNothing(String query) {
		HttpAnswer answer = post("/admin/drain?" + query);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
		assertThat(answer.json()).containsEntry("status", 400).containsEntry("title", "Bad Request");
		assertThat((String) answer.json().get("detail")).startsWith("'wait' must be ");
		assertThat(drain().progress()).isNull();
		assertThat(this.application.get("/readyz").status()).isEqualTo(200);
	}

	@Test
	void drainBegunTwiceIsOneDrainAndTheSecondCallerSeesTheFirst() {
		hold();
		HttpAnswer first = post("/admin/drain");
		assertThat(first.status()).isEqualTo(202);
		for (String target : List.of("/admin/drain", "/admin/drain?wait=1ms")) {
			HttpAnswer second = post(target);
			assertThat(second.status()).isEqualTo(202);
			assertThat(second.json("drain")).containsEntry("startedAt", first.json("drain").get("startedAt"));
		}
		release();
		HttpAnswer hook = this.application.get(PRE_STOP, AUTHORIZATION);
		assertThat(hook.status()).isEqualTo(200);
		assertThat(hook.json("drain")).containsEntry("trigger", "api")
			.containsEntry("startedAt", first.json("drain").get("startedAt"));
	}

	@Test
	void callersBeyondThoseThatMayWaitAreAnsweredAtOnce() {
		hold();
		List<HttpConnection> connections = new ArrayList<>();
		try {
			for (int i = 0; i < DrainController.MAX_WAITING + 20; i++) {
				HttpConnection connection = this.application.connect();
				connection.send("POST", "/admin/drain?wait=20s", AUTHORIZATION);
				connections.add(connection);
			}
			this.application.await()
				.until(() -> connections.stream().filter(HttpConnection::hasAnswer).count(), (count) -> count == 20);
			release();
			assertThat(connections.stream()
				.map((connection) -> connection.receive().status())
				.filter((status) -> status == 200)).hasSize(DrainController.MAX_WAITING);
		}
		finally {
			connections.forEach(HttpConnection::close);
		}
	}

	@Test
	void hookBeginsTheDrainAndIsAnsweredWhenItIsOver() {
		hold();
		try (HttpConnection connection = this.application.connect()) {
			connection.send("GET", PRE_STOP, AUTHORIZATION, "User-Agent: kube-lifecycle/1.33", "Accept: */*");
			awaitDrain();
			assertThat(this.application.get("/readyz").json()).containsEntry("state", "draining");
			assertThat(connection.hasAnswer()).isFalse();
			release();
			HttpAnswer answer = connection.receive();
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.json("drain")).containsEntry("outcome", "quiesced").containsEntry("trigger", "pre-stop");
		}
	}

	@Test
	void hookIsForThoseThatMayAdminister() {
		HttpAnswer anyone = this.application.get(PRE_STOP, "Via: a");
		assertThat(anyone.status()).isEqualTo(401);
		assertThat(anyone.header("www-authenticate")).isEqualTo("Bearer");
		assertThat(this.application.get(PRE_STOP, "Authorization: Bearer wrong").status()).isEqualTo(403);
		for (String browser : List.of("Sec-Fetch-Site: cross-site", "sec-fetch-dest: image", "Accept-Language: en",
				"Referer: http://localhost/", "Origin: https://evil.example")) {
			assertThat(this.application.get(PRE_STOP, AUTHORIZATION, browser).status()).as(browser).isEqualTo(403);
			assertThat(this.application.get(PRE_STOP, browser).status()).as(browser).isEqualTo(403);
		}
		for (String method : List.of("POST", "HEAD", "OPTIONS", "DELETE")) {
			HttpAnswer answer = this.application.ask(method, PRE_STOP, AUTHORIZATION);
			assertThat(answer.status()).as(method).isEqualTo(405);
			assertThat(answer.header("allow")).isEqualTo("GET");
		}
		assertThat(drain().progress()).isNull();
		assertThat(this.application.get(PRE_STOP + "/").status()).isEqualTo(isOnMainPort() ? 401 : 200);
	}

	@Test
	void drainOfAnApplicationThatEndsCannotBeUndone() throws Exception {
		CompletableFuture<HttpAnswer> whileStopping = new CompletableFuture<>();
		ProbedApplication ending = start(application());
		RequestLoad load = ending.bean(HealthInstance.class).traffic().requests();
		load.begin();
		ending.onClosed(() -> whileStopping.complete(ending.ask("DELETE", "/admin/drain", AUTHORIZATION)));
		CompletableFuture<Void> closed = CompletableFuture.runAsync(ending::close);
		ending.awaitState("draining");
		HttpAnswer whileDraining = ending.ask("DELETE", "/admin/drain", AUTHORIZATION);
		load.end();
		closed.get(15, TimeUnit.SECONDS);
		assertThat(whileDraining.status()).isEqualTo(409);
		assertThat(whileDraining.json()).containsEntry("state", "draining");
		assertThat(whileDraining.json("drain")).containsEntry("trigger", "context");
		assertThat(whileStopping.get(1, TimeUnit.SECONDS).status()).isEqualTo(409);
		assertThat(whileStopping.get().json()).containsEntry("state", "stopping");
	}

}
