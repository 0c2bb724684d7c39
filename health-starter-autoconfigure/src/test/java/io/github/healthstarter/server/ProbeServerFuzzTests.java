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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.healthstarter.testing.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a probe server with whatever may come over a connection.
 */
class ProbeServerFuzzTests {

	private static final long SEED = 20261121;

	private static final Pattern ANSWERS = Pattern
		.compile("(HTTP/1\\.1 (100|200|400|404|413|414|417|431|505) [^\r]+\r\n.*)?", Pattern.DOTALL);

	private static final List<String> REQUESTS = List.of("GET /ok HTTP/1.1\r\nHost: a\r\n\r\n",
			"HEAD /ok HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "OPTIONS * HTTP/1.0\r\n\r\n",
			"GET /echo?a=%20&b HTTP/1.1\r\nHost: a:80\r\nAccept: text/plain;q=0.5, */*\r\nVia: 1.1 b\r\n\r\n",
			"PUT /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\nhello world",
			"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;a=b\r\n world\r\n0\r\nA: b\r\n\r\n",
			"POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
			"GET http://a/ok HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: h2c\r\n\r\n");

	@Test
	void whateverComesIsAnsweredInOrderOrCutOffAndNothingLeaks() {
		assertThatEverythingIsAnsweredOrCutOff(Duration.ofSeconds(1));
	}

	@Test
	@Tag("long")
	void whateverComesForLongIsAnsweredInOrderOrCutOffAndNothingLeaks() {
		assertThatEverythingIsAnsweredOrCutOff(Duration.ofSeconds(60));
	}

	private static void assertThatEverythingIsAnsweredOrCutOff(Duration effort) {
		long end = System.nanoTime() + effort.toNanos();
		try (BufferLeaks leaks = BufferLeaks.watch()) {
			try (TestProbeServer server = TestProbeServer.start()) {
				for (int i = 0; i < 50 || System.nanoTime() < end; i++) {
					Random random = new Random(SEED + i);
					assertThat(exchange(server, random)).as("seed %d", SEED + i).matches(ANSWERS);
				}
				assertThat(server.get("/ok").body()).isEqualTo("ok");
			}
			assertThat(leaks.reports()).isEmpty();
		}
	}

	private static String exchange(TestProbeServer server, Random random) {
		String input = input(random);
		try (HttpConnection connection = server.connect()) {
			int sent = 0;
			while (sent < input.length()) {
				int next = (random.nextInt(4) == 0) ? sent + 1 + random.nextInt(input.length() - sent) : input.length();
				connection.sendRaw(input.substring(sent, next));
				sent = next;
			}
			if (random.nextInt(8) == 0) {
				return "";
			}
			connection.finish();
			return connection.receiveAll();
		}
		catch (UncheckedIOException ex) {
			assertThat(ex).hasMessageMatching(".*(reset|Broken pipe|closed).*");
			return "";
		}
	}

	private static String input(Random random) {
		if (random.nextInt(4) == 0) {
			byte[] bytes = new byte[1 + random.nextInt(20_000)];
			random.nextBytes(bytes);
			return new String(bytes, StandardCharsets.ISO_8859_1);
		}
		StringBuilder input = new StringBuilder();
		IntStream.rangeClosed(0, random.nextInt(5))
			.forEach((i) -> input.append(REQUESTS.get(random.nextInt(REQUESTS.size()))));
		IntStream.range(0, random.nextInt(4)).forEach((i) -> mutate(input, random));
		return input.toString();
	}

	private static void mutate(StringBuilder input, Random random) {
		int index = random.nextInt(input.length());
		int end = Math.min(input.length(), index + 1 + random.nextInt(8));
		switch (random.nextInt(5)) {
			case 0 -> input.setCharAt(index, (char) random.nextInt(256));
			case 1 -> input.insert(index, "\r\n \t:,;/0".charAt(random.nextInt(9)));
			case 2 -> input.delete(index, Math.min(end, input.length() - 1));
			case 3 -> input.insert(index, input.substring(index, end));
			default -> input.insert(index, "x".repeat(random.nextInt(10_000)));
		}
		if (input.isEmpty()) {
			input.append(' ');
		}
	}

	@Test
	void connectionsThatAreCutOffInTheMiddleLeakNothing() {
		String half = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 8000\r\n\r\n" + "x".repeat(4000);
		String many = "PUT /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc".repeat(50);
		try (BufferLeaks leaks = BufferLeaks.watch()) {
			try (TestProbeServer server = TestProbeServer.start()) {
				List<HttpConnection> connections = IntStream.range(0, 20)
					.mapToObj((i) -> server.connectFrom("127.0.0." + (2 + i)))
					.toList();
				for (HttpConnection connection : connections) {
					connection.send("GET", "/wait");
					connection.sendRaw(many);
				}
				server.awaitWaiting(connections.size());
				for (int i = 0; i < 20; i++) {
					try (HttpConnection connection = server.connect()) {
						connection.sendRaw(many + half);
						assertThat(connection.receive().status()).isEqualTo(200);
					}
				}
				server.server().close();
				connections.forEach(HttpConnection::close);
			}
			assertThat(leaks.reports()).isEmpty();
		}
	}

}
