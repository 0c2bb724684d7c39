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

package io.github.healthstarter.autoconfigure.liveness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.liveness.LivenessFailure;
import io.github.healthstarter.liveness.LivenessMonitor;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.StuckApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the threads of a real web server, looked at every few milliseconds.
 */
@Timeout(120)
abstract class AbstractWebServerTests {

	private static final Duration INTERVAL = Duration.ofMillis(20);

	private static final int ENOUGH = (int) (3 * WebServerSignal.CONFIRMED_AFTER.toMillis()
			/ (2 * INTERVAL.toMillis()));

	private static final Duration CONNECT_LIMIT = Duration.ofMillis(300);

	private final AtomicInteger looks = new AtomicInteger();

	private final List<LivenessFailure> failures = new CopyOnWriteArrayList<>();

	private final List<Socket> sockets = new ArrayList<>();

	ConfigurableApplicationContext context;

	private StuckApplication.Controller requests;

	/**
	 * Starts the application.
	 * @param properties such as {@code server.port=0}
	 * @return its context
	 */
	abstract ConfigurableApplicationContext start(String... properties);

	@BeforeEach
	void begin() {
		begin("server.port=0");
	}

	void begin(String property) {
		this.context = start(property, "server.port=0", "health.server.port=0", "spring.main.banner-mode=off",
				"health.drain.max-wait=1s", "health.drain.quiet-period=100ms",
				"spring.lifecycle.timeout-per-shutdown-phase=20s");
		this.requests = this.context.getBean(StuckApplication.Controller.class);
		LivenessMonitor liveness = this.context.getBean(HealthInstance.class).liveness();
		liveness.addListener(() -> {
			this.failures.addAll(liveness.current().failures());
			this.looks.incrementAndGet();
		});
		liveness.lookAtLeastEvery(INTERVAL);
		await().until(() -> status(probePort(), "/readyz") == 200);
	}

	@AfterEach
	void close() throws IOException {
		this.requests.release();
		for (Socket socket : this.sockets) {
			socket.close();
		}
		this.context.close();
	}

	@Test
	void serverThatServesDoesNotFail() {
		assertThat(status(port(), "/fast")).isEqualTo(200);
		assertNoFailure();
	}

	@Test
	void fullBacklogDoesNotFail() throws IOException {
		ask("/stuck");
		awaitBusy();
		fillBacklog();
		assertNoFailure();
	}

	@Test
	void pausedContextDoesNotFailAndIsWatchedWhenItRunsAgain() {
		this.context.stop();
		assertNoFailure();
		this.context.start();
		assertNoFailure();
		await().until(() -> status(port(), "/fast") == 200);
	}

	@Test
	void gracefulShutdownDoesNotFail() {
		ask("/stuck");
		awaitBusy();
		CompletableFuture<Void> closed = CompletableFuture.runAsync(this.context::close);
		assertNoFailure();
		assertThat(closed).isNotDone();
		this.requests.release();
		closed.join();
		assertThat(this.failures).isEmpty();
	}

	void assertNoFailure() {
		int before = this.looks.get();
		await().until(() -> this.looks.get() >= before + ENOUGH);
		assertThat(this.failures).isEmpty();
	}

	void assertFailure(String thread) {
		await().until(() -> status(probePort(), "/healthz") == 503);
		assertThat(this.failures).isNotEmpty().allSatisfy((failure) -> {
			assertThat(failure.signal()).isEqualTo("webServer");
			assertThat(failure.reason()).contains(thread);
		});
	}

	void ask(String path) {
		CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> {
			try (HttpConnection connection = HttpConnection.to(port())) {
				connection.ask("GET", path);
			}
		});
	}

	private void awaitBusy() {
		await().until(() -> this.requests.busy() > 0);
	}

	private void fillBacklog() throws IOException {
		InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
		for (int i = 0; i < 64; i++) {
			Socket socket = new Socket();
			this.sockets.add(socket);
			try {
				socket.connect(address, (int) CONNECT_LIMIT.toMillis());
			}
			catch (SocketTimeoutException ex) {
				return;
			}
		}
		throw new AssertionError("The backlog does not fill");
	}

	int port() {
		return port("local.server.port");
	}

	int probePort() {
		return port("local.health.port");
	}

	private int port(String property) {
		return this.context.getEnvironment().getRequiredProperty(property, Integer.class);
	}

	static ConditionFactory await() {
		return Awaitility.await()
			.dontCatchUncaughtExceptions()
			.atMost(Duration.ofSeconds(40))
			.pollInterval(Duration.ofMillis(20));
	}

	static int status(int port, String path) {
		try (HttpConnection connection = HttpConnection.to(port)) {
			return connection.ask("GET", path).status();
		}
		catch (UncheckedIOException ex) {
			return 0;
		}
	}

}
