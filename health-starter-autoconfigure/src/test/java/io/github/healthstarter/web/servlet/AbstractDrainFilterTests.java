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
import io.github.healthstarter.web.OpenStreams;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DrainFilter}, {@link DrainingResponse} and {@link AsyncRequest}. To be
 * extended for each servlet container.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AbstractDrainFilterTests {

	ProbedApplication application;

	private RequestLoad requests;

	Stage stage;

	/**
	 * Returns the property that chooses the server under test.
	 */
	abstract String server();

	@BeforeAll
	void start() {
		this.application = ProbedApplication.onServlets(DrainApplication.class, server(), "server.http2.enabled=true",
				"server.compression.enabled=true", "server.compression.min-response-size=1B",
				"server.compression.mime-types=text/plain,application/octet-stream", "health.maintenance.gate=true",
				"spring.web.resources.static-locations=classpath:/drain/");
		this.requests = this.application.bean(Traffic.class).requests();
		this.stage = this.application.bean(Stage.class);
	}

	@AfterAll
	void stop() {
		this.application.close();
	}

	@AfterEach
	void recover() {
		this.application.bean(DrainController.class).cancel();
		this.stage.reset();
	}

	void drain() {
		assertThat(this.application.bean(DrainController.class).begin(DrainTrigger.API)).isTrue();
	}

	private void awaitNothingInFlight() {
		this.application.await().until(this.requests::inFlight, (count) -> count == 0);
	}

	@ParameterizedTest
	@CsvSource({ "/plain, 200", "/exception, 500", "/empty, 204", "/redirect, 302", "/callable, 200",
			"/callable-exception, 500", "/callable-empty, 204", "/deferred, 200", "/deferred-exception, 500",
			"/timeout, 503", "/streaming, 200", "/servlet/at-once, 200", "/servlet/twice, 202",
			"/servlet/stream-before, 200", "/servlet/forward, 200", "/servlet/include, 200" })
	void requestIsInFlightFromItsBeginningToItsEnd(String target, int status) {
		long begun = this.requests.begun();
		try (HttpConnection connection = this.application.connect()) {
			connection.send("GET", target);
			this.stage.awaitEntered();
			assertThat(this.requests.inFlight()).isEqualTo(1);
			this.stage.release();
			HttpAnswer answer = connection.receive();
			assertThat(answer.status()).isEqualTo(status);
			assertThat(answer.header("connection")).isIn(null, "close", "keep-alive");
		}
		awaitNothingInFlight();
		assertThat(this.requests.begun()).isEqualTo(begun + 1);
		assertThat(this.requests.ended()).isEqualTo(begun + 1);
	}

	@Test
	void requestWhoseClientHasGoneIsInFlightNoLonger() {
		try (HttpConnection connection = this.application.connect()) {
			connection.send("GET", "/servlet/stream-before");
			this.stage.awaitEntered();
		}
		assertThat(this.requests.inFlight()).isEqualTo(1);
		this.stage.release();
		awaitNothingInFlight();
	}

	@Test
	void whatTheApplicationForwardsToIsItsOwn() {
		long begun = this.requests.begun();
		assertThat(this.application.get("/servlet/forward-to-probe").status()).isEqualTo(404);
		awaitNothingInFlight();
		assertThat(this.requests.begun()).isEqualTo(begun + 1);
	}

	@Test
	void probesAreNotCounted() {
		long begun = this.requests.begun();
		this.application.get("/readyz");
		this.application.get("/healthz");
		assertThat(this.requests.begun()).isEqualTo(begun);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/plain", "/callable", "/deferred", "/file.txt", "/missing", "/readyz", "/healthz",
			"/servlet/stream-before", "/servlet/writer-before" })
	void connectionIsKeptWhileThereIsNoDrain(String target) {
		try (HttpConnection connection = this.application.connect()) {
			for (int i = 0; i < 2; i++) {
				this.stage.release();
				HttpAnswer answer = connection.ask("GET", target);
				assertThat(answer.header("connection")).isIn(null, "keep-alive");
				assertThat(answer.header("x-envoy-immediate-health-check-fail")).isNull();
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "/plain, 200", "/exception, 500", "/empty, 204", "/redirect, 302", "/callable, 200",
			"/callable-exception, 500", "/callable-empty, 204", "/deferred, 200", "/deferred-exception, 500",
			"/timeout, 503", "/streaming, 200", "/events, 200", "/servlet/at-once, 200", "/servlet/twice, 202",
			"/servlet/stream-before, 200", "/servlet/writer-before, 200", "/servlet/redirect, 303",
			"/servlet/reset, 200", "/servlet/forward, 200", "/servlet/include, 200", "/servlet/missing, 404",
			"/missing, 404", "/file.txt, 200", "/readyz, 503", "/healthz, 200", "/startupz, 200",
			"/readyz/unknown, 404", "/admin/drain, 401" })
	void everyAnswerOfADrainClosesItsConnection(String target, int status) {
		drain();
		this.stage.release();
		try (HttpConnection connection = this.application.connect()) {
			HttpAnswer answer = connection.ask("GET", target);
			assertThat(answer.status()).isEqualTo(status);
			assertThat(answer.closesConnection()).isTrue();
			assertThat(connection.endsHere()).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/plain", "/empty", "/redirect", "/exception", "/callable", "/callable-empty",
			"/callable-exception", "/deferred", "/deferred-exception", "/timeout", "/streaming", "/servlet/at-once",
			"/servlet/twice", "/servlet/stream-before", "/servlet/writer-before", "/servlet/redirect", "/servlet/reset",
			"/servlet/forward", "/servlet/include" })
	void requestBegunBeforeTheDrainClosesItsConnectionToo(String target) {
		try (HttpConnection connection = this.application.connect()) {
			connection.send("GET", target);
			this.stage.awaitEntered();
			drain();
			this.stage.release();
			assertThat(connection.receive().closesConnection()).isTrue();
			assertThat(connection.endsHere()).isTrue();
		}
		awaitNothingInFlight();
	}

	@ParameterizedTest
	@CsvSource({ "HEAD, /file.txt, X-A: b, 200", "HEAD, /plain, X-A: b, 200", "HEAD, /missing, X-A: b, 404",
			"POST, /plain, Content-Length: 0, 405", "OPTIONS, /plain, X-A: b, 200", "BREW, /plain, X-A: b, 405",
			"GET, /plain, Accept-Encoding: gzip, 200", "GET, /servlet/stream-before, Accept-Encoding: gzip, 200",
			"GET, /file.txt, Accept-Encoding: gzip, 200", "GET, /file.txt, Range: bytes=0-1, 206",
			"GET, /actuator, X-A: b, 200", "GET, /actuator/missing, X-A: b, 404",
			"POST, /readyz, Content-Length: 0, 405" })
	void answerOfWhateverKindClosesItsConnection(String method, String target, String header, int status) {
		drain();
		this.stage.release();
		try (HttpConnection connection = this.application.connect()) {
			HttpAnswer answer = connection.ask(method, target, header);
			assertThat(answer.status()).isEqualTo(status);
			assertThat(answer.closesConnection()).isTrue();
			assertThat(connection.endsHere()).isTrue();
		}
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
			assertThat(connection.endsHere()).isTrue();
		}
		finally {
			modes.leave();
		}
	}

	@Test
	void requestThatTurnsOutToBeAnEventStreamLaterIsInFlightNoLonger() {
		OpenStreams streams = this.application.bean(OpenStreams.class);
		try (HttpConnection connection = this.application.connect()) {
			connection.send("GET", "/servlet/late-events");
			this.stage.awaitEntered();
			assertThat(this.requests.inFlight()).isEqualTo(1);
			this.stage.release();
			awaitNothingInFlight();
			assertThat(streams.count()).isEqualTo(1);
			this.stage.awaitEntered();
			streams.stop();
			assertThat(connection.receive().body()).isEqualTo("data:late\n\n");
		}
		finally {
			streams.start();
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
			assertThat(connection.endsHere()).isTrue();
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
		assertThat(answer.body()).isEqualTo("a file\n");
	}

}
