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

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.check.CheckStatus;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.health.HealthState;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.FaultProxy;
import io.github.healthstarter.testing.StarterContext;
import io.github.healthstarter.testing.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * Tests of the checks of a data source that routes to the pools of tenants on PostgreSQL.
 */
class RoutingDataSourceTests {

	private final TestPostgres postgres = TestPostgres.shared();

	private final ApplicationContextRunner runner = StarterContext.runner()
		.withBean("tenants", Tenants.class, () -> new Tenants(pool(this.postgres.jdbcUrl())))
		.withPropertyValues("management.health.ping.enabled=false", "health.check-defaults.interval=100ms");

	@Test
	void tenantsAreFollowedUnderTheNameOfTheBean() {
		this.runner.run((context) -> {
			Tenants tenants = context.getBean(Tenants.class);
			awaitStatus(context, "db", CheckStatus.UP);
			tenants.put("acme", pool(this.postgres.jdbcUrl()));
			awaitStatus(context, "tenants-acme", CheckStatus.UP);
			assertThat(states(context)).extracting(CheckState::name, (state) -> state.policy().impact())
				.containsExactlyInAnyOrder(tuple("db", Impact.REQUIRED), tuple("tenants-acme", Impact.DEGRADING));
			tenants.remove("acme");
			await().untilAsserted(() -> assertThat(states(context)).extracting(CheckState::name).containsExactly("db"));
		});
	}

	@Test
	void tenantThatIsDownIsDownAndDegradesTheInstance() {
		try (FaultProxy proxy = this.postgres.proxy()) {
			this.runner.run((context) -> {
				context.getBean(Tenants.class).put("acme", pool(this.postgres.jdbcUrl(proxy)));
				awaitStatus(context, "tenants-acme", CheckStatus.UP);
				proxy.refuse();
				awaitStatus(context, "tenants-acme", CheckStatus.DOWN);
				assertThat(context.getBean(HealthInstance.class).health().snapshot().state())
					.isNotEqualTo(HealthState.FAILING);
				assertThat(context.getBean(HealthInstance.class).checks().snapshot().degrade()).isTrue();
				proxy.pass();
				awaitStatus(context, "tenants-acme", CheckStatus.UP);
			});
		}
	}

	@Test
	void poolThatNobodyHasTriedToOpenIsNotOpened() {
		HikariDataSource pool = lazyPool(this.postgres.jdbcUrl());
		this.runner.run((context) -> {
			context.getBean(Tenants.class).put("acme", pool);
			awaitError(context, "not opened");
			awaitStatus(context, "tenants-acme", CheckStatus.UNKNOWN);
			assertThat(context.getBean(HealthInstance.class).checks().snapshot().degrade()).isFalse();
			assertThat(pool.getHikariPoolMXBean()).isNull();
			pool.getConnection().close();
			awaitStatus(context, "tenants-acme", CheckStatus.UP);
		});
	}

	@Test
	void poolWhoseOpeningFailedIsDownAndNotOpened() {
		try (FaultProxy proxy = this.postgres.proxy()) {
			proxy.refuse();
			HikariDataSource pool = lazyPool(this.postgres.jdbcUrl(proxy));
			this.runner.run((context) -> {
				context.getBean(Tenants.class).put("acme", pool);
				awaitError(context, "not opened");
				assertThatExceptionOfType(SQLException.class).isThrownBy(pool::getConnection);
				awaitStatus(context, "tenants-acme", CheckStatus.DOWN);
				proxy.pass();
				awaitStatus(context, "tenants-acme", CheckStatus.UP);
				assertThat(pool.getHikariPoolMXBean()).isNull();
			});
		}
	}

	@Test
	void poolOfTheDefaultTargetIsOpened() {
		HikariDataSource pool = lazyPool(this.postgres.jdbcUrl());
		StarterContext.runner()
			.withPropertyValues("management.health.ping.enabled=false")
			.withBean("tenants", Tenants.class, () -> new Tenants(pool))
			.run((context) -> awaitStatus(context, "db", CheckStatus.UP));
	}

	private static void awaitError(ApplicationContext context, String error) {
		await().untilAsserted(() -> assertThat(states(context))
			.anySatisfy((state) -> assertThat(state.lastRun()).isNotNull().satisfies((run) -> {
				assertThat(state.name()).isEqualTo("tenants-acme");
				assertThat(run.error()).isEqualTo(error);
			})));
	}

	private HikariDataSource lazyPool(String url) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(url);
		pool.setUsername(this.postgres.user());
		pool.setPassword(this.postgres.password());
		pool.setConnectionTimeout(1000);
		return pool;
	}

	private static void awaitStatus(ApplicationContext context, String name, CheckStatus status) {
		await().untilAsserted(
				() -> assertThat(states(context)).anySatisfy((state) -> assertThat(state).satisfies((found) -> {
					assertThat(found.name()).isEqualTo(name);
					assertThat(found.status()).isEqualTo(status);
				})));
	}

	private static List<CheckState> states(ApplicationContext context) {
		return context.getBean(HealthInstance.class).checks().snapshot().states();
	}

	private HikariDataSource pool(String url) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(url);
		config.setUsername(this.postgres.user());
		config.setPassword(this.postgres.password());
		config.setMaximumPoolSize(1);
		config.setConnectionTimeout(1000);
		return new HikariDataSource(config);
	}

	/**
	 * Pools of tenants that come and go.
	 */
	static final class Tenants extends AbstractRoutingDataSource implements DisposableBean {

		private final Map<Object, Object> pools = new LinkedHashMap<>();

		Tenants(DataSource defaultTarget) {
			setTargetDataSources(this.pools);
			setDefaultTargetDataSource(defaultTarget);
		}

		@Override
		protected Object determineCurrentLookupKey() {
			return "none";
		}

		void put(String tenant, HikariDataSource pool) {
			this.pools.put(tenant, pool);
			afterPropertiesSet();
		}

		void remove(String tenant) {
			Object pool = this.pools.remove(tenant);
			afterPropertiesSet();
			((HikariDataSource) pool).close();
		}

		@Override
		public void destroy() {
			this.pools.values().forEach((pool) -> ((HikariDataSource) pool).close());
			((HikariDataSource) getResolvedDefaultDataSource()).close();
		}

	}

}
