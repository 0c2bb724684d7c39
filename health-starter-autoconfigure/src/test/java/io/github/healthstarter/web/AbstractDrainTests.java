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

import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.mode.ModeController;
import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ProbedApplication;
import io.github.healthstarter.traffic.RequestLoad;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an application's requests are counted and that a drain closes its
 * connections. To be extended for each of its servers, with what only that server does.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AbstractDrainTests {

	private static final String ENVOY = "x-envoy-immediate-health-check-fail";

	private ProbedApplication application;

	private RequestLoad requests;

	/**
	 * Starts the application on the server under test.
	 */
	protected abstract ProbedApplication start(String... properties);

	/**
	 * Waits until the application holds a request.
	 */
	protected abstract void awaitEntered();

	/**
	 * Lets a request go on, also one that comes later.
	 */
	protected abstract void release();

	/**
	 * Forgets what has been held and let go.
	 */
	protected abstract void reset();

	@BeforeAll
	void startApplication() {
		this.application = start("server.http2.enabled=true", "server.compression.enabled=true",
				"server.compression.min-response-size=1B",
				"server.compression.mime-types=text/plain,application/octet-stream", "health.maintenance.gate=true",
				"health.drain.envoy-headers=true", "spring.web.resources.static-locations=classpath:/drain/");
		this.requests = this.application.bean(HealthInstance.class).traffic().requests();
	}

	@AfterAll
	void stopApplication() {
		this.application.close();
	}

	@AfterEach
	void recover() {
		this.application.bean(HealthInstance.class).drain().cancel();
		awaitNothingInFlight();
		reset();
	}

	protected final ProbedApplication application() {
		return this.application;
	}

	protected final RequestLoad requests() {
		return this.requests;
	}

	protected final void drain() {
		assertThat(this.application.bean(HealthInstance.class).drain().begin(DrainTrigger.API)).isTrue();
	}

	protected final void awaitNothingInFlight() {
		this.application.await().until(this.requests::inFlight, (count) -> count == 0);
	}

	@ParameterizedTest
	@CsvSource({ "/plain, 200", "/exception, 500", "/empty, 204", "/redirect, 302", "/streaming, 200" })
	void requestIsInFlightFromItsBeginningToItsEnd(String target, int status) {
		assertInFlightUntilAnswered(target, status);
	}

	protected final void assertInFlightUntilAnswered(String target, int status) {
		long begun = this.requests.begun();
		try (HttpConnection connection = this.application.connect()) {
			connection.send("GET", target);
			awaitEntered();
			assertThat(this.requests.inFlight()).isEqualTo(1);
			release();
			HttpAnswer answer = connection.receive();
			assertThat(answer.status()).isEqualTo(status);
			// Tomcat ends connections after errors
			assertThat(answer.header("connection")).isIn(null, "close", "keep-alive");
		}
		awaitNothingInFlight();
		assertThat(this.requests.begun()).isEqualTo(begun + 1);
		assertThat(this.requests.ended()).isEqualTo(begun + 1);
	}

	@Test
	void probesAreNotCounted() {
		long begun = this.requests.begun();
		this.application.get("/readyz");
		this.application.get("/healthz");
		assertThat(this.requests.begun()).isEqualTo(begun);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/plain", "/empty", "/redirect", "/streaming", "/file.txt", "/missing", "/readyz", "/healthz" })
	void connectionIsKeptWhileThereIsNoDrain(String target) {
		assertConnectionIsKept(target);
	}

	protected final void assertConnectionIsKept(String target) {
		try (HttpConnection connection = this.application.connect()) {
			for (int i = 0; i < 2; i++) {
				release();
				HttpAnswer answer = connection.ask("GET", target);
				assertThat(answer.header("connection")).isIn(null, "keep-alive");
				assertThat(answer.header(ENVOY)).isNull();
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "/plain, 200", "/exception, 500", "/empty, 204", "/redirect, 302", "/streaming, 200", "/missing, 404",
			"/file.txt, 200", "/readyz, 503", "/healthz, 200", "/startupz, 200", "/readyz/unknown, 404",
			"/admin/drain, 401", "/actuator, 200", "/actuator/health, 503", "/actuator/missing, 404" })
	void everyAnswerOfADrainClosesItsConnection(String target, int status) {
		drain();
		release();
		assertAnswerClosesConnection(status, "GET", target);
	}

	@ParameterizedTest
	@CsvSource({ "HEAD, /file.txt, X-A: b, 200", "HEAD, /plain, X-A: b, 200", "HEAD, /missing, X-A: b, 404",
			"POST, /plain, Content-Length: 0, 405", "OPTIONS, /plain, X-A: b, 200", "BREW, /plain, X-A: b, 405",
			"GET, /plain, Accept-Encoding: gzip, 200", "GET, /streaming, Accept-Encoding: gzip, 200",
			"GET, /file.txt, Accept-Encoding: gzip, 200", "GET, /file.txt, Range: bytes=0-1, 206",
			"POST, /readyz, Content-Length: 0, 405" })
	void answerOfWhateverKindClosesItsConnection(String method, String target, String header, int status) {
		drain();
		release();
		assertAnswerClosesConnection(status, method, target, header);
	}

	protected final HttpAnswer assertAnswerClosesConnection(int status, String method, String target,
			String... headers) {
		try (HttpConnection connection = this.application.connect()) {
			HttpAnswer answer = connection.ask(method, target, headers);
			assertThat(answer.status()).isEqualTo(status);
			assertThat(answer.closesConnection()).isTrue();
			assertThat(answer.header(ENVOY)).isEqualTo("true");
			assertThat(connection.endsInOrder()).isTrue();
			return answer;
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/plain", "/exception", "/empty", "/redirect", "/timeout" })
	void requestBegunBeforeTheDrainClosesItsConnectionToo(String target) {
		assertRequestBegunBeforeTheDrainClosesItsConnection(target);
	}

	protected final void assertRequestBegunBeforeTheDrainClosesItsConnection(String target) {
		try (HttpConnection connection = this.application.connect()) {
			connection.send("GET", target);
			awaitEntered();
			drain();
			release();
			assertThat(connection.receive().closesConnection()).isTrue();
			assertThat(connection.endsInOrder()).isTrue();
		}
	}

	@Test
	void refusalByTheGateClosesItsConnection() {
		ModeController modes = this.application.bean(HealthInstance.class).modes();
		modes.enter(Map.of("mode", "maintenance"));
		drain();
		try {
			HttpAnswer answer = assertAnswerClosesConnection(503, "GET", "/plain");
			assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
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
		assertThat(this.application.bean(HealthInstance.class).drain().cancel()).isTrue();
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
		assertThat(answer.headers().firstValue(ENVOY)).hasValue("true");
		assertThat(answer.body()).isEqualTo("a file\n");
	}

}
