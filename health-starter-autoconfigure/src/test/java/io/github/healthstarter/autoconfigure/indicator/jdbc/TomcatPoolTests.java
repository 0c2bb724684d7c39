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
import java.util.List;

import javax.sql.DataSource;

import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
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
import io.github.healthstarter.indicator.pool.AbstractExhaustedPoolTests;
import io.github.healthstarter.testing.Cleanup;
import io.github.healthstarter.testing.FaultProxy;
import io.github.healthstarter.testing.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link DataSourceIndicator} on the pool of Tomcat, found as in an
 * application, on PostgreSQL.
 */
class TomcatPoolTests extends AbstractExhaustedPoolTests {

	private static final int SIZE = 3;

	@AutoClose
	private final Cleanup cleanup = new Cleanup();

	private final TestPostgres postgres = TestPostgres.shared();

	private final FaultProxy proxy = this.cleanup.add(this.postgres.proxy());

	private final ConnectionPools pools = new ConnectionPools(this.cleanup
		.add(new AnnotationConfigApplicationContext(DataSourcePoolMetadataProvidersConfiguration.class)));

	private final PoolProperties properties = new PoolProperties();

	private final org.apache.tomcat.jdbc.pool.DataSource pool = new org.apache.tomcat.jdbc.pool.DataSource(
			this.properties);

	TomcatPoolTests() {
		this.properties.setDriverClassName("org.postgresql.Driver");
		this.properties.setUrl(this.postgres.jdbcUrl(this.proxy));
		this.properties.setUsername(this.postgres.user());
		this.properties.setPassword(this.postgres.password());
		this.properties.setInitialSize(0);
		this.properties.setMinIdle(0);
		this.properties.setMaxActive(SIZE);
		this.properties.setMaxIdle(SIZE);
		this.properties.setTestOnBorrow(true);
		this.properties.setInitSQL("set application_name = 'as pooled'");
		this.cleanup.add(() -> this.pool.close(true));
	}

	@AfterEach
	void stop() {
		this.proxy.pass();
	}

	@Override
	protected HealthIndicator indicator() {
		return indicator(this.pools, this.pool);
	}

	private static HealthIndicator indicator(ConnectionPools pools, DataSource dataSource) {
		return new DataSourceIndicator(() -> pools.find(dataSource, TIMEOUT), Validation.ping(TIMEOUT));
	}

	@Override
	protected AutoCloseable exhaust() throws SQLException {
		List<Connection> leases = List.of(this.pool.getConnection(), this.pool.getConnection(),
				this.pool.getConnection());
		return () -> {
			for (Connection lease : leases) {
				lease.close();
			}
		};
	}

	@Override
	protected String shortage() {
		return "pool exhausted: 3 of 3 in use";
	}

	@Override
	protected void stopServer() {
		this.proxy.refuse();
	}

	@Override
	protected void startServer() {
		this.proxy.pass();
	}

	@Test
	void healthWhenPoolBehindAProxyIsExhaustedIsDegraded() throws Exception {
		try (AutoCloseable leases = exhaust()) {
			assertThat(leases).isNotNull();
			for (DataSource proxied : List.of(new LazyConnectionDataSourceProxy(this.pool),
					new TransactionAwareDataSourceProxy(this.pool),
					new TransactionAwareDataSourceProxy(new LazyConnectionDataSourceProxy(this.pool)))) {
				Health health = IndicatorCall.onPlatformThread(indicator(this.pools, proxied)).result(TIMEOUT);
				assertThat(health.getDetails()).containsEntry("error", shortage());
			}
		}
	}

	@Test
	void healthWhenLastConnectionGoesToAnotherThreadIsDegradedAfterTheWaitOfThePool() throws Exception {
		this.properties.setMaxWait(100);
		try (AutoCloseable leases = exhaust()) {
			assertThat(leases).isNotNull();
			Health health = IndicatorCall.onPlatformThread(indicator(new ConnectionPools(freeAtFirst()), this.pool))
				.result(TIMEOUT);
			assertThat(health.getStatus().getCode()).isEqualTo("DEGRADED");
			assertThat(health.getDetails()).containsEntry("error", shortage());
		}
	}

	@Test
	void healthWhenPoolIsNotOpenAndNotToBeOpenedIsUnknownAndLeavesItClosed() throws Exception {
		DataSourceIndicator indicator = new DataSourceIndicator(
				() -> this.pools.find(new LazyConnectionDataSourceProxy(this.pool), TIMEOUT), false,
				Validation.ping(TIMEOUT));
		Health health = indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(health.getDetails()).containsEntry("error", "not opened");
		assertThat(this.pool.getPoolSize()).isZero();
		assertThat(this.proxy.connections()).isZero();
		this.pool.getConnection().close();
		assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
		this.proxy.refuse();
		assertThat(IndicatorCall.onPlatformThread(indicator).result(TIMEOUT).getStatus()).isEqualTo(Status.DOWN);
	}

	private static BeanFactory freeAtFirst() {
		DataSourcePoolMetadata metadata = mock();
		given(metadata.getMax()).willReturn(SIZE);
		given(metadata.getActive()).willReturn(SIZE - 1, SIZE);
		StaticListableBeanFactory beanFactory = new StaticListableBeanFactory();
		beanFactory.addBean("provider", (DataSourcePoolMetadataProvider) (dataSource) -> metadata);
		return beanFactory;
	}

	@Test
	void unpooledConnectionIsSetUpAsThePoolDoesItAndClosed() throws Exception {
		Validation session = (
				connection) -> Health.up().withDetail("session", connection.getClientInfo("ApplicationName")).build();
		DataSourceIndicator indicator = new DataSourceIndicator(() -> this.pools.find(this.pool, TIMEOUT), session);
		try (AutoCloseable leases = exhaust()) {
			assertThat(leases).isNotNull();
			assertThat(indicator.health().getDetails()).containsEntry("session", "as pooled")
				.containsEntry("error", shortage());
			Awaitility.await().until(() -> this.proxy.connections() == SIZE);
		}
		assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
	}

}
