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

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.healthstarter.testing.ConnectionFlood;
import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.TestCertificate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a probe server that encrypts, with the JDK's own clients.
 */
@Timeout(60)
class EncryptionTests {

	private static final byte ALERT = 21;

	private static final int RECORD_HEADER = 5;

	private static final Duration LONG = Duration.ofMinutes(5);

	private static TestCertificate certificate;

	@BeforeAll
	static void makeCertificate(@TempDir Path directory) {
		certificate = TestCertificate.create(directory, "server");
	}

	private static TestProbeServer start() {
		return TestProbeServer.encrypting(TestProbeServer.limits(512, 64, LONG, LONG), certificate);
	}

	private static TestProbeServer impatient() {
		return TestProbeServer.encrypting(TestProbeServer.requestTimeout(TestProbeServer.SHORT), certificate);
	}

	private static HttpConnection connect(TestProbeServer server) {
		return HttpConnection.encrypted(server.server().port(), certificate.context());
	}

	@Test
	void clientOfTheJdkIsServedOverOneConnection() throws Exception {
		try (TestProbeServer server = start()) {
			HttpClient client = HttpClient.newBuilder().sslContext(certificate.context()).build();
			URI uri = URI.create("https://127.0.0.1:" + server.server().port() + "/echo?a");
			for (int i = 0; i < 3; i++) {
				HttpResponse<String> answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
				assertThat(answer.statusCode()).isEqualTo(200);
				assertThat(answer.body()).isEqualTo("GET|a|127.0.0.1|");
			}
		}
	}

	// The JDK takes a connection that is cut off for one that has ended
	@Test
	void lastAnswerIsFollowedByTheEndOfTheEncryption() throws IOException {
		ByteArrayOutputStream received = new ByteArrayOutputStream();
		try (TestProbeServer server = start();
				Socket tapped = new TappedSocket(server.server().port(), received);
				SSLSocket socket = (SSLSocket) certificate.context()
					.getSocketFactory()
					.createSocket(tapped, "127.0.0.1", tapped.getPort(), true)) {
			socket.setEnabledProtocols(new String[] { "TLSv1.2" });
			socket.setSoTimeout(15000);
			socket.getOutputStream()
				.write("GET /ok HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
				.startsWith("HTTP/1.1 200 OK")
				.endsWith("\r\n\r\nok");
		}
		assertThat(typeOfLastRecord(received.toByteArray())).isEqualTo(ALERT);
	}

	private static byte typeOfLastRecord(byte[] records) {
		ByteBuffer rest = ByteBuffer.wrap(records);
		byte type = 0;
		while (rest.remaining() > RECORD_HEADER) {
			type = rest.get();
			rest.getShort();
			int length = Short.toUnsignedInt(rest.getShort());
			rest.position(rest.position() + length);
		}
		return type;
	}

	@Test
	void whatStillComesAfterTheLastAnswerIsDropped() {
		try (TestProbeServer server = start(); HttpConnection connection = connect(server)) {
			connection.sendRaw("GET /ok HTTP/1.1\r\nBad Name: a\r\n\r\n" + "x".repeat(100_000));
			assertThat(connection.receive().status()).isEqualTo(400);
			assertThat(connection.endsInOrder()).isTrue();
		}
	}

	@Test
	void requestsThatComeInOneRecordAreAnsweredInTurn() {
		try (TestProbeServer server = start(); HttpConnection connection = connect(server)) {
			String requests = IntStream.range(0, 200)
				.mapToObj((i) -> "GET /echo?" + i + " HTTP/1.1\r\nHost: a\r\n\r\n")
				.collect(Collectors.joining());
			connection.sendRaw(requests);
			for (int i = 0; i < 200; i++) {
				assertThat(connection.receive().body()).startsWith("GET|" + i + "|");
			}
		}
	}

	@Test
	void largeAnswerArrives() {
		try (TestProbeServer server = start(); HttpConnection connection = connect(server)) {
			assertThat(connection.ask("GET", "/large").body()).hasSize(TestProbeServer.LARGE);
			assertThat(connection.ask("GET", "/ok").body()).isEqualTo("ok");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /ok HTTP/1.1\r\nHost: a\r\n\r\n", "\u0016\u0003\u0001\u0000\u0005hello" })
	void clientThatDoesNotEncryptIsClosedWithoutAnAnswer(String sent) {
		try (TestProbeServer server = start(); HttpConnection connection = server.connect()) {
			connection.sendRaw(sent);
			assertThat(connection.receiveAll()).doesNotContain("HTTP");
			try (HttpConnection next = connect(server)) {
				assertThat(next.ask("GET", "/ok").status()).isEqualTo(200);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\u0016", "\u0016\u0003\u0001\u0001\u0000abc" })
	void handshakeThatStopsInTheMiddleTimesOut(String begin) {
		try (TestProbeServer server = impatient(); HttpConnection connection = server.connect()) {
			connection.sendRaw(begin);
			assertThat(connection.endsHere()).isTrue();
		}
	}

	@Test
	void handshakeWithoutARequestTimesOut() throws IOException {
		try (TestProbeServer server = impatient();
				SSLSocket socket = (SSLSocket) certificate.context()
					.getSocketFactory()
					.createSocket("127.0.0.1", server.server().port())) {
			socket.setSoTimeout(15000);
			socket.startHandshake();
			assertThat(socket.getInputStream().read()).isNegative();
		}
	}

	@Test
	void requestThatStopsInTheMiddleIsToldSo() {
		try (TestProbeServer server = impatient(); HttpConnection connection = connect(server)) {
			connection.sendRaw("GET /ok HTTP/1.1\r\n");
			HttpAnswer answer = connection.receive();
			assertThat(answer.status()).isEqualTo(408);
			assertThat(connection.endsInOrder()).isTrue();
		}
	}

	@Test
	void limitsHoldDuringTheHandshakeToo() {
		try (TestProbeServer server = TestProbeServer.encrypting(TestProbeServer.connections(2, 2), certificate);
				HttpConnection first = server.connectFrom("127.0.0.2");
				HttpConnection second = server.connectFrom("127.0.0.3")) {
			first.sendRaw("\u0016");
			try (HttpConnection third = connect(server)) {
				assertThat(third.ask("GET", "/ok").status()).isEqualTo(200);
				assertThat(first.endsHere()).isTrue();
				try (HttpConnection fourth = connect(server)) {
					assertThat(fourth.ask("GET", "/ok").status()).isEqualTo(200);
					assertThat(second.endsHere()).isTrue();
					assertThat(third.ask("GET", "/ok").status()).isEqualTo(200);
				}
			}
		}
	}

	@Test
	void whoIsNotAllowedIsClosedBeforeTheHandshake() {
		try (TestProbeServer server = TestProbeServer.allowing("127.0.0.2")) {
			server.server().encrypt(() -> {
				throw new IllegalStateException("asked for");
			});
			try (HttpConnection connection = server.connect()) {
				assertThat(connection.endsHere()).isTrue();
			}
		}
	}

	@Test
	void whoFindsNoRoomCostsNoEngine() {
		AtomicInteger engines = new AtomicInteger();
		try (TestProbeServer server = TestProbeServer.start(TestProbeServer.connections(1, 1))) {
			server.server().encrypt(() -> {
				engines.incrementAndGet();
				return certificate.engine();
			});
			try (HttpConnection trusted = connect(server); HttpConnection other = server.connectFrom("127.0.0.2")) {
				assertThat(other.endsHere()).isTrue();
				assertThat(trusted.ask("GET", "/ok").status()).isEqualTo(200);
			}
		}
		assertThat(engines).hasValue(1);
	}

	@Test
	void connectionThatCannotBeEncryptedTakesNoRoom() {
		try (TestProbeServer server = TestProbeServer.start(TestProbeServer.connections(1, 1))) {
			server.server().encrypt(() -> {
				throw new IllegalStateException("made to fail");
			});
			try (HttpConnection connection = server.connect()) {
				assertThat(connection.endsHere()).isTrue();
			}
			server.server().encrypt(certificate::engine);
			try (HttpConnection connection = HttpConnection.encrypted("127.0.0.2", server.server().port(),
					certificate.context())) {
				assertThat(connection.ask("GET", "/ok").status()).isEqualTo(200);
			}
		}
	}

	@Test
	void openConnectionsStayAsTheyAreWhereTheCertificateChanges(@TempDir Path directory) {
		TestCertificate renewed = TestCertificate.create(directory, "renewed");
		try (TestProbeServer server = start(); HttpConnection before = connect(server)) {
			assertThat(before.ask("GET", "/ok").status()).isEqualTo(200);
			server.server().encrypt(renewed::engine);
			assertThat(before.ask("GET", "/ok").status()).isEqualTo(200);
			try (HttpConnection after = HttpConnection.encrypted(server.server().port(), renewed.context())) {
				assertThat(after.ask("GET", "/ok").status()).isEqualTo(200);
			}
		}
	}

	@Test
	void closeEndsEncryptedConnections() {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		try (TestProbeServer server = start(); HttpConnection connection = connect(server)) {
			assertThat(connection.ask("GET", "/ok").status()).isEqualTo(200);
			server.server().close();
			assertThat(connection.endsHere()).isTrue();
		}
		TestProbeServer.await()
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
				.filteredOn((thread) -> !before.contains(thread) && thread.getName().startsWith("health-server"))
				.isEmpty());
	}

	@Test
	void handshakeThatTakesLongDelaysNobodyWhoIsConnected() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		try (TestProbeServer server = start(); HttpConnection settled = connect(server)) {
			assertThat(settled.ask("GET", "/ok").status()).isEqualTo(200);
			server.server().encrypt(() -> slowEngine(begun, released));
			try (SSLSocket slow = (SSLSocket) certificate.context()
				.getSocketFactory()
				.createSocket("127.0.0.1", server.server().port())) {
				SSLParameters parameters = slow.getSSLParameters();
				parameters.setApplicationProtocols(new String[] { "http/1.1" });
				slow.setSSLParameters(parameters);
				CompletableFuture<Void> handshake = CompletableFuture.runAsync(() -> shakeHands(slow));
				assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
				assertThat(settled.ask("GET", "/ok").status()).isEqualTo(200);
				assertThat(handshake).isNotDone();
				released.countDown();
				assertThat(handshake).succeedsWithin(Duration.ofSeconds(20));
			}
			finally {
				released.countDown();
			}
		}
	}

	@Test
	void connectionWhoseHandshakeTakesLongIsEvictedWithoutDelayingOthers() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		try (TestProbeServer server = TestProbeServer.encrypting(TestProbeServer.connections(2, 2), certificate);
				HttpConnection settled = connect(server)) {
			assertThat(settled.ask("GET", "/ok").status()).isEqualTo(200);
			server.server().encrypt(() -> slowEngine(begun, released));
			try (HttpConnection slow = server.connectFrom("127.0.0.2")) {
				slow.sendRaw(new String(ConnectionFlood.clientHello("http/1.1"), StandardCharsets.ISO_8859_1));
				assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
				try (HttpConnection other = server.connectFrom("127.0.0.3")) {
					assertThat(slow.endsHere()).isTrue();
					assertThat(settled.ask("GET", "/ok").status()).isEqualTo(200);
					released.countDown();
					assertThat(settled.ask("GET", "/ok").status()).isEqualTo(200);
					assertThat(other.hasAnswer()).isFalse();
				}
			}
			finally {
				released.countDown();
			}
		}
	}

	private static SSLEngine slowEngine(CountDownLatch begun, CountDownLatch released) {
		SSLEngine engine = certificate.engine();
		engine.setHandshakeApplicationProtocolSelector((same, protocols) -> {
			begun.countDown();
			awaitUninterruptibly(released);
			return "";
		});
		return engine;
	}

	private static void shakeHands(SSLSocket socket) {
		try {
			socket.startHandshake();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void clientsTakeTurnsWithTheirHandshakes() throws Exception {
		Encryption encryption = new Encryption(() -> null);
		List<String> run = new CopyOnWriteArrayList<>();
		CountDownLatch blocked = new CountDownLatch(1);
		CountDownLatch last = new CountDownLatch(7);
		try {
			encryption.execute(new Client(4, 0), () -> awaitUninterruptibly(blocked));
			for (String task : List.of("1a", "1b", "1c", "1d", "2a", "2b", "3a")) {
				encryption.execute(new Client(4, task.charAt(0)), () -> {
					run.add(task);
					last.countDown();
				});
			}
			blocked.countDown();
			assertThat(last.await(20, TimeUnit.SECONDS)).isTrue();
			assertThat(run).containsExactly("1a", "2a", "3a", "1b", "2b", "1c", "1d");
		}
		finally {
			blocked.countDown();
			encryption.shutDown();
		}
	}

	@Test
	void clientsThatCompleteTheirHandshakesComeFirst() throws Exception {
		Encryption encryption = new Encryption(() -> null);
		List<Integer> run = new CopyOnWriteArrayList<>();
		CountDownLatch blocked = new CountDownLatch(1);
		CountDownLatch last = new CountDownLatch(700);
		IntStream.rangeClosed(1, 512).forEach((client) -> encryption.complete(new Client(4, client)));
		encryption.complete(new Client(4, 1));
		IntStream.rangeClosed(513, 600).forEach((client) -> encryption.complete(new Client(4, client)));
		try {
			encryption.execute(new Client(4, 0), () -> awaitUninterruptibly(blocked));
			for (int i = 700; i > 0; i--) {
				int client = i;
				encryption.execute(new Client(4, client), () -> {
					run.add(client);
					last.countDown();
				});
			}
			blocked.countDown();
			assertThat(last.await(20, TimeUnit.SECONDS)).isTrue();
			assertThat(run.subList(0, 512)).startsWith(600, 599).endsWith(91, 90, 1);
			assertThat(run.subList(512, 700)).startsWith(700, 699).endsWith(3, 2);
		}
		finally {
			blocked.countDown();
			encryption.shutDown();
		}
	}

	@Test
	void handshakeIsComputedByTheCallerIfNoThreadCanBeStarted() {
		AtomicReference<Thread> thread = new AtomicReference<>();
		Encryption encryption = new Encryption(() -> null, (task) -> {
			throw new OutOfMemoryError("unable to create native thread");
		});
		encryption.execute(new Client(4, 1), () -> thread.set(Thread.currentThread()));
		assertThat(thread).hasValue(Thread.currentThread());
	}

	@Test
	void handshakesThatNobodyWaitsForAnyMoreAreNotComputed() {
		AtomicInteger computed = new AtomicInteger();
		CountDownLatch released = new CountDownLatch(1);
		try (TestProbeServer server = start()) {
			server.server().encrypt(() -> {
				SSLEngine engine = certificate.engine();
				engine.setHandshakeApplicationProtocolSelector((same, protocols) -> {
					computed.incrementAndGet();
					awaitUninterruptibly(released);
					return "";
				});
				return engine;
			});
			List<HttpConnection> gone = IntStream.range(0, 10).mapToObj((i) -> server.connect()).toList();
			String hello = new String(ConnectionFlood.clientHello("http/1.1"), StandardCharsets.ISO_8859_1);
			gone.get(0).sendRaw(hello);
			TestProbeServer.await().until(() -> computed.get() == 1);
			gone.stream().skip(1).forEach((connection) -> connection.sendRaw(hello));
			gone.stream().skip(1).forEach(HttpConnection::finish);
			assertThat(gone.stream().skip(1)).allMatch(HttpConnection::endsHere);
			server.server().encrypt(certificate::engine);
			CompletableFuture<Integer> next = CompletableFuture.supplyAsync(() -> {
				try (HttpConnection connection = connect(server)) {
					return connection.ask("GET", "/ok").status();
				}
			});
			released.countDown();
			assertThat(next).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(200);
			assertThat(computed).hasValue(1);
			gone.forEach(HttpConnection::close);
		}
		finally {
			released.countDown();
		}
	}

	/**
	 * Keeps what comes in as it is.
	 */
	private static final class TappedSocket extends Socket {

		private final OutputStream received;

		TappedSocket(int port, OutputStream received) throws IOException {
			super(InetAddress.getLoopbackAddress(), port);
			this.received = received;
		}

		@Override
		public InputStream getInputStream() throws IOException {
			return new FilterInputStream(super.getInputStream()) {

				@Override
				public int read(byte[] buffer, int offset, int length) throws IOException {
					int count = super.read(buffer, offset, length);
					TappedSocket.this.received.write(buffer, offset, Math.max(0, count));
					return count;
				}

			};
		}

	}

}
