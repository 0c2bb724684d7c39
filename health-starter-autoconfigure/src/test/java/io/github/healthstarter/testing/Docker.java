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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks for a Docker daemon, on a Unix socket or plain TCP. Testcontainers' own detection
 * is loud and slow where there is none, so it is asked only after this said yes.
 */
final class Docker {

	private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

	private static final Duration PULL_LIMIT = Duration.ofMinutes(2);

	private final List<URI> endpoints;

	Docker(List<URI> endpoints) {
		this.endpoints = List.copyOf(endpoints);
	}

	/**
	 * Looks where Testcontainers would look: the environment, its own properties, and the
	 * usual sockets.
	 */
	static Docker ofEnvironment() {
		return of(System.getenv(), Path.of(System.getProperty("user.home")));
	}

	static Docker of(Map<String, String> environment, Path home) {
		String host = environment.getOrDefault("DOCKER_HOST",
				configuredHost(home.resolve(".testcontainers.properties")));
		if (!host.isEmpty()) {
			return new Docker(List.of(URI.create(host)));
		}
		List<Path> sockets = new ArrayList<>(List.of(Path.of("/var/run/docker.sock")));
		if (environment.containsKey("XDG_RUNTIME_DIR")) {
			sockets.add(Path.of(environment.get("XDG_RUNTIME_DIR"), "docker.sock"));
		}
		sockets.add(home.resolve(".docker/run/docker.sock"));
		sockets.add(home.resolve(".docker/desktop/docker.sock"));
		return new Docker(sockets.stream().map((socket) -> URI.create("unix://" + socket)).toList());
	}

	private static String configuredHost(Path file) {
		Properties properties = new Properties();
		if (Files.isReadable(file)) {
			try (Reader reader = Files.newBufferedReader(file)) {
				properties.load(reader);
			}
			catch (IOException ex) {
				return "";
			}
		}
		return properties.getProperty("docker.host", "");
	}

	List<URI> endpoints() {
		return this.endpoints;
	}

	/**
	 * Returns what stands in the way of a container of the image, or nothing.
	 */
	Optional<String> obstacleTo(String image) {
		Optional<SocketAddress> daemon = this.endpoints.stream()
			.flatMap((it) -> address(it).stream())
			.filter((it) -> ask(it, "GET /_ping", ANSWER_LIMIT) == 200)
			.findFirst();
		if (daemon.isEmpty()) {
			return Optional.of("no Docker answers");
		}
		if (has(daemon.get(), image) || (pull(daemon.get(), image) && has(daemon.get(), image))) {
			return Optional.empty();
		}
		return Optional.of("Docker does not have and cannot pull " + image);
	}

	private static Optional<SocketAddress> address(URI endpoint) {
		return switch (String.valueOf(endpoint.getScheme())) {
			case "unix" -> Optional.of(UnixDomainSocketAddress.of(endpoint.getPath()));
			case "tcp" -> Optional.of(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()));
			default -> Optional.empty();
		};
	}

	private static boolean has(SocketAddress daemon, String image) {
		return ask(daemon, "GET /images/" + image + "/json", ANSWER_LIMIT) == 200;
	}

	private static boolean pull(SocketAddress daemon, String image) {
		String[] parts = image.split(":", 2);
		String query = "?fromImage=" + parts[0] + "&tag=" + parts[1];
		return ask(daemon, "POST /images/create" + query, PULL_LIMIT) == 200;
	}

	/**
	 * Returns the HTTP status of the answer once it has ended, or 0 where there is none.
	 */
	private static int ask(SocketAddress daemon, String request, Duration limit) {
		FutureTask<Integer> task = new FutureTask<>(() -> ask(daemon, request));
		Thread thread = new Thread(task, "ask-docker");
		thread.setDaemon(true);
		thread.start();
		try {
			return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			task.cancel(true);
			return 0;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return 0;
		}
	}

	private static int ask(SocketAddress daemon, String request) throws IOException {
		try (SocketChannel channel = SocketChannel.open(daemon)) {
			String head = request + " HTTP/1.0\r\nHost: docker\r\nContent-Length: 0\r\n\r\n";
			channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
			ByteArrayOutputStream answer = new ByteArrayOutputStream();
			ByteBuffer buffer = ByteBuffer.allocate(4096);
			while (channel.read(buffer) >= 0) {
				answer.write(buffer.array(), 0, buffer.position());
				buffer.clear();
			}
			String[] words = answer.toString(StandardCharsets.UTF_8).split(" ", 3);
			return (words.length == 3) ? Integer.parseInt(words[1]) : 0;
		}
	}

}
