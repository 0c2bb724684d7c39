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

package io.github.healthstarter.sample.shutdown;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.healthstarter.sample.SampleProcess;
import io.github.healthstarter.sample.http.HttpAnswer;
import io.github.healthstarter.sample.http.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what connections see of a SIGTERM that were open before it.
 */
class KeptAliveTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final int IN_FLIGHT = 20;

	private static final int IDLE = 10;

	private static final byte[] ORDERS = HttpConnection.request("GET", "/orders");

	private static final byte[] REPORT = HttpConnection.request("GET", "/orders/report?delay=3s");

	private final ExecutorService users = Executors.newCachedThreadPool();

	@TempDir
	private Path directory;

	@Test
	void requestsUnderWayAreAnsweredAndIdleConnectionsEndCleanly() throws Exception {
		try (SampleProcess application = SampleProcess.start(this.directory.resolve("log"))) {
			List<HttpConnection> asking = idle(application);
			List<HttpConnection> silent = idle(application);
			List<CompletableFuture<HttpAnswer>> underWay = idle(application, IN_FLIGHT).stream()
				.map((connection) -> CompletableFuture.supplyAsync(() -> send(connection, REPORT), this.users))
				.toList();
			Awaitility.await()
				.atMost(LIMIT)
				.until(() -> application.ask("GET", "/actuator/prometheus").body(),
						(metrics) -> metrics.contains("health_requests_in_flight " + (IN_FLIGHT + 1) + ".0"));
			application.signal("TERM");
			application.awaitLog("Drain begun by SIGTERM");

			assertThat(asking).allSatisfy((connection) -> {
				assertLastAnswer(send(connection, ORDERS));
				assertEndsCleanly(connection);
			});
			assertThat(underWay)
				.allSatisfy((answer) -> assertLastAnswer(answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS)));
			assertThat(application.exitCode(LIMIT)).isEqualTo(143);
			assertThat(silent).allSatisfy(KeptAliveTests::assertEndsCleanly);
			assertThat(application.log()).contains("cutOff=0");
		}
	}

	private static List<HttpConnection> idle(SampleProcess application) throws IOException {
		return idle(application, IDLE);
	}

	private static List<HttpConnection> idle(SampleProcess application, int number) throws IOException {
		List<HttpConnection> connections = new ArrayList<>();
		for (int i = 0; i < number; i++) {
			HttpConnection connection = HttpConnection.open(application.port());
			assertThat(connection.send(ORDERS).closesConnection()).isFalse();
			connections.add(connection);
		}
		return connections;
	}

	private static HttpAnswer send(HttpConnection connection, byte[] request) {
		try {
			return connection.send(request);
		}
		catch (IOException ex) {
			throw new CompletionException(ex);
		}
	}

	private static void assertLastAnswer(HttpAnswer answer) {
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.closesConnection()).isTrue();
	}

	private static void assertEndsCleanly(HttpConnection connection) {
		Awaitility.await().atMost(LIMIT).until(connection::hasEnded);
	}

}
