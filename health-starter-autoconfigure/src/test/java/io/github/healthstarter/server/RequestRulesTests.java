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
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestRules} and {@link RequestDecoder} over real connections.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestRulesTests {

	private static final String GET = "GET /ok HTTP/1.1\r\nHost: a\r\n";

	private static final String POST = "POST /echo HTTP/1.1\r\nHost: a\r\n";

	private TestProbeServer server;

	@BeforeAll
	void start() {
		this.server = TestProbeServer.start();
	}

	@AfterAll
	void stop() {
		this.server.close();
	}

	private void assertRefused(int status, String... parts) {
		try (HttpConnection connection = this.server.connect()) {
			for (String part : parts) {
				connection.sendRaw(part);
			}
			HttpAnswer answer = connection.receive();
			assertThat(answer.status()).isEqualTo(status);
			assertThat(answer.body()).isEmpty();
			assertThat(answer.header("content-length")).isEqualTo("0");
			assertThat(answer.header("cache-control")).isEqualTo("no-store");
			assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
			assertThat(answer.closesConnection()).isTrue();
			assertThat(connection.endsHere()).isTrue();
		}
		assertThat(this.server.get("/ok").status()).isEqualTo(200);
	}

	private HttpAnswer answer(String request) {
		try (HttpConnection connection = this.server.connect()) {
			connection.sendRaw(request);
			return connection.receive();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u0001\r\n\r\n", "GET\r\n\r\n", "GET /ok\r\n\r\n", "GET /ok HTTP/1.1\r\n\r\n",
			"GET /ok HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", "GET /ok HTTP/1.1\r\nHost: a b\r\n\r\n",
			"GET /ok HTTP/1.1\r\nHost: a/b\r\n\r\n", "GET /ok HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n",
			"GET /o k HTTP/1.1\r\nHost: a\r\n\r\n", "GET /\u00e4 HTTP/1.1\r\nHost: a\r\n\r\n",
			"GET /ok#a HTTP/1.1\r\nHost: a\r\n\r\n", "GET /ok HTTP/x\r\nHost: a\r\n\r\n",
			"G,T /ok HTTP/1.1\r\nHost: a\r\n\r\n", GET + "no colon\r\n\r\n", GET + "name : value\r\n\r\n",
			GET + ": value\r\n\r\n", GET + "a: b\u0000c\r\n\r\n", GET + "a: b\rc\r\n\r\n", GET + "a\tb: c\r\n\r\n" })
	void whatIsMalformedIsRefused(String request) {
		assertRefused(400, request);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET  /ok HTTP/1.1", "GET /ok  HTTP/1.1", "GET\t/ok HTTP/1.1", "GET /ok\tHTTP/1.1",
			" GET /ok HTTP/1.1", "\tGET /ok HTTP/1.1", "\u0001GET /ok HTTP/1.1", "\r\n GET /ok HTTP/1.1",
			"\rGET /ok HTTP/1.1", "\nGET /ok HTTP/1.1", "GET /ok HTTP/1.1 ", "GET /ok HTTP/1.1\t",
			"GET /ok \u000bHTTP/1.1", "GET /ok\u000cHTTP/1.1", "GET /ok HTTP/1.9", "GET /ok HTTP/1.2",
			"GET /ok HTTP/1.10", "GET /ok HTTP/01.1", "GET /ok http/1.1", "GET /ok HTTQ/1.1", "GET /ok HTTP/1.1 x",
			"GET /ok HTTP/1.", "GET /ok HTTP/+1.1" })
	void requestLineIsReadToTheLetter(String line) {
		assertRefused(400, line + "\r\nHost: a\r\n\r\n");
		for (int i = 1; i < line.length(); i++) {
			try (HttpConnection connection = this.server.connect()) {
				connection.sendRaw(line.substring(0, i));
				this.server.get("/ok");
				connection.sendRaw(line.substring(i) + "\r\nHost: a\r\n\r\n");
				assertThat(connection.receive().status()).as(line.substring(0, i)).isEqualTo(400);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
			"Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
			"Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
			"Content-Length: 3, 3\r\n\r\nabc", "Content-Length: +3\r\n\r\nabc", "Content-Length: -3\r\n\r\nabc",
			"Content-Length: 0x3\r\n\r\nabc", "Content-Length: 3 3\r\n\r\nabc", "Content-Length:\r\n\r\n",
			"Content-Length: 99999999999999999999\r\n\r\nabc", "Transfer-Encoding: gzip\r\n\r\n",
			"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
			"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
			"Transfer-Encoding: identity\r\nContent-Length: 3\r\n\r\nabc", "Transfer-Encoding:\r\n\r\n",
			"Sec-WebSocket-Key1: a\r\nSec-WebSocket-Key2: b\r\n\r\nabcdefgh" })
	void lengthThatCanBeReadInTwoWaysIsRefused(String headers) {
		assertRefused(400, POST + headers);
	}

	@Test
	void chunksOfHttp10AreRefused() {
		assertRefused(400, "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
		assertRefused(400, "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc");
	}

	@ParameterizedTest
	@ValueSource(strings = { "zz\r\n\r\n", "-1\r\n\r\n", "3\r\nabcd\r\n", "3\nabc\n0\n\n", "fffffffff\r\n\r\n",
			"\r\n\r\n", "0\r\nno colon\r\n\r\n", " 1 \r\na\r\n0\r\n\r\n", "1 \r\na\r\n0\r\n\r\n",
			"1\t\r\na\r\n0\r\n\r\n", " 1\r\na\r\n0\r\n\r\n", "1\u0000\r\na\r\n0\r\n\r\n", "1 x\r\na\r\n0\r\n\r\n",
			"1\r\na\r\n 0\r\n\r\n", "1\r\na\r\n0 \r\n\r\n", "0\r\nA: b\r\n c\r\n\r\n", "0\r\nA: b\r\n\tc\r\n\r\n",
			"0\r\n A: b\r\n\r\n", "0\r\nA: b\r\n \r\n\r\n" })
	void chunkThatIsMalformedIsRefused(String body) {
		assertRefused(400, POST + "Transfer-Encoding: chunked\r\n\r\n" + body);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { " 1 \r\na\r\n0\r\n\r\n", "1\r\na\r\n0\r\nA: b\r\n c\r\n\r\n", "1\r\na\r\n0 \r\nA: b\r\n\r\n" })
	void chunkThatIsMalformedIsRefusedHoweverItComes(String body) {
		for (int i = 1; i < body.length() - 2; i++) {
			try (HttpConnection connection = this.server.connect()) {
				connection.sendRaw(POST + "Transfer-Encoding: chunked\r\n\r\n" + body.substring(0, i));
				this.server.get("/ok");
				try {
					connection.sendRaw(body.substring(i));
				}
				catch (UncheckedIOException ex) {
					// Refused by then
				}
				assertThat(connection.receive().status()).as(body.substring(0, i)).isEqualTo(400);
			}
		}
	}

	@Test
	void chunksWithExtensionsAndTrailersAreServed() {
		assertThat(
				answer(POST + "Transfer-Encoding: chunked\r\n\r\n3;a=b\r\n a\t\r\n00a ; c=\"d\"\r\n \r\n \r\n \r\n \r\n"
						+ "0\r\nA: b\r\nC: d\r\n\r\n")
					.body())
			.isEqualTo("POST|null|127.0.0.1| a\t \r\n \r\n \r\n ");
	}

	@ParameterizedTest
	@ValueSource(strings = { " b", "\tb", " ", " X: y" })
	void foldedHeaderIsRefusedHoweverItComes(String line) {
		assertRefused(400, GET + "A: a\r\n" + line + "\r\n\r\n");
		assertRefused(400, "\r\n\r\n" + GET + "A: a\r\n" + line + "\r\n\r\n");
		assertRefused(400, "GET /ok HTTP/1.1\r\n" + line + "\r\nHost: a\r\n\r\n");
		for (String part : List.of(GET + "A: a\r", GET + "A: a\r\n", GET + "A: a")) {
			try (HttpConnection connection = this.server.connect()) {
				connection.sendRaw(part);
				this.server.get("/ok");
				connection.sendRaw((GET + "A: a\r\n" + line + "\r\n\r\n").substring(part.length()));
				assertThat(connection.receive().status()).isEqualTo(400);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /ok HTTP/1.1\nHost: a\n\n", "GET /ok HTTP/1.1\r\nHost: a\nA: b\r\n\r\n",
			"GET /ok HTTP/1.1\r\nHost: a\r\n\n", "GET /ok HTTP/1.1\nHost: a\r\n\r\n" })
	void lineThatEndsWithoutCarriageReturnIsRefused(String request) {
		assertRefused(400, request);
	}

	@Test
	void requestLineAndHeadersOfEightKilobytesAreTheMost() {
		String padding = "x".repeat(8000);
		assertThat(answer("GET /echo?" + padding + " HTTP/1.1\r\nHost: a\r\nA: " + padding + "\r\n\r\n").status())
			.isEqualTo(200);
		assertRefused(414, "GET /echo?" + "x".repeat(8192));
		assertRefused(414, "GET /echo?" + "x".repeat(8192) + " HTTP/1.1\r\nHost: a\r\n\r\n");
		assertRefused(431, GET + "A: " + "x".repeat(8192));
		assertRefused(431, GET + "A: b\r\n".repeat(3000) + "\r\n");
	}

	@Test
	void senderThatGoesOnAfterItsRequestIsRefusedIsNotReset() {
		for (String request : List.of("x".repeat(1_000_000), POST + "Content-Length: 1000000\r\n\r\n")) {
			try (HttpConnection connection = this.server.connect()) {
				connection.sendRaw(request);
				assertThat(connection.receive().status()).isIn(413, 414);
				connection.sendRaw("x".repeat(1_000_000));
				assertThat(connection.endsInOrder()).isTrue();
			}
		}
	}

	@Test
	void bodyOfEightKilobytesIsTheMost() {
		String body = "x".repeat(8192);
		assertThat(answer(POST + "Content-Length: 8192\r\n\r\n" + body).body()).endsWith("|" + body);
		assertThat(answer(POST + "Transfer-Encoding: chunked\r\n\r\n2000\r\n" + body + "\r\n0\r\n\r\n").body())
			.endsWith("|" + body);
		assertRefused(413, POST + "Content-Length: 8193\r\n\r\n");
		assertRefused(413, POST + "Content-Length: 8193\r\n\r\n" + body + "x");
		assertRefused(413, POST + "Transfer-Encoding: chunked\r\n\r\n2001\r\n" + body + "x\r\n0\r\n\r\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/2.0", "HTTP/0.9", "HTTP/3.1" })
	void anotherMajorVersionIsRefused(String version) {
		assertThat(answer("GET /ok " + version + "\r\nHost: a\r\n\r\n").status()).isIn(400, 505);
	}

	@Test
	void expectationOtherThanToGoOnIsRefused() {
		assertRefused(417, POST + "Expect: miracles\r\nContent-Length: 1\r\n\r\n");
	}

	@Test
	void clientThatWaitsToSendItsBodyIsToldToGoOn() {
		try (HttpConnection connection = this.server.connect()) {
			connection.sendRaw(POST + "Expect: 100-Continue\r\nContent-Length: 3\r\n\r\n");
			HttpAnswer interim = connection.receiveHead();
			assertThat(interim.status()).isEqualTo(100);
			connection.sendRaw("abc");
			assertThat(connection.receive().body()).isEqualTo("POST|null|127.0.0.1|abc");
		}
		assertRefused(413, POST + "Expect: 100-continue\r\nContent-Length: 8193\r\n\r\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /echo?a=b HTTP/1.1\r\nHost: a:80\r\n\r\n", "GET /echo?a=b HTTP/1.1\r\nHost:\r\n\r\n",
			"GET http://a/echo?a=b HTTP/1.1\r\nHost: a\r\n\r\n", "GET /echo?a=b HTTP/1.0\r\n\r\n",
			"\r\nGET /echo?a=b HTTP/1.1\r\nHost: [::1]:80\r\n\r\n",
			"GET /echo?a=b HTTP/1.1\r\nHost: a\r\nA: \u00ff\tb  \r\n\r\n" })
	void requestsThatMayBeOddAreServed(String request) {
		assertThat(answer(request).body()).isEqualTo("GET|a=b|127.0.0.1|");
	}

}
