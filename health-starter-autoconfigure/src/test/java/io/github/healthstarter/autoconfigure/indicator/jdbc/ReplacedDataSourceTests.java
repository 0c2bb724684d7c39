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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.target.HotSwappableTargetSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

import io.github.healthstarter.check.CheckEngine;
import io.github.healthstarter.check.CheckStatus;
import io.github.healthstarter.indicator.jdbc.DataSourceIndicator;
import io.github.healthstarter.indicator.jdbc.Validation;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.Cleanup;
import io.github.healthstarter.testing.StarterContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionPools} if the pool behind a data source is replaced, such as
 * when credentials rotate.
 */
class ReplacedDataSourceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	@AutoClose
	private final Cleanup cleanup = new Cleanup();

	private final ConnectionPools pools = new ConnectionPools(new DefaultListableBeanFactory());

	private final HikariDataSource before = pool("before");

	private final HikariDataSource after = pool("after");

	@ParameterizedTest
	@MethodSource
	void healthWhenThePoolIsReplacedIsThatOfTheNewOne(UnaryOperator<DataSource> wrapper) throws SQLException {
		DelegatingDataSource replaceable = new DelegatingDataSource(this.before);
		HealthIndicator indicator = indicator(wrapper.apply(replaceable));
		assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
		replaceable.setTargetDataSource(this.after);
		this.before.close();
		assertThat(indicator.health()).isEqualTo(Health.up().withDetail("database", "H2").build());
		exhaustAndCheck(indicator);
	}

	@Test
	void healthWhenTheTargetOfAScopedProxyIsReplacedIsThatOfTheNewOne() throws SQLException {
		HotSwappableTargetSource target = new HotSwappableTargetSource(this.before);
		HealthIndicator indicator = indicator((DataSource) ProxyFactory.getProxy(target));
		assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
		target.swap(this.after);
		this.before.close();
		assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
		exhaustAndCheck(indicator);
	}

	@Test
	void healthWhenTheNewPoolIsClosedIsDown() {
		DelegatingDataSource replaceable = new DelegatingDataSource(this.before);
		HealthIndicator indicator = indicator(replaceable);
		assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
		replaceable.setTargetDataSource(this.after);
		this.after.close();
		assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void checkOfABeanWhosePoolIsReplacedStaysUp() {
		DelegatingDataSource replaceable = new DelegatingDataSource(this.before);
		StarterContext.runner()
			.withPropertyValues("management.health.ping.enabled=false")
			.withBean(DataSource.class, () -> replaceable)
			.run((context) -> {
				CheckEngine checks = context.getBean(HealthInstance.class).checks();
				for (int i = 0; i < 3; i++) {
					checks.refresh().join();
					assertThat(checks.snapshot().states()).singleElement().satisfies((state) -> {
						assertThat(state.status()).isEqualTo(CheckStatus.UP);
						assertThat(state.consecutiveFailures()).isZero();
					});
					replaceable.setTargetDataSource(this.after);
					this.before.close();
				}
			});
	}

	private void exhaustAndCheck(HealthIndicator indicator) throws SQLException {
		try (Connection lease = this.after.getConnection()) {
			assertThat(lease.isValid(1)).isTrue();
			assertThat(indicator.health().getStatus().getCode()).isEqualTo("DEGRADED");
			assertThat(indicator.health().getDetails()).containsEntry("error",
					"pool exhausted: 1 of 1 in use, 0 waiting");
		}
	}

	private HealthIndicator indicator(DataSource dataSource) {
		return new DataSourceIndicator(() -> this.pools.find(dataSource, TIMEOUT), Validation.ping(TIMEOUT));
	}

	private HikariDataSource pool(String name) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl("jdbc:h2:mem:replaced-" + name);
		config.setMaximumPoolSize(1);
		return this.cleanup.add(new HikariDataSource(config));
	}

	static Stream<UnaryOperator<DataSource>> healthWhenThePoolIsReplacedIsThatOfTheNewOne() {
		return Stream.of(UnaryOperator.identity(), DelegatingDataSource::new, LazyConnectionDataSourceProxy::new,
				TransactionAwareDataSourceProxy::new);
	}

}
