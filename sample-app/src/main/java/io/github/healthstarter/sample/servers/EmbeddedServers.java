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

package io.github.healthstarter.sample.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.core.PortProvider;

/**
 * PostgreSQL and Redis on random ports, with their files in one temporary directory. Both
 * leave the application's session, so that Ctrl-C in a terminal does not stop them while
 * the application still drains. Works on Linux and macOS.
 */
final class EmbeddedServers implements AutoCloseable {

	private static final Duration START_LIMIT = Duration.ofSeconds(30);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

	private final Janitor janitor;

	private final EmbeddedServer postgres;

	private final EmbeddedServer redis;

	private EmbeddedServers(Janitor janitor, EmbeddedServer postgres, EmbeddedServer redis) {
		this.janitor = janitor;
		this.postgres = postgres;
		this.redis = redis;
	}

	/**
	 * Start both servers and wait until they accept connections.
	 * @return the running servers
	 * @throws IllegalStateException if one of them does not start
	 */
	static EmbeddedServers start() {
		try {
			Path directory = Files.createTempDirectory("orders-");
			Janitor janitor = Janitor.of(directory);
			try {
				return new EmbeddedServers(janitor, startPostgres(directory), startRedis(directory));
			}
			catch (IOException | RuntimeException ex) {
				janitor.close();
				throw ex;
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static EmbeddedServer startPostgres(Path directory) throws IOException {
		Path data = directory.resolve("postgres");
		EmbeddedPostgres postgres = EmbeddedPostgres.builder()
			.setDataDirectory(data)
			.setServerConfig("unix_socket_directories", "")
			.setPGStartupWait(START_LIMIT)
			.setRegisterShutdownHook(false)
			.start();
		return new EmbeddedServer(postgres.getPort(), readPid(data.resolve("postmaster.pid")));
	}

	private static EmbeddedServer startRedis(Path directory) throws IOException {
		int port = PortProvider.newEphemeralPortProvider().get();
		Path executable = ExecutableProvider.newJarResourceProvider(directory.toFile()).get().toPath();
		Path log = directory.resolve("redis.log");
		Path pid = directory.resolve("redis.pid");
		Process launcher = new ProcessBuilder(executable.toString(), "--port", String.valueOf(port), "--bind",
				"127.0.0.1", "--save", "", "--daemonize", "yes", "--dir", directory.toString(), "--pidfile",
				pid.toString(), "--logfile", log.toString())
			.redirectErrorStream(true)
			.start();
		String output = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (launcher.onExit().join().exitValue() != 0) {
			throw new IllegalStateException("Redis did not start: " + output);
		}
		return new EmbeddedServer(port, awaitPid(pid));
	}

	private static long awaitPid(Path file) {
		RetryPolicy policy = RetryPolicy.builder()
			.delay(POLL_INTERVAL)
			.maxRetries(START_LIMIT.dividedBy(POLL_INTERVAL))
			.build();
		try {
			return new RetryTemplate(policy).<Long>execute(() -> readPid(file));
		}
		catch (RetryException ex) {
			throw new IllegalStateException("Redis did not start within " + START_LIMIT.toSeconds() + "s", ex);
		}
	}

	private static long readPid(Path file) throws IOException {
		try (var lines = Files.lines(file)) {
			return lines.findFirst()
				.map(String::trim)
				.map(Long::valueOf)
				.orElseThrow(() -> new IOException("There is no pid in " + file + " yet"));
		}
	}

	EmbeddedServer postgres() {
		return this.postgres;
	}

	EmbeddedServer redis() {
		return this.redis;
	}

	/**
	 * Stop both servers, however they are, and delete their files.
	 */
	@Override
	public void close() {
		this.janitor.close();
	}

}
