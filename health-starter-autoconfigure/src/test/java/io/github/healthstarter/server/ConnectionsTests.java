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

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import io.github.healthstarter.testing.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Connections} over real connections. Of the clients 127.0.0.1 alone is
 * trusted.
 */
class ConnectionsTests {

	private static final String TRUSTED = "127.0.0.1";

	private final List<HttpConnection> opened = new ArrayList<>();

	@AfterEach
	void close() {
		this.opened.forEach(HttpConnection::close);
	}

	private HttpConnection open(TestProbeServer server, String address) {
		HttpConnection connection = server.connectFrom(address);
		this.opened.add(connection);
		return connection;
	}

	private HttpConnection idle(TestProbeServer server, String address) {
		HttpConnection connection = open(server, address);
		assertThat(isServed(connection)).isTrue();
		return connection;
	}

	private HttpConnection receiving(TestProbeServer server, String address) {
		HttpConnection connection = idle(server, address);
		connection.sendRaw("GET /ok HTTP/1.1\r\n");
		return connection;
	}

	private HttpConnection answering(TestProbeServer server, String address, int count) {
		HttpConnection connection = open(server, address);
		connection.send("GET", "/wait");
		server.awaitWaiting(count);
		return connection;
	}

	private static boolean isServed(HttpConnection connection) {
		return connection.ask("GET", "/ok").status() == 200;
	}

	/**
	 * Wait until all that was sent before has been read. Once this request is read, the
	 * others have been seen with it or before it, so they are read before the next
	 * connection is accepted.
	 * @param settled a connection that the test does not touch otherwise
	 */
	private static void awaitRead(HttpConnection settled) {
		assertThat(isServed(settled)).isTrue();
	}

	@Test
	void oldestIdleConnectionGivesWayToANewOne() {
		try (TestProbeServer server = TestProbeServer.start(TestProbeServer.connections(3, 3))) {
			HttpConnection first = idle(server, "127.0.0.2");
			HttpConnection second = idle(server, "127.0.0.3");
			HttpConnection third = idle(server, "127.0.0.4");
			assertThat(isServed(first)).isTrue();
			HttpConnection fourth = idle(server, "127.0.0.5");
			assertThat(second.endsHere()).isTrue();
			assertThat(List.of(first, third, fourth)).allMatch(ConnectionsTests::isServed);
		}
	}

	@Test
	void connectionThatSendsARequestGivesWayWhereNoneIsIdle() {
		try (TestProbeServer server = TestProbeServer.start(TestProbeServer.connections(4, 4))) {
			HttpConnection trusted = idle(server, TRUSTED);
			HttpConnection waiting = answering(server, "127.0.0.2", 1);
			HttpConnection slow = receiving(server, "127.0.0.3");
			HttpConnection idle = idle(server, "127.0.0.4");
			HttpConnection next = idle(server, "127.0.0.5");
			assertThat(idle.endsHere()).isTrue();
			next.sendRaw("GET /ok HTTP/1.1\r\n");
			awaitRead(trusted);
			HttpConnection last = idle(server, "127.0.0.6");
			assertThat(slow.endsHere()).isTrue();
			next.sendRaw("Host: a\r\n\r\n");
			assertThat(next.receive().status()).isEqualTo(200);
			assertThat(isServed(last)).isTrue();
			server.release();
			assertThat(waiting.receive().body()).isEqualTo("waited");
		}
	}

	@RepeatedTest(5)
	void newConnectionIsWorthMoreThanOneThatDawdles() {
		try (TestProbeServer server = TestProbeServer.start(TestProbeServer.connections(512, 64))) {
			HttpConnection settled = idle(server, TRUSTED);
			List<HttpConnection> dawdling = IntStream.range(0, 64).mapToObj((i) -> begun(server, "127.0.0.2")).toList();
			awaitRead(settled);
			HttpConnection first = open(server, "127.0.0.2");
			HttpConnection second = open(server, "127.0.0.2");
			assertThat(isServed(first)).isTrue();
			assertThat(isServed(second)).isTrue();
			assertThat(dawdling.get(0).endsHere()).isTrue();
			assertThat(dawdling.get(1).endsHere()).isTrue();
			assertThat(dawdling.get(2).hasAnswer()).isFalse();
		}
	}

	private HttpConnection begun(TestProbeServer server, String address) {
		HttpConnection connection = open(server, address);
		connection.sendRaw("G");
		return connection;
	}

	@Test
	void connectionsThatComeTogetherAreReadBeforeTheyAreEvicted() {
		try (TestProbeServer server = TestProbeServer.start(TestProbeServer.connections(8, 8))) {
			for (int round = 0; round < 20; round++) {
				List<HttpConnection> together = server.whileBlocked(() -> IntStream.range(0, 40).mapToObj((i) -> {
					HttpConnection connection = open(server, "127.0.0.2");
					connection.sendRaw((i == 3) ? "GET /ok HTTP/1.1\r\nHost: a\r\n\r\n" : "GET /");
					return connection;
				}).toList());
				assertThat(together.get(3).receive().status()).isEqualTo(200);
			}
		}
	}

	@Test
	void newConnectionIsClosedWhereAllOthersAreBeingAnswered() {
		try (TestProbeServer server = TestProbeServer.start(TestProbeServer.connections(2, 2))) {
			HttpConnection first = answering(server, "127.0.0.2", 1);
			HttpConnection second = answering(server, "127.0.0.3", 2);
			assertThat(open(server, "127.0.0.4").endsHere()).isTrue();
			server.release();
			assertThat(first.receive().body()).isEqualTo("waited");
			assertThat(second.receive().body()).isEqualTo("waited");
			assertThat(isServed(open(server, "127.0.0.4"))).isTrue();
		}
	}

	@Test
	void trustedClientAlwaysGetsIn() {
		try (TestProbeServer server = TestProbeServer.start(TestProbeServer.connections(2, 2))) {
			HttpConnection first = answering(server, "127.0.0.2", 1);
			HttpConnection second = answering(server, "127.0.0.3", 2);
			HttpConnection trusted = answering(server, TRUSTED, 3);
			assertThat(first.endsHere()).isTrue();
			HttpConnection trustedToo = answering(server, TRUSTED, 4);
			assertThat(second.endsHere()).isTrue();
			assertThat(open(server, "127.0.0.4").endsHere()).isTrue();
			assertThat(isServed(open(server, TRUSTED))).isTrue();
			assertThat(trusted.endsHere()).isTrue();
			server.release();
			assertThat(trustedToo.receive().body()).isEqualTo("waited");
		}
	}

	@Test
	void trustedClientThatIsIdleDoesNotGiveWayToAnother() {
		try (TestProbeServer server = TestProbeServer.start(TestProbeServer.connections(2, 2))) {
			HttpConnection trusted = idle(server, TRUSTED);
			HttpConnection other = idle(server, "127.0.0.2");
			HttpConnection next = idle(server, "127.0.0.3");
			assertThat(other.endsHere()).isTrue();
			assertThat(isServed(trusted)).isTrue();
			assertThat(isServed(next)).isTrue();
		}
	}

	@Test
	void clientHasNoMoreConnectionsThanOneMayHave() {
		try (TestProbeServer server = TestProbeServer.start(TestProbeServer.connections(10, 2))) {
			HttpConnection other = idle(server, "127.0.0.3");
			HttpConnection first = idle(server, "127.0.0.2");
			HttpConnection second = answering(server, "127.0.0.2", 1);
			HttpConnection third = answering(server, "127.0.0.2", 2);
			assertThat(first.endsHere()).isTrue();
			assertThat(open(server, "127.0.0.2").endsHere()).isTrue();
			assertThat(isServed(other)).isTrue();
			server.release();
			assertThat(second.receive().body()).isEqualTo("waited");
			assertThat(third.receive().body()).isEqualTo("waited");
		}
	}

	@Test
	void connectionThatTheClientHasClosedDoesNotCount() {
		try (TestProbeServer server = TestProbeServer.start(TestProbeServer.connections(2, 2))) {
			HttpConnection waiting = answering(server, "127.0.0.2", 1);
			for (int i = 0; i < 20; i++) {
				idle(server, "127.0.0.3").close();
			}
			HttpConnection last = idle(server, "127.0.0.3");
			assertThat(isServed(last)).isTrue();
			server.release();
			assertThat(waiting.receive().body()).isEqualTo("waited");
		}
	}

	@Test
	void whoIsNotAllowedIsClosedBeforeAnythingIsRead() {
		try (TestProbeServer server = TestProbeServer.allowing("127.0.0.2", "10.0.0.0/8")) {
			assertThat(open(server, "127.0.0.1").endsHere()).isTrue();
			assertThat(isServed(open(server, "127.0.0.2"))).isTrue();
		}
	}

	@Test
	void floodOfConnectionsKeepsNoTrustedClientOut() {
		try (TestProbeServer server = TestProbeServer.start(TestProbeServer.connections(50, 20))) {
			HttpConnection prober = idle(server, TRUSTED);
			for (int i = 0; i < 400; i++) {
				HttpConnection connection = open(server, "127.0.1." + (1 + i % 40));
				connection.sendRaw((i % 2 == 0) ? "GET /ok HTTP/1.1\r\n" : "x");
				if (i % 20 == 0) {
					assertThat(isServed(prober)).isTrue();
					assertThat(server.get("/ok").status()).isEqualTo(200);
				}
			}
		}
	}

}
