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

package io.github.healthstarter.web.reactive;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.drain.RequestLoad;
import io.github.healthstarter.drain.Traffic;
import io.github.healthstarter.mode.ModeController;
import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ProbedApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DrainHandler}, {@link GateHandler} and {@link CountedRequest} on
 * Reactor Netty.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DrainHandlerTests {

	private ProbedApplication application;

	private RequestLoad requests;

	private ReactiveApplication.Requests controller;

	@BeforeAll
	void start() {
		this.application = ProbedApplication.onReactorNetty(ReactiveApplication.class, "server.http2.enabled=true",
				"server.compression.enabled=true", "server.compression.min-response-size=1B",
				"server.compression.mime-types=text/plain,application/octet-stream", "health.maintenance.gate=true",
				"health.drain.envoy-headers=true", "spring.web.resources.static-locations=classpath:/drain/");
		this.requests = this.application.bean(Traffic.class).requests();
		this.controller = this.application.bean(ReactiveApplication.Requests.class);
	}

	@AfterAll
	void stop() {
		this.application.close();
	}

	@AfterEach
	void recover() {
		this.application.bean(DrainController.class).cancel();
		this.controller.reset();
	}

	private void drain() {
		assertThat(this.application.bean(DrainController.class).begin(DrainTrigger.API)).isTrue();
	}

	private void awaitEntered() {
		this.application.await().until(this.controller::entered, (entered) -> entered == 1);
	}

	private void awaitInFlight(long expected) {
		this.application.await().until(this.requests::inFlight, (count) -> count == expected);
	}

	@ParameterizedTest
	@CsvSource({ "/plain, 200", "/exception, 500", "/empty, 204", "/redirect, 303", "/timeout, 500",
			"/streaming, 200" })
	void requestIsInFlightFromItsBeginningToItsEnd(String target, int status) {
		long begun = this.requests.begun();
		try (HttpConnection connection = this.application.connect()) {
			connection.send("GET", target);
			awaitEntered();
			assertThat(this.requests.inFlight()).isEqualTo(1);
			this.controller.open();
			HttpAnswer answer = connection.receive();
			assertThat(answer.status()).isEqualTo(status);
			assertThat(answer.header("connection")).isIn(null, "keep-alive");
		}
		awaitInFlight(0);
		assertThat(this.requests.begun()).isEqualTo(begun + 1);
		assertThat(this.requests.ended()).isEqualTo(begun + 1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/thrown", "/missing", "/file.txt" })
	void requestThatNeedNotWaitIsCountedToo(String target) {
		long ended = this.requests.ended();
		this.application.get(target);
		this.application.await().until(this.requests::ended, (count) -> count == ended + 1);
		assertThat(this.requests.inFlight()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/plain", "/streaming" })
	void requestWhoseClientHasGoneIsCancelledAndInFlightNoLonger(String target) {
		try (HttpConnection connection = this.application.connect()) {
			connection.send("GET", target);
			awaitEntered();
			assertThat(this.requests.inFlight()).isEqualTo(1);
		}
		awaitInFlight(0);
		assertThat(this.controller.cancelled()).isEqualTo(1);
	}

	@Test
	void answerThatItsClientTakesSlowlyIsInFlightUntilItIsWritten() {
		try (HttpConnection connection = this.application.connect()) {
			connection.send("GET", "/large");
			assertThat(connection.receiveHead().status()).isEqualTo(200);
			assertThat(this.requests.inFlight()).isEqualTo(1);
			assertThat(this.application.get("/readyz").status()).isEqualTo(200);
			assertThat(this.requests.inFlight()).isEqualTo(1);
		}
		awaitInFlight(0);
	}

	@Test
	void probesAreNotCounted() {
		long begun = this.requests.begun();
		this.application.get("/readyz");
		this.application.get("/healthz");
		assertThat(this.requests.begun()).isEqualTo(begun);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/plain", "/streaming", "/file.txt", "/missing", "/readyz", "/healthz" })
	void connectionIsKeptWhileThereIsNoDrain(String target) {
		this.controller.open();
		try (HttpConnection connection = this.application.connect()) {
			for (int i = 0; i < 2; i++) {
				HttpAnswer answer = connection.ask("GET", target);
				assertThat(answer.header("connection")).isIn(null, "keep-alive");
				assertThat(answer.header("x-envoy-immediate-health-check-fail")).isNull();
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "GET, /plain, X-A: b, 200", "GET, /exception, X-A: b, 500", "GET, /thrown, X-A: b, 500",
			"GET, /empty, X-A: b, 204", "GET, /redirect, X-A: b, 303", "GET, /timeout, X-A: b, 500",
			"GET, /streaming, X-A: b, 200", "GET, /missing, X-A: b, 404", "GET, /file.txt, X-A: b, 200",
			"GET, /readyz, X-A: b, 503", "GET, /healthz, X-A: b, 200", "GET, /startupz, X-A: b, 200",
			"GET, /readyz/unknown, X-A: b, 404", "GET, /admin/drain, X-A: b, 401", "HEAD, /file.txt, X-A: b, 200",
			"HEAD, /plain, X-A: b, 200", "HEAD, /missing, X-A: b, 404", "POST, /plain, Content-Length: 0, 405",
			"OPTIONS, /plain, X-A: b, 200", "BREW, /plain, X-A: b, 405", "GET, /plain, Accept-Encoding: gzip, 200",
			"GET, /streaming, Accept-Encoding: gzip, 200", "GET, /file.txt, Range: bytes=0-1, 206",
			"GET, /actuator/health, X-A: b, 503", "POST, /readyz, Content-Length: 0, 405",
			"GET, /readyz?a=%, X-A: b, 503" })
	void everyAnswerOfADrainClosesItsConnection(String method, String target, String header, int status) {
		drain();
		this.controller.open();
		try (HttpConnection connection = this.application.connect()) {
			HttpAnswer answer = connection.ask(method, target, header);
			assertThat(answer.status()).isEqualTo(status);
			assertThat(answer.closesConnection()).isTrue();
			assertThat(answer.header("x-envoy-immediate-health-check-fail")).isEqualTo("true");
			assertThat(connection.endsInOrder()).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/plain", "/exception", "/empty", "/redirect", "/timeout" })
	void requestBegunBeforeTheDrainClosesItsConnectionToo(String target) {
		try (HttpConnection connection = this.application.connect()) {
			connection.send("GET", target);
			awaitEntered();
			drain();
			this.controller.open();
			assertThat(connection.receive().closesConnection()).isTrue();
			assertThat(connection.endsInOrder()).isTrue();
		}
		awaitInFlight(0);
	}

	@Test
	void refusalByTheGateClosesItsConnection() {
		ModeController modes = this.application.bean(ModeController.class);
		modes.enter(Map.of("mode", "maintenance"));
		drain();
		try (HttpConnection connection = this.application.connect()) {
			HttpAnswer answer = connection.ask("GET", "/plain");
			assertThat(answer.status()).isEqualTo(503);
			assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
			assertThat(answer.closesConnection()).isTrue();
			assertThat(connection.endsInOrder()).isTrue();
		}
		finally {
			modes.leave();
		}
	}

	@Test
	void connectionKeptBeforeTheDrainIsClosedByTheNextAnswer() {
		try (HttpConnection connection = this.application.connect()) {
			assertThat(connection.ask("GET", "/file.txt").closesConnection()).isFalse();
			drain();
			HttpAnswer answer = connection.ask("GET", "/file.txt");
			assertThat(answer.closesConnection()).isTrue();
			assertThat(answer.body()).isEqualTo("a file\n");
			assertThat(connection.endsInOrder()).isTrue();
		}
	}

	@Test
	void drainThatIsUndoneKeepsConnectionsAgain() {
		drain();
		assertThat(this.application.bean(DrainController.class).cancel()).isTrue();
		assertThat(this.application.get("/file.txt").closesConnection()).isFalse();
	}

	@Test
	void http2HasNoSuchHeader() throws Exception {
		drain();
		HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
		URI uri = URI.create("http://127.0.0.1:" + this.application.port() + "/file.txt");
		client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
		HttpResponse<String> answer = client.send(HttpRequest.newBuilder(uri).build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
		assertThat(answer.headers().firstValue("connection")).isEmpty();
		assertThat(answer.headers().firstValue("x-envoy-immediate-health-check-fail")).hasValue("true");
		assertThat(answer.body()).isEqualTo("a file\n");
	}

}
