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

package io.github.healthstarter.indicator.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import io.github.healthstarter.indicator.IndicatorCall;
import io.github.healthstarter.testing.Cleanup;
import io.github.healthstarter.testing.FaultProxy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link DataSourceIndicator} does on every database, behind a proxy that breaks the
 * connection.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class AbstractDataSourceIndicatorTests {

	static final Duration LIMIT = Duration.ofSeconds(20);

	static final Duration QUIET = Duration.ofMillis(500);

	@AutoClose
	private final Cleanup cleanup = new Cleanup();

	FaultProxy proxy;

	abstract FaultProxy startProxy();

	abstract String productName();

	/**
	 * Opens a connection for each call, through the proxy.
	 */
	abstract DataSource dataSource();

	/**
	 * Is refused by the database itself.
	 */
	abstract DataSource rejectedDataSource();

	abstract String rejection();

	@BeforeEach
	void start() {
		this.proxy = this.cleanup.add(startProxy());
	}

	@AfterEach
	void stop() {
		this.proxy.pass();
	}

	@Test
	void healthWhenDatabaseAnswersIsUpWithItsName() {
		assertThat(indicator(dataSource()).health()).isEqualTo(up());
	}

	@Test
	void healthWithoutAPoolClosesItsConnection() {
		DataSourceIndicator indicator = indicator(dataSource());
		for (int i = 0; i < 5; i++) {
			assertThat(indicator.health()).isEqualTo(up());
		}
		Awaitility.await().atMost(LIMIT).until(() -> this.proxy.connections() == 0);
	}

	@Test
	void healthManyTimesGivesTheOnlyConnectionOfAPoolBack() {
		HikariDataSource pool = pool(1);
		DataSourceIndicator indicator = indicator(pool);
		for (int i = 0; i < 50; i++) {
			assertThat(indicator.health()).isEqualTo(up());
		}
		assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
		assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isOne();
	}

	@Test
	void healthFromManyThreadsIsUpEachTime() throws Exception {
		HikariDataSource pool = pool(8);
		DataSourceIndicator indicator = indicator(pool);
		assertThat(indicator.health()).isEqualTo(up());
		Awaitility.await().atMost(LIMIT).until(() -> pool.getHikariPoolMXBean().getIdleConnections() == 8);
		ExecutorService threads = Executors.newFixedThreadPool(8);
		List<Callable<Health>> calls = new ArrayList<>();
		for (int i = 0; i < 400; i++) {
			calls.add(indicator::health);
		}
		try {
			for (Future<Health> health : threads.invokeAll(calls, LIMIT.toSeconds(), TimeUnit.SECONDS)) {
				assertThat(health.get()).isEqualTo(up());
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void healthWhenDatabaseIsGoneIsDownWithTheReasonAndComesBack() {
		HikariDataSource pool = pool(1);
		DataSourceIndicator indicator = indicator(pool);
		assertThat(indicator.health()).isEqualTo(up());
		this.proxy.refuse();
		for (int i = 0; i < 3; i++) {
			Health health = indicator.health();
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(health.getDetails()).containsOnlyKeys("error", "database");
		}
		await().until(() -> error(indicator.health()).contains("Connection refused"));
		assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
		this.proxy.pass();
		awaitUp(indicator);
		assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
	}

	@Test
	void healthWhenConnectionsAreResetIsDownAndComesBack() {
		HikariDataSource pool = pool(1);
		DataSourceIndicator indicator = indicator(pool);
		assertThat(indicator.health()).isEqualTo(up());
		this.proxy.reset();
		for (int i = 0; i < 3; i++) {
			assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
		}
		assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
		this.proxy.pass();
		awaitUp(indicator);
	}

	@Test
	void healthWhenDatabaseWasNeverThereIsDownWithoutItsName() {
		this.proxy.refuse();
		Health health = indicator(dataSource()).health();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsOnlyKeys("error");
		assertThat(error(health)).contains("Connection refused");
	}

	@Test
	void healthWhenDatabaseRejectsTheUserIsDownWithTheReason() {
		Health health = indicator(rejectedDataSource()).health();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(error(health)).contains(rejection());
	}

	@Test
	void healthWhenPoolIsClosedIsDown() {
		HikariDataSource pool = pool(1);
		DataSourceIndicator indicator = indicator(pool);
		pool.close();
		assertThat(error(indicator.health())).contains("has been closed");
	}

	@Test
	void healthWhenThePoolIsEmptyIsEndedByAnInterrupt() throws Exception {
		HikariDataSource pool = pool(1, LIMIT);
		try (AutoCloseable lease = pool.getConnection()) {
			IndicatorCall call = IndicatorCall.onPlatformThread(indicator(pool, LIMIT));
			Awaitility.await()
				.atMost(LIMIT)
				.until(() -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 1);
			call.interrupt();
			assertThat(error(call.result(LIMIT.dividedBy(5)))).contains("nterrupted");
			assertThat(call.wasInterruptedAfterwards()).isTrue();
			assertThat(lease).isNotNull();
		}
	}

	/**
	 * Always gives the same open connection, so that only the validation talks to the
	 * database.
	 */
	DataSource singleConnection() {
		SingleConnectionDataSource single = new SingleConnectionDataSource(connect(), true);
		this.cleanup.add(single);
		return single;
	}

	private Connection connect() {
		try {
			return dataSource().getConnection();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	Health up() {
		return Health.up().withDetail("database", productName()).build();
	}

	DataSourceIndicator indicator(DataSource dataSource) {
		return indicator(dataSource, Duration.ofSeconds(1));
	}

	static DataSourceIndicator indicator(DataSource dataSource, Duration timeout) {
		ConnectionPool pool = (dataSource instanceof HikariDataSource hikari) ? ConnectionPool.hikari(hikari, timeout)
				: ConnectionPool.of(dataSource);
		return new DataSourceIndicator(() -> pool, Validation.ping(timeout));
	}

	void awaitUp(DataSourceIndicator indicator) {
		await().until(() -> indicator.health().getStatus().equals(Status.UP));
	}

	/**
	 * Asks less often than twice a second: HikariCP hands out a connection unchecked that
	 * was in use within the last 500 ms, so asking faster would keep a dead one in the
	 * pool.
	 */
	private static ConditionFactory await() {
		return Awaitility.await().atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(600));
	}

	static String error(Health health) {
		return String.valueOf(health.getDetails().get("error"));
	}

	HikariDataSource pool(int size) {
		return pool(size, QUIET);
	}

	private HikariDataSource pool(int size, Duration connectionTimeout) {
		HikariConfig config = new HikariConfig();
		config.setDataSource(dataSource());
		config.setMaximumPoolSize(size);
		config.setConnectionTimeout(connectionTimeout.toMillis());
		config.setValidationTimeout(250);
		HikariDataSource pool = new HikariDataSource(config);
		this.cleanup.add(pool);
		return pool;
	}

}
