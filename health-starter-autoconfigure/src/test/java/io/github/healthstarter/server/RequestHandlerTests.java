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

package io.github.healthstarter.server;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.web.BlockingRouteExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestHandler} and {@link Responder} over real connections.
 */
class RequestHandlerTests {

	private TestProbeServer server;

	@BeforeEach
	void start() {
		this.server = TestProbeServer.start();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void connectionServesOneRequestAfterAnother() {
		try (HttpConnection connection = this.server.connect()) {
			for (int i = 0; i < 100; i++) {
				HttpAnswer answer = connection.ask("GET", "/echo?" + i);
				assertThat(answer.body()).isEqualTo("GET|" + i + "|127.0.0.1|");
				assertThat(answer.closesConnection()).isFalse();
				assertThat(answer.header("date")).endsWith(" GMT");
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "HTTP/1.1, close, false", "HTTP/1.1, keep-alive, true", "HTTP/1.1, x, true", "HTTP/1.0, x, false",
			"HTTP/1.0, close, false", "HTTP/1.0, Keep-Alive, true" })
	void connectionIsKeptAsTheClientWants(String version, String wanted, boolean kept) {
		try (HttpConnection connection = this.server.connect()) {
			connection.sendRaw("GET /ok " + version + "\r\nHost: a\r\nConnection: " + wanted + "\r\n\r\n");
			HttpAnswer answer = connection.receive();
			assertThat(answer.body()).isEqualTo("ok");
			assertThat(answer.closesConnection()).isEqualTo(!kept);
			if (kept) {
				assertThat(connection.ask("GET", "/ok").status()).isEqualTo(200);
				assertThat(answer.header("connection")).isEqualTo("HTTP/1.0".equals(version) ? "keep-alive" : null);
			}
			else {
				assertThat(connection.endsHere()).isTrue();
			}
		}
	}

	@Test
	void connectionEndsWithItsAnswerWhileTheInstanceIsGoingAway() {
		this.server.lifecycle().drain();
		try (HttpConnection connection = this.server.connect()) {
			assertThat(connection.ask("GET", "/ok").closesConnection()).isTrue();
			assertThat(connection.endsHere()).isTrue();
		}
	}

	@ParameterizedTest
	@CsvSource({ "GET, /", "GET, /okay", "HEAD, /other", "OPTIONS, *", "TRACE, /", "CONNECT, a:80", "POST, /ok/" })
	void pathWithoutRouteIsNotFound(String method, String target) {
		HttpAnswer answer;
		try (HttpConnection connection = this.server.connect()) {
			answer = connection.ask(method, target);
			assertThat(connection.ask("GET", "/ok").status()).isEqualTo(200);
		}
		assertThat(answer.status()).isEqualTo(404);
		assertThat(answer.body()).isEmpty();
		assertThat(answer.header("content-length")).isEqualTo("0");
		assertThat(answer.header("cache-control")).isEqualTo("no-store");
		assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
	}

	@Test
	void headTellsTheLengthAndSendsNoBody() {
		try (HttpConnection connection = this.server.connect()) {
			HttpAnswer answer = connection.ask("HEAD", "/large");
			assertThat(answer.header("content-length")).isEqualTo(String.valueOf(TestProbeServer.LARGE));
			assertThat(connection.ask("GET", "/ok").body()).isEqualTo("ok");
		}
	}

	@Test
	void largeAnswerIsWhole() {
		assertThat(this.server.get("/large").body()).hasSize(TestProbeServer.LARGE);
	}

	@Test
	void routeThatThrowsIsAnErrorOfTheServer() {
		try (HttpConnection connection = this.server.connect()) {
			HttpAnswer answer = connection.ask("GET", "/broken");
			assertThat(answer.status()).isEqualTo(500);
			assertThat(answer.body()).isEmpty();
			assertThat(connection.ask("GET", "/ok").status()).isEqualTo(200);
		}
	}

	@Test
	void routesThatCannotBeFoundAreAnErrorOfTheServerToo() {
		try (HttpConnection connection = this.server.connect()) {
			assertThat(connection.ask("GET", "/lost").status()).isEqualTo(500);
			assertThat(connection.endsHere()).isTrue();
		}
	}

	@Test
	void requestsThatComeTogetherAreAnsweredInTheirOrder() {
		int count = 2000;
		try (HttpConnection connection = this.server.connect()) {
			StringBuilder requests = new StringBuilder();
			for (int i = 0; i < count; i++) {
				requests.append("GET /echo?").append(i).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
			}
			connection.sendRaw(requests.toString());
			for (int i = 0; i < count; i++) {
				assertThat(connection.receive().body()).isEqualTo("GET|" + i + "|127.0.0.1|");
			}
		}
	}

	@Test
	void requestsThatComeTogetherTakeTurnsWithThoseOfOthers() {
		String request = "GET /ok HTTP/1.1\r\nHost: a\r\n\r\n";
		try (HttpConnection pipelining = this.server.connect()) {
			assertThat(pipelining.ask("GET", "/ok").status()).isEqualTo(200);
			HttpConnection other = this.server.whileBlocked(() -> {
				pipelining.sendRaw(request.repeat(100) + "GET /last HTTP/1.1\r\nHost: a\r\n\r\n");
				HttpConnection connection = this.server.connect();
				connection.send("GET", "/served");
				return connection;
			});
			try (other) {
				assertThat(Integer.parseInt(other.receive().body())).isLessThan(10);
			}
			for (int i = 0; i < 100; i++) {
				assertThat(pipelining.receive().status()).isEqualTo(200);
			}
			assertThat(pipelining.receive().status()).isEqualTo(404);
		}
	}

	@Test
	void requestsBehindOneThatWaitsWaitToo() {
		try (HttpConnection connection = this.server.connect()) {
			connection.send("GET", "/wait");
			connection.send("GET", "/ok");
			this.server.awaitWaiting(1);
			assertThat(this.server.get("/ok").body()).isEqualTo("ok");
			assertThat(connection.hasAnswer()).isFalse();
			this.server.release();
			assertThat(connection.receive().body()).isEqualTo("waited");
			assertThat(connection.receive().body()).isEqualTo("ok");
		}
	}

	@Test
	void clientThatSendsNothingMoreGetsItsAnswer() {
		for (String target : List.of("/ok", "/wait")) {
			try (HttpConnection connection = this.server.connect()) {
				connection.send("GET", target);
				connection.finish();
				if ("/wait".equals(target)) {
					this.server.awaitWaiting(1);
					this.server.release();
				}
				assertThat(connection.receive().status()).as(target).isEqualTo(200);
				assertThat(connection.endsHere()).isTrue();
			}
		}
	}

	@Test
	void requestsThatWaitAreBoundedAndHoldNobodyUp() {
		List<HttpConnection> connections = IntStream.range(0, BlockingRouteExecutor.MAX_THREADS)
			.mapToObj((i) -> this.server.connectFrom("127.0.0." + (2 + i % 2)))
			.toList();
		connections.forEach((connection) -> connection.send("GET", "/wait"));
		this.server.awaitWaiting(BlockingRouteExecutor.MAX_THREADS);
		assertThat(this.server.get("/ok").status()).isEqualTo(200);
		HttpAnswer refused = this.server.get("/wait");
		assertThat(refused.status()).isEqualTo(429);
		assertThat(refused.body()).isEmpty();
		this.server.release();
		for (HttpConnection connection : connections) {
			try (connection) {
				assertThat(connection.receive().body()).isEqualTo("waited");
			}
		}
	}

	@Test
	void clientThatHasGoneWhileItsRequestWaitedHarmsNobody() {
		try (HttpConnection connection = this.server.connect()) {
			connection.send("GET", "/wait");
			this.server.awaitWaiting(1);
		}
		this.server.release();
		this.server.awaitWaiting(0);
		assertThat(this.server.get("/ok").status()).isEqualTo(200);
	}

}
