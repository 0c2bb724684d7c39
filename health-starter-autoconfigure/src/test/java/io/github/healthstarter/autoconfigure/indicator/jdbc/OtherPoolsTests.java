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

package io.github.healthstarter.autoconfigure.indicator.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.DataSourcePoolMetadataProvidersConfiguration;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

import io.github.healthstarter.indicator.IndicatorCall;
import io.github.healthstarter.indicator.jdbc.DataSourceIndicator;
import io.github.healthstarter.indicator.jdbc.Validation;
import io.github.healthstarter.testing.Cleanup;
import io.github.healthstarter.testing.FaultProxy;
import io.github.healthstarter.testing.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for pools other than HikariCP on PostgreSQL, found as in an application and with
 * thirty seconds of patience.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OtherPoolsTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final Duration TIMEOUT = Duration.ofSeconds(4);

	private static final int SIZE = 3;

	@AutoClose
	private final Cleanup cleanup = new Cleanup();

	private final TestPostgres postgres = TestPostgres.shared();

	private final FaultProxy proxy = this.cleanup.add(this.postgres.proxy());

	private final AnnotationConfigApplicationContext context = this.cleanup
		.add(new AnnotationConfigApplicationContext(DataSourcePoolMetadataProvidersConfiguration.class));

	private final ConnectionPools pools = new ConnectionPools(this.context);

	private final List<Connection> leases = new ArrayList<>();

	@AfterEach
	void stop() throws Exception {
		this.proxy.pass();
		giveBack();
	}

	@ParameterizedTest
	@EnumSource
	void fullPoolIsDegradedWithTheCountsEachTimeAndInTime(Library library) throws Exception {
		DataSource pool = pool(library);
		DataSourceIndicator indicator = indicator(pool);
		assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
		lease(pool);
		for (int i = 0; i < 3; i++) {
			Health health = IndicatorCall.onPlatformThread(indicator).result(TIMEOUT);
			assertThat(health.getStatus().getCode()).as("%s", health).isEqualTo("DEGRADED");
			assertThat(error(health)).isEqualTo("pool exhausted: 3 of 3 in use");
		}
		Awaitility.await().atMost(LIMIT).until(() -> this.proxy.connections() == SIZE);
		giveBack();
		assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
	}

	@ParameterizedTest
	@EnumSource
	void fullPoolOfADatabaseThatIsGoneIsDownWithBothReasons(Library library) throws Exception {
		DataSource pool = pool(library);
		DataSourceIndicator indicator = indicator(pool);
		lease(pool);
		this.proxy.refuse();
		Health health = IndicatorCall.onPlatformThread(indicator).result(TIMEOUT);
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(error(health)).contains("Connection refused").endsWith("; pool exhausted: 3 of 3 in use");
		this.proxy.pass();
		assertThat(indicator.health().getStatus().getCode()).isEqualTo("DEGRADED");
	}

	@ParameterizedTest
	@EnumSource
	void databaseThatIsGoneIsDownWhereThePoolIsFree(Library library) throws Exception {
		DataSourceIndicator indicator = indicator(pool(library));
		this.proxy.refuse();
		Health health = IndicatorCall.onPlatformThread(indicator).result(LIMIT);
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(error(health)).contains("Connection refused").doesNotContain("exhausted");
		this.proxy.pass();
		assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
	}

	@ParameterizedTest
	@EnumSource
	void lastConnectionThatGoesToAnotherIsNotWaitedForBeyondTheTimeout(Library library) throws Exception {
		DataSource pool = pool(library);
		lease(pool);
		for (DataSource asked : List.of(pool, new LazyConnectionDataSourceProxy(pool),
				new TransactionAwareDataSourceProxy(pool))) {
			DataSourceIndicator indicator = indicator(new ConnectionPools(freeAtFirst()), asked);
			Health health = IndicatorCall.onPlatformThread(indicator).result(TIMEOUT);
			assertThat(health.getStatus().getCode()).as("%s", health).isEqualTo("DEGRADED");
			assertThat(error(health)).isEqualTo("pool exhausted: 3 of 3 in use");
		}
	}

	@ParameterizedTest
	@EnumSource
	void lastConnectionThatIsSlowToAnswerIsWaitedFor(Library library) throws Exception {
		DataSourceIndicator indicator = slowOnItsLastConnection(library);
		Health health = IndicatorCall.onPlatformThread(indicator).result(LIMIT);
		assertThat(health.getStatus()).as("%s", health).isEqualTo(Status.UP);
		assertThat(this.proxy.connections()).isEqualTo(SIZE);
	}

	@ParameterizedTest
	@EnumSource
	@EnabledForJreRange(min = JRE.JAVA_21)
	void lastConnectionThatIsSlowToAnswerIsWaitedForOnAVirtualThread(Library library) throws Exception {
		DataSourceIndicator indicator = slowOnItsLastConnection(library);
		Health health = IndicatorCall.onVirtualThread(indicator).result(LIMIT);
		assertThat(health.getStatus()).as("%s", health).isEqualTo(Status.UP);
		assertThat(this.proxy.connections()).isEqualTo(SIZE);
	}

	// The validation by the pool takes longer than the pool is waited for
	private DataSourceIndicator slowOnItsLastConnection(Library library) throws SQLException {
		DataSource pool = pool(library);
		lease(pool);
		this.leases.remove(0).close();
		this.proxy.delay(Duration.ofMillis(700));
		return indicator(pool);
	}

	private static BeanFactory freeAtFirst() {
		DataSourcePoolMetadata metadata = mock();
		given(metadata.getMax()).willReturn(SIZE);
		given(metadata.getActive()).willReturn(SIZE - 1, SIZE);
		StaticListableBeanFactory beanFactory = new StaticListableBeanFactory();
		beanFactory.addBean("provider", (DataSourcePoolMetadataProvider) (dataSource) -> metadata);
		return beanFactory;
	}

	@ParameterizedTest
	@EnumSource
	void poolBehindAProxyThatConnectsLateIsJudgedAlike(Library library) throws Exception {
		DataSource pool = pool(library);
		lease(pool);
		for (DataSource proxied : List.of(new LazyConnectionDataSourceProxy(pool),
				new TransactionAwareDataSourceProxy(pool),
				new TransactionAwareDataSourceProxy(new LazyConnectionDataSourceProxy(pool)))) {
			Health health = IndicatorCall.onPlatformThread(indicator(proxied)).result(TIMEOUT);
			assertThat(error(health)).isEqualTo("pool exhausted: 3 of 3 in use");
		}
	}

	@ParameterizedTest
	@EnumSource
	void connectionOutsideThePoolIsSetUpAsThePoolDoesIt(Library library) throws Exception {
		DataSource pool = pool(library);
		lease(pool);
		List<String> sessions = new ArrayList<>();
		this.pools.find(pool, TIMEOUT).ask((connection) -> {
			sessions.add(connection.getClientInfo("ApplicationName"));
			return Health.up().build();
		});
		assertThat(sessions).containsExactly("as pooled");
	}

	@Test
	void fullPoolWithoutAWayAroundItIsDegradedWithoutWaiting() throws Exception {
		BasicDataSource pool = new BasicDataSource() {
		};
		prepare(pool);
		lease(pool);
		this.proxy.hang();
		Health health = IndicatorCall.onPlatformThread(indicator(pool)).result(TIMEOUT);
		assertThat(error(health)).isEqualTo("pool exhausted: 3 of 3 in use");
	}

	private DataSource pool(Library library) {
		if (library == Library.DBCP2) {
			return prepare(new BasicDataSource());
		}
		PoolProperties properties = new PoolProperties();
		properties.setDriverClassName("org.postgresql.Driver");
		properties.setUrl(this.postgres.jdbcUrl(this.proxy));
		properties.setUsername(this.postgres.user());
		properties.setPassword(this.postgres.password());
		properties.setInitialSize(0);
		properties.setMinIdle(0);
		properties.setMaxActive(SIZE);
		properties.setMaxIdle(SIZE);
		properties.setMaxWait(30000);
		properties.setTestOnBorrow(true);
		properties.setInitSQL("set application_name = 'as pooled'");
		org.apache.tomcat.jdbc.pool.DataSource pool = new org.apache.tomcat.jdbc.pool.DataSource(properties);
		this.cleanup.add(() -> pool.close(true));
		return pool;
	}

	private BasicDataSource prepare(BasicDataSource pool) {
		pool.setUrl(this.postgres.jdbcUrl(this.proxy));
		pool.setUsername(this.postgres.user());
		pool.setPassword(this.postgres.password());
		pool.setMaxTotal(SIZE);
		pool.setMaxWait(Duration.ofSeconds(30));
		pool.setConnectionInitSqls(List.of("set application_name = 'as pooled'"));
		this.cleanup.add(pool);
		return pool;
	}

	private void lease(DataSource pool) throws SQLException {
		for (int i = 0; i < SIZE; i++) {
			this.leases.add(pool.getConnection());
		}
	}

	private void giveBack() throws SQLException {
		for (Connection lease : this.leases) {
			lease.close();
		}
		this.leases.clear();
	}

	private DataSourceIndicator indicator(DataSource dataSource) {
		return indicator(this.pools, dataSource);
	}

	private static DataSourceIndicator indicator(ConnectionPools pools, DataSource dataSource) {
		return new DataSourceIndicator(pools.find(dataSource, TIMEOUT), Validation.ping(TIMEOUT));
	}

	private static String error(Health health) {
		return String.valueOf(health.getDetails().get("error"));
	}

	enum Library {

		TOMCAT, DBCP2

	}

}
