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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.MachinePauses;
import io.github.healthstarter.testing.StartupAttempt;
import io.github.healthstarter.testing.StuckApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the probe server answers while every request thread of the application is
 * busy.
 */
@Timeout(120)
class BusyThreadsTests {

	private static final int THREADS = 20;

	private static final int REQUESTS = 200;

	private static final int PROBES = 50;

	private static final Duration LIMIT = Duration.ofMillis(100);

	private final List<HttpConnection> clients = new ArrayList<>();

	private final ConfigurableApplicationContext context = StartupAttempt.onServlets(StuckApplication.class)
		.start("health.server.port=0", "server.tomcat.threads.max=" + THREADS);

	@AfterEach
	void stop() {
		this.context.getBean(StuckApplication.Controller.class).release();
		this.clients.forEach(HttpConnection::close);
		this.context.close();
	}

	@Test
	void probesAreAllAnsweredWhileNoRequestThreadIsFree() {
		int probes = port("local.health.port");
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> ask(probes, "/readyz") == 200);
		for (int i = 0; i < REQUESTS; i++) {
			HttpConnection client = HttpConnection.to(port("local.server.port"));
			client.send("GET", "/stuck");
			this.clients.add(client);
		}
		StuckApplication.Controller controller = this.context.getBean(StuckApplication.Controller.class);
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> controller.busy() == THREADS);
		assertThatAllAreAnsweredInTime(probes);
		assertThat(this.clients).noneMatch(HttpConnection::hasAnswer);
	}

	private static void assertThatAllAreAnsweredInTime(int port) {
		Duration slowest = Duration.ZERO;
		try (MachinePauses pauses = MachinePauses.watching()) {
			for (int i = 0; i < PROBES; i++) {
				for (String path : List.of("/readyz", "/healthz")) {
					long askedAt = System.nanoTime();
					assertThat(ask(port, path)).isEqualTo(200);
					Duration took = Duration.ofNanos(System.nanoTime() - askedAt);
					slowest = (took.compareTo(slowest) > 0) ? took : slowest;
				}
			}
			assertThat(slowest).isLessThan(LIMIT.plus(pauses.longest()));
		}
	}

	private int port(String property) {
		return this.context.getEnvironment().getRequiredProperty(property, Integer.class);
	}

	private static int ask(int port, String path) {
		try (HttpConnection connection = HttpConnection.to(port)) {
			return connection.ask("GET", path).status();
		}
	}

}
