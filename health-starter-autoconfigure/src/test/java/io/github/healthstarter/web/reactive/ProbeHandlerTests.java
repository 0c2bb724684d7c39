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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ProbedApplication;
import io.github.healthstarter.web.BlockingRouteExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@link ProbeHandler} never blocks the event loop, of which there is but one.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProbeHandlerTests {

	private static final String AUTHORIZATION = "Authorization: Bearer secret";

	private static final String BODY = "{\"mode\": \"maintenance\"}";

	private final List<HttpConnection> clients = new ArrayList<>();

	private ProbedApplication application;

	private Held held;

	@BeforeAll
	void start() {
		this.application = ProbedApplication.onReactorNetty(HeldApplication.class, "health.access.token=secret",
				"health.check-defaults.interval=1h", "health.check-defaults.timeout=30s");
		this.held = this.application.bean(Held.class);
	}

	@AfterAll
	void stop() {
		this.application.close();
	}

	@AfterEach
	void recover() {
		this.held.gate.countDown();
		this.clients.forEach(HttpConnection::close);
		this.clients.clear();
		this.application.ask("DELETE", "/admin/maintenance", AUTHORIZATION);
		this.application.await().until(() -> waiting() == 0);
	}

	private HttpConnection client() {
		HttpConnection client = this.application.connect();
		this.clients.add(client);
		return client;
	}

	private static long waiting() {
		return Thread.getAllStackTraces()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().getName().startsWith("health-web-wait-"))
			.flatMap((entry) -> List.of(entry.getValue()).stream())
			.filter((frame) -> frame.getClassName().equals("io.github.healthstarter.web.BlockingPlan")
					&& frame.getMethodName().equals("answer"))
			.count();
	}

	private void hold() {
		this.held.gate = new CountDownLatch(1);
	}

	@Test
	void answerThatTakesItsTimeHoldsNobodyUp() {
		hold();
		HttpConnection fresh = client();
		fresh.send("GET", "/readyz?fresh");
		this.application.await().until(() -> waiting() == 1);
		assertThat(this.application.get("/readyz").status()).isEqualTo(200);
		assertThat(fresh.hasAnswer()).isFalse();
		this.held.gate.countDown();
		assertThat(fresh.receive().status()).isEqualTo(200);
	}

	@Test
	void answersThatTakeTheirTimeAreBounded() {
		hold();
		for (int i = 0; i < BlockingRouteExecutor.MAX_THREADS; i++) {
			client().send("GET", "/readyz?fresh");
		}
		this.application.await().until(() -> waiting() == BlockingRouteExecutor.MAX_THREADS);
		assertThat(this.application.get("/readyz?fresh").status()).isEqualTo(429);
		assertThat(this.application.get("/readyz").status()).isEqualTo(200);
		this.held.gate.countDown();
		for (HttpConnection client : this.clients) {
			assertThat(client.receive().status()).isEqualTo(200);
		}
	}

	@Test
	void slowSendersOfABodyHoldNoThread() {
		for (int i = 0; i < BlockingRouteExecutor.MAX_THREADS + 1; i++) {
			client().sendRaw("PUT /admin/maintenance HTTP/1.1\r\nHost: localhost\r\n" + AUTHORIZATION
					+ "\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY.substring(0, 5));
		}
		assertThat(this.application.get("/readyz").status()).isEqualTo(200);
		assertThat(waiting()).isZero();
		HttpConnection first = this.clients.get(0);
		first.sendRaw(BODY.substring(5));
		HttpAnswer answer = first.receive();
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json()).containsEntry("state", "maintenance");
	}

	@Test
	void bodyIsReadWhereItIsNeededAlone() {
		String[] headers = { "Expect: 100-continue", "Content-Length: " + BODY.length() };
		HttpConnection stranger = client();
		stranger.send("PUT", "/admin/maintenance", headers);
		assertThat(stranger.receive().status()).isEqualTo(401);
		HttpConnection probe = client();
		probe.send("PUT", "/readyz", headers);
		assertThat(probe.receive().status()).isEqualTo(405);
		HttpConnection trusted = client();
		trusted.send("PUT", "/admin/maintenance", headers[0], headers[1], AUTHORIZATION);
		assertThat(trusted.receiveHead().status()).isEqualTo(100);
		trusted.sendRaw(BODY);
		assertThat(trusted.receive().json()).containsEntry("state", "maintenance");
	}

	@Test
	void bodyWithoutAnEndIsReadUpToItsLimit() {
		HttpConnection client = client();
		client.sendRaw("PUT /admin/maintenance HTTP/1.1\r\nHost: localhost\r\n" + AUTHORIZATION
				+ "\r\nTransfer-Encoding: chunked\r\n\r\n2000\r\n" + "x".repeat(0x1fff));
		HttpAnswer answer = client.receive();
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.json()).containsEntry("detail", "the body must not be longer than 4096 bytes");
	}

	@Test
	void clientThatGoesAwayLeavesNothingBehind() {
		HttpConnection client = client();
		client.sendRaw("PUT /admin/maintenance HTTP/1.1\r\nHost: localhost\r\n" + AUTHORIZATION
				+ "\r\nContent-Length: 100\r\n\r\n" + BODY);
		client.close();
		assertThat(this.application.get("/readyz").json()).containsEntry("state", "running");
		assertThat(waiting()).isZero();
	}

	@Configuration(proxyBeanMethods = false)
	static class HeldApplication extends ReactiveApplication {

		@Bean
		Held heldHealthIndicator() {
			return new Held();
		}

	}

	static final class Held implements HealthIndicator {

		private volatile CountDownLatch gate = new CountDownLatch(0);

		@Override
		public Health health() {
			try {
				this.gate.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return Health.up().build();
		}

	}

}
