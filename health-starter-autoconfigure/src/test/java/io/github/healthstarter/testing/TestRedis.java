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
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

import org.awaitility.Awaitility;

/**
 * A real Redis for tests: a container where Docker can provide one, else the embedded
 * binaries. All tests share one; a test that wants to configure, stop or kill its Redis
 * launches its own.
 */
public final class TestRedis implements AutoCloseable {

	private static final Duration STARTUP_LIMIT = Duration.ofSeconds(30);

	/**
	 * A node of a Redis cluster listens on its port plus this for the other nodes.
	 */
	private static final int BUS_OFFSET = 10_000;

	private final RedisBackend backend;

	private final int port;

	private final boolean shared;

	private final Thread cleaner;

	private TestRedis(boolean shared, BiFunction<Integer, List<String>, RedisBackend> place,
			List<String> configuration) {
		this.shared = shared;
		this.port = findPort();
		this.backend = place.apply(this.port, configuration);
		this.cleaner = new Thread(this.backend::dispose, "test-redis-dispose");
		Runtime.getRuntime().addShutdownHook(this.cleaner);
		try {
			startBackend();
		}
		catch (RuntimeException ex) {
			String output = this.backend.output();
			dispose();
			throw new IllegalStateException("Redis did not start: " + output, ex);
		}
	}

	/**
	 * Returns the server that all tests of this JVM share, started if need be.
	 * @return the running server
	 */
	public static TestRedis shared() {
		return Shared.INSTANCE;
	}

	/**
	 * Starts a server of the caller's own and returns when it answers, be it with an
	 * error.
	 * @param configuration lines of a {@code redis.conf}, such as
	 * {@code requirepass secret}
	 * @return the running server, for the caller to close
	 */
	public static TestRedis launch(String... configuration) {
		return new TestRedis(false, RedisBackend::create, List.of(configuration));
	}

	/**
	 * Starts a server of the caller's own that others can reach and that can reach them:
	 * never in a container, always on 127.0.0.1. With a line that begins with
	 * {@code sentinel} it is a sentinel.
	 * @param configuration lines of a {@code redis.conf} or {@code sentinel.conf}
	 * @return the running server, for the caller to close
	 */
	public static TestRedis launchAmongOthers(String... configuration) {
		return new TestRedis(false, EmbeddedRedis::new, List.of(configuration));
	}

	/**
	 * Returns the host to connect to.
	 * @return the host
	 */
	public String host() {
		return this.backend.host();
	}

	/**
	 * Returns the port to connect to; a server that is started again keeps it.
	 * @return the port
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Starts a proxy to this server.
	 * @return the proxy, for the caller to close
	 */
	public FaultProxy proxy() {
		return FaultProxy.to(host(), port());
	}

	/**
	 * Sends one command on a connection of its own.
	 * @param command the command's words
	 * @return the reply as text; an error begins with {@code -}, and of an array there is
	 * only its size, after {@code *}
	 */
	public String call(String... command) {
		try {
			return RedisCall.send(host(), port(), command);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Stops the server as SIGTERM does, and returns when it is gone.
	 */
	public void stop() {
		requireOwn();
		this.backend.stop();
	}

	/**
	 * Kills the server as SIGKILL does, and returns when it is gone.
	 */
	public void kill() {
		requireOwn();
		this.backend.kill();
	}

	/**
	 * Starts the stopped server again, on the same port and with the data that it saved,
	 * and returns when it answers, be it with an error.
	 */
	public void start() {
		requireOwn();
		if (this.backend.isRunning()) {
			throw new IllegalStateException("This Redis is running already");
		}
		startBackend();
	}

	/**
	 * Ends the server and forgets its data.
	 */
	@Override
	public void close() {
		requireOwn();
		dispose();
	}

	private void dispose() {
		Runtime.getRuntime().removeShutdownHook(this.cleaner);
		this.backend.dispose();
	}

	private void requireOwn() {
		if (this.shared) {
			throw new IllegalStateException("This Redis is shared: launch one to stop it");
		}
	}

	private void startBackend() {
		this.backend.start();
		Awaitility.await("Redis answers")
			.atMost(STARTUP_LIMIT)
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(20))
			.failFast("Redis ended", () -> !this.backend.isRunning())
			.ignoreExceptionsInstanceOf(UncheckedIOException.class)
			.until(() -> !call("PING").isEmpty());
	}

	private static int findPort() {
		while (true) {
			try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
				int busPort = port.getLocalPort() + BUS_OFFSET;
				if (busPort < 1 << 16) {
					new ServerSocket(busPort, 1, InetAddress.getLoopbackAddress()).close();
					return port.getLocalPort();
				}
			}
			catch (IOException ex) {
				// Taken: try another.
			}
		}
	}

	private static final class Shared {

		static final TestRedis INSTANCE = new TestRedis(true, RedisBackend::create, List.of());

	}

}
