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
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import io.github.healthstarter.indicator.IndicatorCall;
import io.github.healthstarter.testing.BusyPool;
import io.github.healthstarter.testing.Cleanup;
import io.github.healthstarter.testing.FaultProxy;
import io.github.healthstarter.testing.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HikariConnectionPool} on PostgreSQL, with a pool that waits for thirty
 * seconds.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HikariConnectionPoolTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private final TestPostgres postgres = TestPostgres.shared();

	@AutoClose
	private final Cleanup cleanup = new Cleanup();

	private final FaultProxy proxy = this.cleanup.add(this.postgres.proxy());

	@AfterEach
	void stop() {
		this.proxy.pass();
	}

	static Stream<Consumer<HikariConfig>> drivers() {
		return Stream.of((config) -> {
		}, (config) -> {
			PGSimpleDataSource driver = new PGSimpleDataSource();
			driver.setUrl(config.getJdbcUrl());
			config.setDataSource(driver);
			config.setJdbcUrl(null);
		}, (config) -> {
			config.setDataSourceClassName(PGSimpleDataSource.class.getName());
			config.addDataSourceProperty("url", config.getJdbcUrl());
			config.setJdbcUrl(null);
		}, (config) -> {
			Credentials credentials = config.getCredentials();
			config.setCredentials(Credentials.of("nobody", "wrong"));
			config.setCredentialsProvider(() -> credentials);
		});
	}

	@ParameterizedTest
	@MethodSource("drivers")
	void checkWhenThreadsWaitIsDegradedWithTheCountsEachTimeAndInTime(Consumer<HikariConfig> driver) throws Exception {
		HikariDataSource pool = pool(10, driver);
		DataSourceIndicator indicator = indicator(pool);
		try (BusyPool busy = BusyPool.of(pool, 20)) {
			assertThat(busy).isNotNull();
			for (int i = 0; i < 10; i++) {
				Health health = IndicatorCall.onPlatformThread(indicator).result(TIMEOUT);
				assertThat(health.getStatus().getCode()).isEqualTo("DEGRADED");
				assertThat(error(health)).isEqualTo("pool exhausted: 10 of 10 in use, 20 waiting");
				assertThat(pool.getHikariPoolMXBean().getThreadsAwaitingConnection()).isEqualTo(20);
			}
			awaitConnections(10);
		}
		assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
		assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
	}

	@Test
	void checkWhenAllAreInUseAndNobodyElseWaitsIsDegradedWellWithinTheTimeout() throws Exception {
		HikariDataSource pool = pool(2);
		try (BusyPool busy = BusyPool.of(pool, 0)) {
			assertThat(busy).isNotNull();
			Health health = IndicatorCall.onPlatformThread(indicator(pool)).result(TIMEOUT);
			assertThat(health.getStatus().getCode()).isEqualTo("DEGRADED");
			assertThat(error(health)).isEqualTo("pool exhausted: 2 of 2 in use, 0 waiting");
			assertThat(pool.getHikariPoolMXBean().getThreadsAwaitingConnection()).isZero();
		}
	}

	@Test
	void checkWhenTheQueueIsGoneMeanwhileIsUp() throws Exception {
		HikariDataSource pool = pool(2);
		BusyPool busy = BusyPool.of(pool, 1);
		Health health = indicator(pool, (connection) -> {
			busy.close();
			return Health.up().build();
		}).health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void checkWhenThePoolIsExhaustedAndTheDatabaseHangsHasNoAnswerUntilItComesBack() throws Exception {
		HikariDataSource pool = pool(10);
		DataSourceIndicator indicator = indicator(pool);
		try (BusyPool busy = BusyPool.of(pool, 20)) {
			assertThat(busy).isNotNull();
			this.proxy.hang();
			IndicatorCall call = IndicatorCall.onPlatformThread(indicator);
			assertThat(call.isBlockedFor(TIMEOUT)).isTrue();
			assertThat(pool.getHikariPoolMXBean().getThreadsAwaitingConnection()).isEqualTo(20);
			this.proxy.pass();
			assertThat(call.result(LIMIT).getStatus().getCode()).isEqualTo("DEGRADED");
			awaitConnections(10);
		}
		awaitUp(indicator);
	}

	@Test
	void checkWhenTheDatabaseTakesNoMoreConnectionsIsDegraded() throws Exception {
		execute("create role crowded login password 'crowded' connection limit 1");
		HikariDataSource pool = pool(2, (config) -> config.setCredentials(Credentials.of("crowded", "crowded")));
		try (Connection lease = pool.getConnection()) {
			assertThat(lease.isValid(1)).isTrue();
			Health health = indicator(pool).health();
			assertThat(health.getStatus().getCode()).isEqualTo("DEGRADED");
			assertThat(error(health)).isEqualTo("no connection from the pool within 500ms: 1 of 2 in use, 0 waiting"
					+ "; the server takes no more connections");
		}
		finally {
			pool.close();
			Awaitility.await().atMost(LIMIT).ignoreExceptions().until(() -> execute("drop role crowded"));
		}
	}

	@Test
	void checkWhenNoConnectionIsLeftForThePoolAtAllIsDown() throws Exception {
		execute("create role shut login password 'shut' connection limit 0");
		HikariDataSource pool = pool(2, (config) -> {
			config.setCredentials(Credentials.of("shut", "shut"));
			config.setInitializationFailTimeout(-1);
		});
		try {
			DataSourceIndicator indicator = indicator(pool);
			assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
			assertThat(error(indicator.health())).contains("too many connections for role");
		}
		finally {
			pool.close();
			execute("drop role shut");
		}
	}

	@Test
	void checkOutsideThePoolFindsTheSchemaAndTheSessionOfThePool() throws Exception {
		HikariDataSource pool = pool(1, (config) -> {
			config.setSchema("pg_catalog");
			config.setConnectionInitSql("set application_name = 'as pooled'");
		});
		Validation session = (connection) -> Health.up()
			.withDetail("schema", connection.getSchema())
			.withDetail("session", connection.getClientInfo("ApplicationName"))
			.build();
		Health pooled = indicator(pool, session).health();
		try (BusyPool busy = BusyPool.of(pool, 1)) {
			assertThat(busy).isNotNull();
			assertThat(indicator(pool, session).health().getDetails()).containsAllEntriesOf(pooled.getDetails());
		}
		assertThat(pooled.getDetails()).containsEntry("schema", "pg_catalog");
	}

	@ParameterizedTest
	@MethodSource("drivers")
	void checkWhenOpeningMayHaveFailedLeavesThePoolClosed(Consumer<HikariConfig> driver) throws Exception {
		HikariDataSource pool = closedPool(driver);
		DataSourceIndicator indicator = new DataSourceIndicator(() -> ConnectionPool.hikari(pool, TIMEOUT), false,
				Validation.ping(TIMEOUT));
		assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
		this.proxy.refuse();
		assertThat(IndicatorCall.onPlatformThread(indicator).result(LIMIT).getStatus()).isEqualTo(Status.DOWN);
		assertThat(pool.getHikariPoolMXBean()).isNull();
	}

	@Test
	void checkWhenThePoolHasADataSourceFromJndiLeavesThePoolClosed() {
		HikariDataSource pool = closedPool((config) -> {
			config.setJdbcUrl(null);
			config.setDataSourceJNDI("java:comp/env/jdbc/absent");
		});
		Health health = new DataSourceIndicator(() -> ConnectionPool.hikari(pool, TIMEOUT), false,
				Validation.ping(TIMEOUT))
			.health();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(error(health)).contains("no data source 'java:comp/env/jdbc/absent' in JNDI");
		assertThat(pool.getHikariPoolMXBean()).isNull();
	}

	private HikariDataSource closedPool(Consumer<HikariConfig> customizer) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(this.postgres.jdbcUrl(this.proxy));
		pool.setUsername(this.postgres.user());
		pool.setPassword(this.postgres.password());
		pool.setPoolName("tenant");
		pool.setMinimumIdle(0);
		pool.setMaximumPoolSize(1);
		customizer.accept(pool);
		this.cleanup.add(pool);
		return pool;
	}

	@Test
	void checkOutsideThePoolClosesAConnectionThatCannotBeSetUp() throws Exception {
		execute("create table initial (value int)");
		HikariDataSource pool = pool(1, (config) -> config.setConnectionInitSql("select value from initial"));
		try (BusyPool busy = BusyPool.of(pool, 1)) {
			assertThat(busy).isNotNull();
			execute("drop table initial");
			Health health = indicator(pool).health();
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(error(health)).contains("\"initial\" does not exist");
			awaitConnections(1);
		}
	}

	private HikariDataSource pool(int size) {
		return pool(size, (config) -> {
		});
	}

	private HikariDataSource pool(int size, Consumer<HikariConfig> customizer) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(this.postgres.jdbcUrl(this.proxy));
		config.setUsername(this.postgres.user());
		config.setPassword(this.postgres.password());
		config.setMaximumPoolSize(size);
		config.setValidationTimeout(500);
		customizer.accept(config);
		HikariDataSource pool = new HikariDataSource(config);
		this.cleanup.add(pool);
		return pool;
	}

	private static DataSourceIndicator indicator(HikariDataSource pool) {
		return indicator(pool, Validation.ping(TIMEOUT));
	}

	private static DataSourceIndicator indicator(HikariDataSource pool, Validation validation) {
		return new DataSourceIndicator(() -> ConnectionPool.hikari(pool, TIMEOUT), validation);
	}

	private void awaitUp(DataSourceIndicator indicator) {
		Awaitility.await()
			.atMost(LIMIT)
			.pollInterval(Duration.ofMillis(600))
			.until(() -> indicator.health().getStatus().equals(Status.UP));
	}

	private void awaitConnections(int count) {
		Awaitility.await().atMost(LIMIT).until(() -> this.proxy.connections() == count);
	}

	private boolean execute(String sql) throws SQLException {
		PGSimpleDataSource driver = new PGSimpleDataSource();
		driver.setUrl(this.postgres.jdbcUrl());
		driver.setUser(this.postgres.user());
		driver.setPassword(this.postgres.password());
		try (Connection connection = driver.getConnection()) {
			connection.createStatement().execute(sql);
			return true;
		}
	}

	private static String error(Health health) {
		return String.valueOf(health.getDetails().get("error"));
	}

}
