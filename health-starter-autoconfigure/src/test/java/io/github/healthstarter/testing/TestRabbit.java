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
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.awaitility.Awaitility;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A real RabbitMQ for tests, from Debian's {@code rabbitmq-server}, in a process and a
 * directory of its own, with a port mapper of its own.
 */
public final class TestRabbit implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofMinutes(2);

	private static final Path SERVER = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

	private static final Path PORT_MAPPER = Path.of("/usr/bin/epmd");

	private final Path directory;

	private final int port;

	private final Process portMapper;

	private final Process process;

	private TestRabbit(Path directory, int port, Process portMapper, Process process) {
		this.directory = directory;
		this.port = port;
		this.portMapper = portMapper;
		this.process = process;
	}

	/**
	 * Whether the programs are there.
	 * @return {@code true} if a server can be started
	 */
	public static boolean isInstalled() {
		return Files.isExecutable(SERVER) && Files.isExecutable(PORT_MAPPER);
	}

	/**
	 * Starts a server and waits until it answers.
	 * @return the server, for the caller to close
	 */
	public static TestRabbit start() {
		try {
			Path directory = Files.createTempDirectory("test-rabbit-");
			int port = freePort();
			Map<String, String> environment = environment(directory, port);
			String mapperPort = environment.get("ERL_EPMD_PORT");
			Process portMapper = run(directory, environment, PORT_MAPPER.toString(), "-address", "127.0.0.1", "-port",
					mapperPort);
			TestRabbit server = new TestRabbit(directory, port, portMapper,
					run(directory, environment, SERVER.toString()));
			server.awaitAnswer();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Map<String, String> environment(Path directory, int port) throws IOException {
		String base = directory.toString();
		return Map.ofEntries(Map.entry("HOME", base), Map.entry("RABBITMQ_NODENAME", "test" + port + "@localhost"),
				Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
				Map.entry("RABBITMQ_NODE_PORT", String.valueOf(port)),
				Map.entry("RABBITMQ_DIST_PORT", String.valueOf(freePort())),
				Map.entry("ERL_EPMD_PORT", String.valueOf(freePort())),
				Map.entry("RABBITMQ_MNESIA_BASE", base + "/mnesia"), Map.entry("RABBITMQ_LOGS", "-"),
				Map.entry("RABBITMQ_PID_FILE", base + "/pid"),
				Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", base + "/plugins"),
				Map.entry("RABBITMQ_CONF_ENV_FILE", base + "/none"), Map.entry("RABBITMQ_CONFIG_FILE", base + "/none"));
	}

	private static Process run(Path directory, Map<String, String> environment, String... command) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()));
		builder.environment().putAll(environment);
		return builder.start();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private void awaitAnswer() {
		CachingConnectionFactory connections = connections();
		try {
			Awaitility.await().atMost(LIMIT).ignoreExceptions().until(() -> connections.createConnection().isOpen());
		}
		finally {
			connections.destroy();
		}
	}

	/**
	 * Connects to the server.
	 * @return the connections, for the caller to destroy
	 */
	public CachingConnectionFactory connections() {
		return new CachingConnectionFactory("127.0.0.1", this.port);
	}

	@Override
	public void close() {
		this.process.destroy();
		this.process.onExit().join();
		this.portMapper.destroy();
		this.portMapper.onExit().join();
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
