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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ProbedApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The probe that runs all checks now. To be extended for each server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AbstractHttpFreshTests {

	private static final int CALLERS = 50;

	private ProbedApplication application;

	/**
	 * Returns an application on the server under test, not started.
	 */
	abstract SpringApplicationBuilder application(Class<?>... sources);

	@BeforeAll
	void start() {
		this.application = ProbedApplication.start(
				application(ContractApplication.class, Counted.class).properties(ContractApplication.PROPERTIES),
				"health.check-defaults.interval=1h", "health.check-defaults.retry-interval=1h",
				"health.check-defaults.timeout=3s");
		this.application.awaitState("running");
	}

	@AfterAll
	void stop() {
		this.application.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/readyz?fresh", "/readyz/write?verbose&fresh=1" })
	void resultIsOfThisMoment(String target) {
		assertThat(this.application.get(target).status()).isEqualTo(200);
		this.application.indicator("required").answer(Health.down().build());
		assertThat(this.application.get("/readyz").status()).isEqualTo(200);
		assertThat(this.application.get(target).status()).isEqualTo(503);
		this.application.indicator("required").answer(Health.up().build());
		assertThat(this.application.get("/readyz").status()).isEqualTo(503);
		assertThat(this.application.get(target).status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/readyz?fresh", "/healthz?fresh", "/startupz?fresh" })
	void strangersAndOtherProbesRunNothing(String target) {
		Counted.Indicator counted = this.application.bean(Counted.Indicator.class);
		int before = counted.asked.get();
		String stranger = target.startsWith("/readyz") ? "Via: a" : "X-Other: a";
		assertThat(this.application.get(target, stranger).status()).isEqualTo(200);
		this.application.get("/readyz?fresh");
		assertThat(counted.asked).hasValue(before + 1);
	}

	@Test
	void manyCallersAtOnceRunEachCheckOnce() {
		Counted.Indicator counted = this.application.bean(Counted.Indicator.class);
		int before = counted.asked.get();
		counted.gate = new CountDownLatch(1);
		List<HttpConnection> connections = IntStream.range(0, CALLERS)
			.mapToObj((i) -> this.application.connect())
			.toList();
		connections.forEach((connection) -> connection.send("GET", "/readyz?fresh"));
		this.application.await().until(AbstractHttpFreshTests::waiting, (waiting) -> waiting == CALLERS);
		counted.gate.countDown();
		for (HttpConnection connection : connections) {
			try (connection) {
				assertThat(connection.receive().status()).isEqualTo(200);
			}
		}
		assertThat(counted.asked).hasValue(before + 1);
	}

	private static long waiting() {
		return Thread.getAllStackTraces()
			.values()
			.stream()
			.filter((stack) -> Stream.of(stack).anyMatch((frame) -> "freshSnapshot".equals(frame.getMethodName())))
			.count();
	}

	@Test
	void checkThatHangsHoldsTheAnswerUpForItsTimeoutAlone() {
		this.application.indicator("required").block();
		CompletableFuture<HttpAnswer> answer = CompletableFuture
			.supplyAsync(() -> this.application.get("/readyz?fresh"));
		assertThat(answer).succeedsWithin(Duration.ofSeconds(10));
		assertThat(answer.join().status()).isEqualTo(503);
		assertThat((String) answer.join().json().get("reason")).startsWith("required: timed out after 3s");
		this.application.indicator("required").release();
		this.application.await().until(() -> this.application.get("/readyz?fresh").status(), (code) -> code == 200);
	}

	@Configuration(proxyBeanMethods = false)
	static class Counted {

		@Bean
		Indicator countedHealthIndicator() {
			return new Indicator();
		}

		/**
		 * Counts how often it is asked, and may be held.
		 */
		static final class Indicator implements HealthIndicator {

			private final AtomicInteger asked = new AtomicInteger();

			private volatile CountDownLatch gate = new CountDownLatch(0);

			@Override
			public Health health() {
				this.asked.incrementAndGet();
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

}
