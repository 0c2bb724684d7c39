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

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.springframework.boot.health.contributor.HealthIndicator;

import io.github.healthstarter.indicator.pool.AbstractExhaustedPoolTests;
import io.github.healthstarter.testing.BusyPool;
import io.github.healthstarter.testing.Cleanup;
import io.github.healthstarter.testing.FaultProxy;
import io.github.healthstarter.testing.TestPostgres;

/**
 * Tests for {@link DataSourceIndicator} if HikariCP is exhausted, on PostgreSQL.
 */
class HikariExhaustedPoolTests extends AbstractExhaustedPoolTests {

	private final TestPostgres postgres = TestPostgres.shared();

	@AutoClose
	private final Cleanup cleanup = new Cleanup();

	private final FaultProxy proxy = this.cleanup.add(this.postgres.proxy());

	private final HikariDataSource pool = this.cleanup.add(new HikariDataSource());

	HikariExhaustedPoolTests() {
		this.pool.setJdbcUrl(this.postgres.jdbcUrl(this.proxy));
		this.pool.setUsername(this.postgres.user());
		this.pool.setPassword(this.postgres.password());
		this.pool.setMaximumPoolSize(2);
		this.pool.setValidationTimeout(500);
	}

	@AfterEach
	void stop() {
		this.proxy.pass();
	}

	@Override
	protected HealthIndicator indicator() {
		return new DataSourceIndicator(() -> ConnectionPool.hikari(this.pool, TIMEOUT), Validation.ping(TIMEOUT));
	}

	@Override
	protected AutoCloseable exhaust() {
		return BusyPool.of(this.pool, 3);
	}

	@Override
	protected String shortage() {
		return "pool exhausted: 2 of 2 in use, 3 waiting";
	}

	@Override
	protected void stopServer() {
		this.proxy.refuse();
	}

	@Override
	protected void startServer() {
		this.proxy.pass();
	}

}
