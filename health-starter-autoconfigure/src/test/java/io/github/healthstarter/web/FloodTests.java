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
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.testing.Flood;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.SlowSenders;
import io.github.healthstarter.testing.StartupAttempt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the probe server answers one who asks as usual, whatever others do to it.
 */
@Timeout(180)
class FloodTests {

	private static final Duration BETWEEN_PROBES = Duration.ofMillis(50);

	private static final Duration LIMIT = Duration.ofSeconds(1);

	private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration CHECK_INTERVAL = Duration.ofMillis(500);

	// Jitter takes off up to a tenth
	private static final Duration SHORTEST_INTERVAL = CHECK_INTERVAL.multipliedBy(9).dividedBy(10);

	private static final int PER_SECOND = 2000;

	private static final int SLOW = 200;

	private final ConfigurableApplicationContext context = StartupAttempt.onServlets(Flooded.class)
		.start("health.server.port=0", "health.server.request-timeout=" + REQUEST_TIMEOUT.toMillis() + "ms",
				"health.check-defaults.interval=" + CHECK_INTERVAL.toMillis() + "ms",
				"health.checks.counted.impact=required");

	private final int port = this.context.getEnvironment().getRequiredProperty("local.health.port", Integer.class);

	@AfterEach
	void stop() {
		this.context.close();
	}

	@Test
	void probesAreAnsweredWhateverOthersDo() {
		assertThatProbesAreAnswered(Duration.ofSeconds(2));
	}

	@Test
	@Tag("long")
	void probesAreAnsweredHoweverLongOthersDo() {
		assertThatProbesAreAnswered(Duration.ofSeconds(30));
	}

	private void assertThatProbesAreAnswered(Duration phase) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> probe() == 200);
		AtomicLong runs = this.context.getBean(Flooded.class).runs;
		long runsBefore = runs.get();
		long begunAt = System.nanoTime();
		try (SlowSenders slow = SlowSenders.start(this.port, SLOW)) {
			probeFor(phase);
			try (Flood flood = Flood.start(this.port, PER_SECOND)) {
				probeFor(phase);
				flood.assertRateWasReached();
			}
			slow.assertAllWereClosedWithin(REQUEST_TIMEOUT);
		}
		try (Flood flood = Flood.start(this.port, PER_SECOND)) {
			probeFor(phase);
			flood.assertRateWasReached();
		}
		long intervals = Duration.ofNanos(System.nanoTime() - begunAt).dividedBy(SHORTEST_INTERVAL);
		assertThat(runs.get() - runsBefore).isPositive().isLessThanOrEqualTo(intervals + 1);
	}

	private void probeFor(Duration phase) {
		long begunAt = System.nanoTime();
		while (System.nanoTime() - begunAt < phase.toNanos()) {
			long askedAt = System.nanoTime();
			assertThat(probe()).isEqualTo(200);
			assertThat(Duration.ofNanos(System.nanoTime() - askedAt)).isLessThan(LIMIT);
			pause();
		}
	}

	private int probe() {
		try (HttpConnection connection = HttpConnection.from("127.0.0.2", this.port)) {
			return connection.ask("GET", "/readyz").status();
		}
	}

	private static void pause() {
		try {
			Thread.sleep(BETWEEN_PROBES.toMillis());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The application, which counts how often its dependency is asked.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Flooded {

		private final AtomicLong runs = new AtomicLong();

		@Bean
		HealthIndicator countedHealthIndicator() {
			return () -> {
				this.runs.incrementAndGet();
				return Health.up().build();
			};
		}

	}

}
