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

package io.github.healthstarter.web.tomcat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.testing.Http2Connection;
import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ProbedApplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@link DrainingProtocol} and {@link DrainingEndpoint}, with real sockets.
 */
@Timeout(120)
class DrainingProtocolTests {

	private final List<HttpConnection> connections = new ArrayList<>();

	private HttpConnection connect(ProbedApplication application) {
		HttpConnection connection = application.connect();
		this.connections.add(connection);
		return connection;
	}

	@AfterEach
	void closeConnections() {
		this.connections.forEach(HttpConnection::close);
	}

	private static ProbedApplication start(String... properties) {
		List<String> all = new ArrayList<>(
				List.of("server.shutdown=graceful", "spring.lifecycle.timeout-per-shutdown-phase=20s"));
		all.addAll(List.of(properties));
		return ProbedApplication.onServlets(TomcatApplication.class, all.toArray(String[]::new));
	}

	@Test
	void clientsInTheQueueOfTheListenerAreAnswered() {
		List<HttpConnection> queued = new ArrayList<>();
		try (ProbedApplication application = start("server.tomcat.max-connections=1")) {
			assertThat(connect(application).ask("GET", "/fast").closesConnection()).isFalse();
			for (int i = 0; i < 8; i++) {
				HttpConnection connection = connect(application);
				connection.send("GET", "/fast");
				queued.add(connection);
			}
			assertThat(queued).noneMatch(HttpConnection::hasAnswer);
		}
		for (HttpConnection connection : queued) {
			HttpAnswer answer = connection.receive();
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.closesConnection()).isTrue();
			assertThat(connection.endsHere()).isTrue();
		}
	}

	@Test
	void requestOnAConnectionThatWasKeptIsAnsweredAfterTheListenerIsClosed() throws Exception {
		ProbedApplication application = start();
		HttpConnection kept = connect(application);
		assertThat(kept.ask("GET", "/fast").status()).isEqualTo(200);
		HttpConnection held = connect(application);
		held.send("GET", "/held");
		TomcatApplication.Requests requests = application.bean(TomcatApplication.Requests.class);
		requests.awaitEntered();
		CompletableFuture<Void> closed = CompletableFuture.runAsync(application::close);
		application.await().untilAsserted(() -> assertThatException().isThrownBy(() -> application.connect().close()));
		HttpAnswer late = kept.ask("GET", "/fast");
		requests.release();
		assertThat(late.status()).isEqualTo(200);
		assertThat(late.closesConnection()).isTrue();
		assertThat(kept.endsInOrder()).isTrue();
		HttpAnswer answer = held.receive();
		assertThat(answer.body()).isEqualTo("held");
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
			application.bean(DrainController.class).begin(DrainTrigger.API);
			assertThat(connection.ask("/fast")).doesNotContain(Http2Connection.GOAWAY)
				.contains(Http2Connection.HEADERS, Http2Connection.DATA);
			application.close();
			connection.awaitGoAway();
		}
	}

}
