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

package io.github.healthstarter.systemd;

import java.io.File;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link NotifySocket}, with real sockets.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class NotifySocketTests {

	private static final int MANY = 100_000;

	// A path in the directory that JUnit makes may be longer than a socket's may be
	private File file;

	@BeforeEach
	void findPath() throws IOException {
		this.file = Files.createTempDirectory("hs").resolve("notify").toFile();
	}

	@AfterEach
	void removePath() throws IOException {
		Files.deleteIfExists(this.file.toPath());
		Files.delete(this.file.toPath().getParent());
	}

	@Test
	void datagramArrivesAtAPath() throws IOException {
		try (AFUNIXDatagramSocket manager = bind(); NotifySocket socket = new NotifySocket(this.file.getPath())) {
			assertThat(socket.send("STATUS=für alle")).isTrue();
			assertThat(receive(manager)).isEqualTo("STATUS=für alle");
		}
	}

	@Test
	void datagramArrivesAtAnAbstractAddress() throws IOException {
		String name = "health-starter/" + UUID.randomUUID();
		try (AFUNIXDatagramSocket manager = AFUNIXDatagramSocket.newInstance();
				NotifySocket socket = new NotifySocket("@" + name)) {
			manager.bind(AFUNIXSocketAddress.inAbstractNamespace(name));
			assertThat(socket.send("READY=1\nMAINPID=1")).isTrue();
			assertThat(receive(manager)).isEqualTo("READY=1\nMAINPID=1");
		}
	}

	@Test
	void fullBufferLosesADatagramAndBlocksNobody() throws IOException {
		try (AFUNIXDatagramSocket manager = bind(); NotifySocket socket = new NotifySocket(this.file.getPath())) {
			int sent = 0;
			while (sent < MANY && socket.send("STATUS=" + sent)) {
				sent++;
			}
			assertThat(sent).isBetween(1, MANY - 1);
			assertThat(socket.send("STATUS=lost")).isFalse();
			receive(manager);
			assertThat(socket.send("STATUS=next")).isTrue();
		}
	}

	@Test
	void socketThatIsMadeAgainIsFoundAgain() throws IOException {
		try (NotifySocket socket = new NotifySocket(this.file.getPath())) {
			bind().close();
			assertThatIOException().isThrownBy(() -> socket.send("READY=1"));
			Files.deleteIfExists(this.file.toPath());
			assertThatIOException().isThrownBy(() -> socket.send("READY=1"));
			try (AFUNIXDatagramSocket manager = bind()) {
				assertThat(socket.send("READY=1")).isTrue();
				assertThat(receive(manager)).isEqualTo("READY=1");
			}
		}
	}

	@Test
	void addressThatNoSocketCanHaveIsAFailure() {
		try (NotifySocket socket = new NotifySocket(Path.of("/tmp", "x".repeat(200)).toString())) {
			assertThatIOException().isThrownBy(() -> socket.send("READY=1")).isInstanceOf(SocketException.class);
		}
	}

	private AFUNIXDatagramSocket bind() throws IOException {
		AFUNIXDatagramSocket socket = AFUNIXDatagramSocket.newInstance();
		socket.bind(AFUNIXSocketAddress.of(this.file));
		return socket;
	}

	private static String receive(AFUNIXDatagramSocket socket) throws IOException {
		DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
		socket.receive(packet);
		return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
	}

}
