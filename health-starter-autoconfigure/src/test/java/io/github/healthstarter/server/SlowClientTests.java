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

import java.io.UncheckedIOException;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a probe server with clients that take their time.
 */
class SlowClientTests {

	private static final String POST = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 8000\r\n\r\n";

	private static TestProbeServer impatient() {
		return TestProbeServer.start(TestProbeServer.requestTimeout(TestProbeServer.SHORT));
	}

	@Test
	void clientThatSendsNothingIsClosed() {
		try (TestProbeServer server = impatient(); HttpConnection connection = server.connect()) {
			assertThat(connection.endsHere()).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "G", "GET /ok HTTP/1.1\r\n", "GET /ok HTTP/1.1\r\nHost: a\r\n", POST, POST + "abc",
			"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc" })
	void requestThatStopsInTheMiddleTimesOut(String request) {
		try (TestProbeServer server = impatient(); HttpConnection connection = server.connect()) {
			connection.sendRaw(request);
			assertTimesOut(connection);
		}
	}

	private static void assertTimesOut(HttpConnection connection) {
		HttpAnswer answer = connection.receive();
		assertThat(answer.status()).isEqualTo(408);
		assertThat(answer.closesConnection()).isTrue();
		assertThat(connection.endsHere()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /", "GET /ok HTTP/1.1\r\nHost: a\r\nA: ", POST })
	void requestThatComesByteByByteTimesOut(String begin) {
		try (TestProbeServer server = impatient(); HttpConnection connection = server.connect()) {
			assertTimesOutByteByByte(connection, begin);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /", "GET /ok HTTP/1.1\r\nHost: a\r\nA: ", POST })
	void laterRequestThatComesByteByByteTimesOutToo(String begin) {
		try (TestProbeServer server = impatient(); HttpConnection connection = server.connect()) {
			assertThat(connection.ask("GET", "/ok").status()).isEqualTo(200);
			assertTimesOutByteByByte(connection, begin);
		}
	}

	private static void assertTimesOutByteByByte(HttpConnection connection, String begin) {
		connection.sendRaw(begin);
		TestProbeServer.await().until(() -> {
			connection.sendRaw("x");
			return connection.hasAnswer();
		});
		assertTimesOut(connection);
	}

	@Test
	void laterRequestHasItsTimeFromItsFirstByte() {
		try (TestProbeServer server = impatient(); HttpConnection connection = server.connect()) {
			assertThat(connection.ask("GET", "/ok").status()).isEqualTo(200);
			try (HttpConnection silent = server.connect()) {
				assertThat(silent.endsHere()).isTrue();
			}
			assertThat(connection.ask("GET", "/ok").status()).isEqualTo(200);
			connection.sendRaw("GET /");
			assertTimesOut(connection);
		}
	}

	@Test
	void laterRequestThatHasComeInPartWithTheOneBeforeTimesOutToo() {
		try (TestProbeServer server = impatient(); HttpConnection connection = server.connect()) {
			connection.sendRaw("GET /ok HTTP/1.1\r\nHost: a\r\n\r\nGET /ok HT");
			assertThat(connection.receive().status()).isEqualTo(200);
			assertTimesOut(connection);
		}
	}

	@Test
	void connectionThatIsIdleIsClosedWithoutAWord() {
		ProbeServerSettings settings = TestProbeServer.idleTimeout(TestProbeServer.SHORT);
		try (TestProbeServer server = TestProbeServer.start(settings); HttpConnection connection = server.connect()) {
			assertThat(connection.ask("GET", "/ok").status()).isEqualTo(200);
			assertThat(connection.endsHere()).isTrue();
		}
	}

	@Test
	void answerThatTakesItsTimeIsNotTheClientsFault() {
		ProbeServerSettings settings = TestProbeServer.limits(512, 64, TestProbeServer.SHORT, TestProbeServer.SHORT);
		try (TestProbeServer server = TestProbeServer.start(settings); HttpConnection waiting = server.connect()) {
			waiting.send("GET", "/wait");
			server.awaitWaiting(1);
			for (int i = 0; i < 2; i++) {
				try (HttpConnection silent = server.connect()) {
					assertThat(silent.endsHere()).isTrue();
				}
			}
			server.release();
			assertThat(waiting.receive().body()).isEqualTo("waited");
		}
	}

	@Test
	void clientThatDoesNotTakeItsAnswerIsClosed() {
		try (TestProbeServer server = impatient(); HttpConnection reluctant = server.connectFrom("127.0.0.2")) {
			reluctant.send("GET", "/large");
			TestProbeServer.await().until(reluctant::hasAnswer);
			try (HttpConnection silent = server.connect()) {
				assertThat(silent.endsHere()).isTrue();
			}
			assertThat(reluctant.receiveAll()).hasSizeLessThan(TestProbeServer.LARGE);
		}
	}

	@Test
	void clientThatDoesNotTakeItsAnswerIsEvictedForAnother() {
		ProbeServerSettings settings = TestProbeServer.connections(1, 1);
		try (TestProbeServer server = TestProbeServer.start(settings);
				HttpConnection reluctant = server.connectFrom("127.0.0.2")) {
			reluctant.send("GET", "/large");
			TestProbeServer.await().until(reluctant::hasAnswer);
			try (HttpConnection other = server.connectFrom("127.0.0.3")) {
				assertThat(other.ask("GET", "/ok").status()).isEqualTo(200);
			}
			assertThat(reluctant.receiveAll()).hasSizeLessThan(TestProbeServer.LARGE);
		}
	}

	@Test
	void clientThatDoesNotCloseIsClosed() {
		ProbeServerSettings settings = TestProbeServer.limits(1, 1, TestProbeServer.SHORT, Duration.ofMinutes(5));
		try (TestProbeServer server = TestProbeServer.start(settings); HttpConnection connection = server.connect()) {
			connection.ask("GET", "/ok", "Connection: close");
			assertThat(connection.endsHere()).isTrue();
			TestProbeServer.await().until(() -> {
				try {
					connection.sendRaw("x");
					return false;
				}
				catch (UncheckedIOException ex) {
					return true;
				}
			});
		}
	}

}
