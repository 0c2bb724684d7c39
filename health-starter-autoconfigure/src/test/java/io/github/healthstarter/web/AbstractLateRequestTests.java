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

package io.github.healthstarter.web;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.Http2Connection;
import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ProbedApplication;
import io.github.healthstarter.testing.StuckApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with requests that come while a servlet container stops, with real sockets. To be
 * extended for each servlet container.
 */
@Timeout(120)
public abstract class AbstractLateRequestTests {

	private final List<HttpConnection> connections = new ArrayList<>();

	/**
	 * Returns the property that chooses the server under test.
	 */
	protected abstract String server();

	protected final ProbedApplication start(String... properties) {
		List<String> all = new ArrayList<>(
				List.of(server(), "server.shutdown=graceful", "spring.lifecycle.timeout-per-shutdown-phase=20s"));
		all.addAll(List.of(properties));
		return ProbedApplication.onServlets(StuckApplication.class, all.toArray(String[]::new));
	}

	protected final HttpConnection connect(ProbedApplication application) {
		HttpConnection connection = application.connect();
		this.connections.add(connection);
		return connection;
	}

	@AfterEach
	void closeConnections() {
		this.connections.forEach(HttpConnection::close);
	}

	@Test
	void requestOnAConnectionThatWasKeptIsAnsweredAfterTheListenerIsClosed() throws Exception {
		ProbedApplication application = start();
		HttpConnection kept = connect(application);
		assertThat(kept.ask("GET", "/fast").status()).isEqualTo(200);
		HttpConnection held = connect(application);
		held.send("GET", "/stuck");
		StuckApplication.Controller controller = application.bean(StuckApplication.Controller.class);
		application.await().until(controller::busy, (busy) -> busy == 1);
		CompletableFuture<Void> closed = CompletableFuture.runAsync(application::close);
		application.awaitListenerClosed();
		HttpAnswer late = kept.ask("GET", "/fast");
		controller.release();
		assertThat(late.status()).isEqualTo(200);
		assertThat(late.closesConnection()).isTrue();
		assertThat(kept.endsInOrder()).isTrue();
		HttpAnswer answer = held.receive();
		assertThat(answer.body()).isEqualTo("released");
		assertThat(answer.closesConnection()).isTrue();
		closed.get(15, TimeUnit.SECONDS);
	}

	@Test
	void idleConnectionIsClosedInOrderInTheEnd() {
		HttpConnection idle;
		try (ProbedApplication application = start()) {
			idle = connect(application);
			assertThat(idle.ask("GET", "/fast").status()).isEqualTo(200);
		}
		assertThat(idle.endsInOrder()).isTrue();
	}

	@Test
	void connectionOfHttp2IsServedDuringTheDrainAndToldToGoAwayAtItsEnd() throws Exception {
		ProbedApplication application = start("server.http2.enabled=true");
		try (application; Http2Connection connection = Http2Connection.to(application.port())) {
			assertThat(connection.ask("/fast")).contains(Http2Connection.HEADERS, Http2Connection.DATA);
			application.bean(HealthInstance.class).drain().begin(DrainTrigger.API);
			assertThat(connection.ask("/fast")).doesNotContain(Http2Connection.GOAWAY)
				.contains(Http2Connection.HEADERS, Http2Connection.DATA);
			application.close();
			connection.awaitGoAway();
		}
	}

}
