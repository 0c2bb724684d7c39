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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Docker}.
 */
@Timeout(60)
class DockerTests {

	private static final String IMAGE = "redis:1";

	@TempDir
	private Path directory;

	@Test
	void obstacleWhenThereIsNoSocketIsThatNothingAnswers() {
		assertThat(docker().obstacleTo(IMAGE)).contains("no Docker answers");
	}

	@Test
	void obstacleWhenTheDaemonHangsIsThatNothingAnswers() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			Docker docker = new Docker(List.of(URI.create("tcp://127.0.0.1:" + silent.getLocalPort())));
			assertThat(docker.obstacleTo(IMAGE)).contains("no Docker answers");
		}
	}

	@Test
	void obstacleWhenSchemeIsUnknownIsThatNothingAnswers() {
		Docker docker = new Docker(List.of(URI.create("ssh://docker.example.org")));
		assertThat(docker.obstacleTo(IMAGE)).contains("no Docker answers");
	}

	@Test
	void obstacleWhenImageIsThereIsNone() throws IOException {
		try (FakeDaemon daemon = new FakeDaemon(socket())) {
			daemon.answers.put("GET /_ping", "200 OK");
			daemon.answers.put("GET /images/redis:1/json", "200 OK");
			assertThat(docker().obstacleTo(IMAGE)).isEmpty();
		}
	}

	@Test
	void obstacleWhenImageCanBePulledIsNone() throws IOException {
		try (FakeDaemon daemon = new FakeDaemon(socket())) {
			daemon.answers.put("GET /_ping", "200 OK");
			daemon.answers.put("POST /images/create?fromImage=redis&tag=1", "200 OK");
			daemon.afterPull.put("GET /images/redis:1/json", "200 OK");
			assertThat(docker().obstacleTo(IMAGE)).isEmpty();
		}
	}

	@Test
	void obstacleWhenPullFailsNamesTheImage() throws IOException {
		try (FakeDaemon daemon = new FakeDaemon(socket())) {
			daemon.answers.put("GET /_ping", "200 OK");
			assertThat(docker().obstacleTo(IMAGE)).contains("Docker does not have and cannot pull redis:1");
			daemon.answers.put("POST /images/create?fromImage=redis&tag=1", "200 OK");
			assertThat(docker().obstacleTo(IMAGE)).contains("Docker does not have and cannot pull redis:1");
		}
	}

	@Test
	void endpointsFollowTheEnvironmentFirst() throws IOException {
		Files.writeString(this.directory.resolve(".testcontainers.properties"), "docker.host=tcp://127.0.0.1:2\n");
		assertThat(Docker.of(Map.of("DOCKER_HOST", "tcp://127.0.0.1:1"), this.directory).endpoints())
			.containsExactly(URI.create("tcp://127.0.0.1:1"));
		assertThat(Docker.of(Map.of(), this.directory).endpoints()).containsExactly(URI.create("tcp://127.0.0.1:2"));
	}

	@Test
	void endpointsWithoutConfigurationAreTheUsualSockets() {
		assertThat(Docker.of(Map.of("XDG_RUNTIME_DIR", "/run/user/7"), Path.of("/home/someone")).endpoints())
			.extracting(URI::getPath)
			.containsExactly("/var/run/docker.sock", "/run/user/7/docker.sock", "/home/someone/.docker/run/docker.sock",
					"/home/someone/.docker/desktop/docker.sock");
	}

	private Docker docker() {
		return new Docker(
				List.of(URI.create("unix://" + this.directory.resolve("absent")), URI.create("unix://" + socket())));
	}

	private Path socket() {
		return this.directory.resolve("docker.sock");
	}

	/**
	 * Answers requests by their first line, with 404 for those that it does not know.
	 */
	private static final class FakeDaemon implements AutoCloseable {

		final Map<String, String> answers = new ConcurrentHashMap<>();

		final Map<String, String> afterPull = new ConcurrentHashMap<>();

		private final ServerSocketChannel channel;

		FakeDaemon(Path socket) throws IOException {
			this.channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
			this.channel.bind(UnixDomainSocketAddress.of(socket));
			Thread thread = new Thread(this::serve, "fake-docker");
			thread.setDaemon(true);
			thread.start();
		}

		private void serve() {
			try {
				while (true) {
					try (SocketChannel client = this.channel.accept()) {
						answer(client);
					}
				}
			}
			catch (IOException ex) {
				// Closed: the way this server ends.
			}
		}

		private void answer(SocketChannel client) throws IOException {
			ByteBuffer buffer = ByteBuffer.allocate(4096);
			client.read(buffer);
			String head = new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
			String request = head.substring(0, head.indexOf(" HTTP/"));
			String status = this.answers.getOrDefault(request, "404 Not Found");
			client.write(ByteBuffer.wrap(("HTTP/1.0 " + status + "\r\n\r\n{}").getBytes(StandardCharsets.US_ASCII)));
			if (request.startsWith("POST")) {
				this.answers.putAll(this.afterPull);
			}
		}

		@Override
		public void close() throws IOException {
			this.channel.close();
		}

	}

}
