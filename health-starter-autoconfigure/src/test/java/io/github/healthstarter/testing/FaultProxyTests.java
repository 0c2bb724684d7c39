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

package io.github.healthstarter.testing;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link FaultProxy}.
 */
@Timeout(60)
class FaultProxyTests {

	private static final Duration QUIET = Duration.ofMillis(200);

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final EchoServer server = new EchoServer();

	private FaultProxy proxy;

	@BeforeEach
	void startProxy() {
		this.proxy = FaultProxy.to("127.0.0.1", this.server.port());
	}

	@AfterEach
	void stop() throws IOException {
		this.proxy.close();
		this.server.close();
	}

	@Test
	void passForwardsInBothDirections() throws IOException {
		try (TextClient client = connect()) {
			assertThat(client.exchange("hello")).isEqualTo("hello");
		}
	}

	@Test
	void passForwardsMoreThanTheSocketsHoldUnchanged() throws Exception {
		byte[] bytes = new byte[30_000_000];
		new Random(1).nextBytes(bytes);
		try (TextClient client = connect()) {
			Thread writer = new Thread(() -> client.sendBytes(bytes), "writer");
			writer.start();
			writer.join(QUIET.toMillis());
			assertThat(writer.isAlive()).as("held up by a client that does not read").isTrue();
			assertThat(client.receiveBytes(bytes.length)).isEqualTo(bytes);
			writer.join(LIMIT.toMillis());
			assertThat(writer.isAlive()).isFalse();
		}
	}

	@Test
	void passWhenClientShutsOutputDownStillDeliversTheAnswer() throws IOException {
		try (TextClient client = connect()) {
			client.send("last");
			client.shutdownOutput();
			assertThat(client.receiveRest()).isEqualTo("last");
		}
		awaitConnections(0);
	}

	@Test
	void passWhenClientClosesForgetsTheConnection() throws IOException {
		try (TextClient client = connect()) {
			client.exchange("a");
			assertThat(this.proxy.connections()).isOne();
		}
		awaitConnections(0);
	}

	@Test
	void passWhenServerIsGoneResetsTheClient() throws IOException {
		this.server.close();
		try (TextClient client = connect()) {
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> client.read());
		}
	}

	@Test
	void hangHoldsBytesAndPassDeliversThem() throws IOException {
		try (TextClient client = connect()) {
			assertThat(client.exchange("a")).isEqualTo("a");
			this.proxy.hang();
			client.send("b");
			assertThat(client.isSilentFor(QUIET)).isTrue();
			this.proxy.pass();
			assertThat(client.receive(1)).isEqualTo("b");
		}
	}

	@Test
	void hangAcceptsNewConnectionsAndPassServesThem() throws IOException {
		this.proxy.hang();
		try (TextClient client = connect()) {
			client.send("a");
			assertThat(client.isSilentFor(QUIET)).isTrue();
			assertThat(this.proxy.connections()).isOne();
			this.proxy.pass();
			assertThat(client.receive(1)).isEqualTo("a");
		}
	}

	@Test
	void hangHoldsTheServersCloseBack() throws IOException {
		try (TextClient client = connect()) {
			client.exchange("a");
			this.proxy.hang();
			this.server.close();
			assertThat(client.isSilentFor(QUIET)).isTrue();
			this.proxy.pass();
			assertThat(client.read()).isEqualTo(-1);
		}
	}

	@Test
	void blackHoleSwallowsBytesForGood() throws IOException {
		try (TextClient client = connect()) {
			client.exchange("a");
			this.proxy.blackHole();
			client.send("lost");
			assertThat(client.isSilentFor(QUIET)).isTrue();
			this.proxy.pass();
			assertThat(client.exchange("b")).isEqualTo("b");
		}
	}

	@Test
	void blackHoleSwallowsOnNewConnections() throws IOException {
		this.proxy.blackHole();
		try (TextClient client = connect()) {
			client.send("a");
			assertThat(client.isSilentFor(QUIET)).isTrue();
		}
	}

	@Test
	void refuseClosesConnectionsAndRefusesNewOnes() throws IOException {
		try (TextClient client = connect()) {
			client.exchange("a");
			this.proxy.refuse();
			assertThat(client.read()).isEqualTo(-1);
			assertThat(this.proxy.connections()).isZero();
		}
		assertThatExceptionOfType(ConnectException.class).isThrownBy(this::connect);
	}

	@Test
	void refuseKeepsThePortAndPassListensOnItAgain() throws IOException {
		this.proxy.refuse();
		this.proxy.refuse();
		try (Socket other = new Socket()) {
			assertThatExceptionOfType(BindException.class)
				.isThrownBy(() -> other.bind(new InetSocketAddress(this.proxy.host(), this.proxy.port())));
		}
		this.proxy.pass();
		try (TextClient client = connect()) {
			assertThat(client.exchange("a")).isEqualTo("a");
		}
	}

	@Test
	void resetResetsOpenConnections() throws IOException {
		try (TextClient client = connect()) {
			client.exchange("a");
			this.proxy.reset();
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> client.read())
				.withMessage("Connection reset");
		}
	}

	@Test
	void resetResetsNewConnectionsAndPassServesThem() throws IOException {
		this.proxy.reset();
		try (TextClient client = connect()) {
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> client.read());
		}
		this.proxy.pass();
		try (TextClient client = connect()) {
			assertThat(client.exchange("a")).isEqualTo("a");
		}
	}

	@Test
	void delayHoldsEachDirection() throws IOException {
		Duration delay = Duration.ofMillis(150);
		this.proxy.delay(delay);
		try (TextClient client = connect()) {
			for (int i = 0; i < 2; i++) {
				long start = System.nanoTime();
				assertThat(client.exchange("a")).isEqualTo("a");
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(delay.multipliedBy(2), LIMIT);
			}
		}
	}

	@Test
	void delayOnOpenConnectionEndsWithPass() throws IOException {
		try (TextClient client = connect()) {
			client.exchange("a");
			this.proxy.delay(Duration.ofMinutes(5));
			client.send("b");
			assertThat(client.isSilentFor(QUIET)).isTrue();
			this.proxy.pass();
			assertThat(client.receive(1)).isEqualTo("b");
		}
	}

	@Test
	void delayWhenNotPositiveIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.proxy.delay(Duration.ZERO))
			.withMessage("'delay' is PT0S and must be positive");
		assertThatIllegalArgumentException().isThrownBy(() -> this.proxy.delay(Duration.ofMillis(-1)));
	}

	@Test
	void closeClosesConnectionsAndGivesThePortBack() throws IOException {
		try (TextClient client = connect()) {
			client.exchange("a");
			this.proxy.close();
			assertThat(client.read()).isEqualTo(-1);
		}
		this.proxy.close();
		assertThatExceptionOfType(ConnectException.class).isThrownBy(this::connect);
		assertThatIllegalStateException().isThrownBy(this.proxy::hang).withMessage("The proxy is closed");
	}

	@Test
	void threadIsANamedDaemonAndEndsWithClose() {
		Set<Thread> before = proxyThreads();
		try (FaultProxy other = FaultProxy.to("127.0.0.1", this.server.port())) {
			assertThat(other.connections()).isZero();
			assertThat(proxyThreads()).filteredOn((thread) -> !before.contains(thread))
				.singleElement()
				.matches(Thread::isDaemon);
		}
		assertThat(before).containsAll(proxyThreads());
	}

	private static Set<Thread> proxyThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("fault-proxy-"))
			.collect(Collectors.toSet());
	}

	private TextClient connect() throws IOException {
		return new TextClient(this.proxy.host(), this.proxy.port());
	}

	private void awaitConnections(int count) {
		Awaitility.await().atMost(LIMIT).until(() -> this.proxy.connections() == count);
	}

}
