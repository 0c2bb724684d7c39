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

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.util.Assert;

/**
 * Asks a database, on a connection that it gives back. Any number of threads may ask at
 * once.
 */
public final class DataSourceIndicator implements HealthIndicator {

	private final ConnectionPool pool;

	private final Validation validation;

	private volatile @Nullable String database;

	/**
	 * Create an indicator.
	 * @param pool where each run gets its connection
	 * @param validation what is asked on it
	 */
	public DataSourceIndicator(ConnectionPool pool, Validation validation) {
		Assert.notNull(pool, "'pool' must not be null");
		Assert.notNull(validation, "'validation' must not be null");
		this.pool = pool;
		this.validation = validation;
	}

	/**
	 * Get a connection and ask on it, blocking as long as pool and driver do.
	 * @return what the validation says, degraded where the pool is exhausted, or down
	 * with the error that came from the pool or the driver
	 */
	@Override
	public Health health() {
		try {
			return withDatabase(this.pool.ask(this::ask));
		}
		catch (SQLException ex) {
			return withDatabase(Health.down().withDetail("error", SqlErrors.describe(ex)).build());
		}
	}

	private Health ask(Connection connection) throws SQLException {
		Health health = this.validation.validate(connection);
		if (!Status.DOWN.equals(health.getStatus())) {
			rememberDatabase(connection);
		}
		return health;
	}

	private void rememberDatabase(Connection connection) {
		if (this.database != null) {
			return;
		}
		try {
			this.database = connection.getMetaData().getDatabaseProductName();
		}
		catch (SQLException | RuntimeException ex) {
			// The database has answered: a driver that cannot name it takes nothing from
			// that.
		}
	}

	private Health withDatabase(Health health) {
		String name = this.database;
		return (name != null) ? Health.status(health.getStatus())
			.withDetails(health.getDetails())
			.withDetail("database", name)
			.build() : health;
	}

}
