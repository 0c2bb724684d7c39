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

package io.github.healthstarter.web.reactive;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainOutcome;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ProbedApplication;
import io.github.healthstarter.testing.WebSocketClient;
import io.github.healthstarter.web.OpenStreams;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OpenStreams} on Reactor Netty, with real clients.
 */
@Timeout(120)
class OpenStreamsTests {

	private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(20);

	private ProbedApplication application;

	private OpenStreams streams;

	@BeforeEach
	void start() {
		this.application = ProbedApplication.onReactorNetty(ReactiveApplication.class, "server.shutdown=graceful",
				"health.drain.max-wait=20s", "health.drain.quiet-period=0s", "health.drain.observed-failures=0",
				"spring.lifecycle.timeout-per-shutdown-phase=" + SHUTDOWN_TIMEOUT.toSeconds() + "s");
		this.streams = this.application.bean(OpenStreams.class);
	}

	@AfterEach
	void stop() {
		this.application.close();
	}

	private HttpConnection openEvents() {
		HttpConnection connection = this.application.connect();
		connection.send("GET", "/events");
		assertThat(connection.receiveHead().header("content-type")).startsWith("text/event-stream");
		this.application.await().until(this.streams::count, (count) -> count == 1);
		return connection;
	}

	private WebSocketClient openSocket() throws Exception {
		WebSocketClient client = WebSocketClient.to(this.application.port(), "/socket");
		assertThat(client.greeting()).isEqualTo("hello");
		return client;
	}

	private void drainIsQuiesced() {
		assertThat(this.application.bean(HealthInstance.class).traffic().requests().inFlight()).isZero();
		DrainController drain = this.application.bean(HealthInstance.class).drain();
		drain.begin(DrainTrigger.API);
		this.application.await()
			.untilAsserted(() -> assertThat(drain.progress()).extracting("outcome").isEqualTo(DrainOutcome.QUIESCED));
	}

	private void closeWithoutWaiting() {
		long begun = System.nanoTime();
		this.application.close();
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SHUTDOWN_TIMEOUT.dividedBy(2));
	}

	@Test
	void openEventStreamIsNotWaitedForAndEndsInOrder() {
		ReactiveApplication.Requests controller = this.application.bean(ReactiveApplication.Requests.class);
		try (HttpConnection connection = openEvents()) {
			drainIsQuiesced();
			assertThat(this.streams.unfinished()).isEqualTo(1);
			closeWithoutWaiting();
			assertThat(connection.receiveAll()).startsWith("c\r\ndata:hello").endsWith("\r\n0\r\n\r\n");
			assertThat(this.streams.unfinished()).isEqualTo(1);
			assertThat(controller.cancelled()).isPositive();
		}
	}

	@Test
	void eventStreamThatItsClientLeavesIsForgotten() {
		openEvents().close();
		this.application.await().until(this.streams::count, (count) -> count == 0);
		assertThat(this.streams.unfinished()).isZero();
	}

	@Test
	void openSessionIsNotWaitedForAndItsClientIsToldThatTheServerGoesAway() throws Exception {
		WebSocketClient client = openSocket();
		drainIsQuiesced();
		assertThat(client.isOpen()).isTrue();
		assertThat(this.streams.unfinished()).as("event streams alone").isZero();
		closeWithoutWaiting();
		assertThat(client.closeStatus()).isEqualTo(1001);
	}

	@Test
	void sessionIsOpenedDuringADrainToo() throws Exception {
		this.application.bean(HealthInstance.class).drain().begin(DrainTrigger.API);
		openSocket();
	}

	@Test
	void sessionWhoseClientAnswersNothingHoldsNothingUp() {
		try (HttpConnection connection = this.application.connect()) {
			connection.send("GET", "/socket", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
					"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
			assertThat(connection.receiveHead().status()).isEqualTo(101);
			this.application.await().until(this.streams::count, (count) -> count == 1);
			closeWithoutWaiting();
			assertThat(connection.receiveAll()).endsWith("\u0088\u0002\u0003\u00e9");
		}
	}

	@Test
	void requestForASessionThatIsRefusedIsARequest() {
		long ended = this.application.bean(HealthInstance.class).traffic().requests().ended();
		assertThat(this.application.get("/missing", "Connection: Upgrade", "Upgrade: websocket").status())
			.isEqualTo(404);
		this.application.await()
			.until(() -> this.application.bean(HealthInstance.class).traffic().requests().ended(),
					(count) -> count == ended + 1);
		assertThat(this.streams.count()).isZero();
	}

}
