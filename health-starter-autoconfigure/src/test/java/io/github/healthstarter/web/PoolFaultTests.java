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

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.testing.BusyPool;
import io.github.healthstarter.testing.FaultProxy;
import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.ProbeLoad;
import io.github.healthstarter.testing.ProbedApplication;
import io.github.healthstarter.testing.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the probes of a web application whose pool of ten is exhausted. The pool has
 * Spring Boot's settings: 30 seconds of patience.
 */
class PoolFaultTests {

	private static final int POOL = 10;

	private static final int WAITING = 20;

	private static final int PROBES = 49;

	private final FaultProxy postgres = TestPostgres.shared().proxy();

	private final CountDownLatch over = new CountDownLatch(1);

	private ProbedApplication application;

	@BeforeEach
	void start() {
		this.application = ProbedApplication.onServlets(PoolApplication.class,
				"spring.datasource.url=" + TestPostgres.shared().jdbcUrl(this.postgres),
				"spring.datasource.username=" + TestPostgres.shared().user(),
				"spring.datasource.password=" + TestPostgres.shared().password(),
				"spring.datasource.hikari.maximum-pool-size=" + POOL, "health.check-defaults.interval=100ms",
				"health.check-defaults.timeout=2s",
				"spring.autoconfigure.exclude=org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration");
	}

	@AfterEach
	void stop() {
		this.over.countDown();
		this.application.close();
		this.postgres.close();
	}

	@ParameterizedTest
	@ValueSource(longs = { 300, 5000 })
	void probesWhileThePoolIsExhaustedAllSayDegradedAndReady(long leased) throws Exception {
		HikariDataSource pool = this.application.bean(HikariDataSource.class);
		ExecutorService requests = Executors.newFixedThreadPool(POOL + WAITING);
		try {
			for (int i = 0; i < POOL + WAITING; i++) {
				requests.execute(() -> lease(pool, leased));
			}
			this.application.awaitState("degraded");
			try (ProbeLoad load = ProbeLoad.on(this.application)) {
				Object first = check().get("checkedAt");
				this.application.await().until(() -> {
					assertThatItIsDegraded(this.application.get("/readyz"));
					return load.readiness().size() >= PROBES;
				});
				assertThat(check().get("checkedAt")).isNotEqualTo(first);
				assertThat(load.readiness()).allSatisfy(PoolFaultTests::assertThatItIsReadyAtOnce);
			}
		}
		finally {
			this.over.countDown();
			requests.shutdown();
		}
		this.application.awaitState("running");
		this.application.await().until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
	}

	// A connection goes from one thread to the next all the time, as it does in earnest.
	private void lease(HikariDataSource pool, long leased) {
		try {
			boolean done = false;
			while (!done) {
				try (Connection connection = pool.getConnection()) {
					done = this.over.await(leased, TimeUnit.MILLISECONDS) || connection.isClosed();
				}
			}
		}
		catch (SQLException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Map<String, Object> check() {
		return this.application.get("/readyz").json("components", "db");
	}

	private static void assertThatItIsReadyAtOnce(ProbeLoad.Answer answer) {
		assertThat(answer.status()).isEqualTo(200);
		assertThat(Duration.ofNanos(answer.answeredAt() - answer.askedAt())).isLessThan(Duration.ofSeconds(1));
	}

	private static void assertThatItIsDegraded(HttpAnswer answer) {
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json()).containsEntry("state", "degraded").containsEntry("status", "DEGRADED");
		assertThat((String) answer.json("components", "db").get("error")).startsWith("pool exhausted: ")
			.contains(" of 10 in use, ");
	}

	@Test
	void probesWhileThePoolIsExhaustedTellOfADatabaseThatHangs() {
		HikariDataSource pool = this.application.bean(HikariDataSource.class);
		try (BusyPool busy = BusyPool.of(pool, WAITING)) {
			assertThat(busy).isNotNull();
			this.application.awaitState("degraded");
			this.postgres.hang();
			this.application.awaitState("failing");
			assertThat(this.application.get("/readyz").status()).isEqualTo(503);
			this.postgres.pass();
			this.application.awaitState("degraded");
			this.postgres.refuse();
			this.application.awaitState("failing");
			assertThat((String) check().get("error")).contains("Connection refused").contains("pool exhausted");
			this.postgres.pass();
			this.application.awaitState("degraded");
		}
		this.application.awaitState("running");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class PoolApplication {

	}

}
