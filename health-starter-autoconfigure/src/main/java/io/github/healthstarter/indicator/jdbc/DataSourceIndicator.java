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
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.util.Assert;

import io.github.healthstarter.indicator.jdbc.ConnectionPool.Opening;
import io.github.healthstarter.indicator.pool.NoConnectionException;
import io.github.healthstarter.indicator.pool.NoConnectionException.Reason;
import io.github.healthstarter.indicator.pool.PoolLoad;
import io.github.healthstarter.indicator.pool.PoolRule;
import io.github.healthstarter.indicator.pool.PooledDependency;

/**
 * Health indicator of a database. Safe for any number of threads.
 */
public final class DataSourceIndicator implements HealthIndicator {

	private final Supplier<ConnectionPool> pool;

	private final boolean opens;

	private final Validation validation;

	private volatile @Nullable String product;

	/**
	 * Create an indicator.
	 * @param pool the supplier of the source of the connections, called for each run: the
	 * data source behind a proxy may have been replaced
	 * @param validation the validation that is run on each
	 */
	public DataSourceIndicator(Supplier<ConnectionPool> pool, Validation validation) {
		this(pool, true, validation);
	}

	/**
	 * Create an indicator that may leave it to the application to open the pool.
	 * @param pool the supplier of the source of the connections, called for each run
	 * @param opens whether a pool that is not open is opened; if not, it is unknown if
	 * nobody has tried to open it, or checked on a connection outside it
	 * @param validation the validation that is run on each
	 */
	public DataSourceIndicator(Supplier<ConnectionPool> pool, boolean opens, Validation validation) {
		Assert.notNull(pool, "'pool' must not be null");
		Assert.notNull(validation, "'validation' must not be null");
		this.pool = pool;
		this.opens = opens;
		this.validation = validation;
	}

	/**
	 * Run the validation on a connection, blocking as long as pool and driver do.
	 * @return the result of the validation, degraded if the pool is exhausted, or down
	 * with the error of the pool or the driver
	 */
	@Override
	public Health health() {
		Health health = checkPool(this.pool.get());
		String product = this.product;
		return (product != null) ? Health.status(health.getStatus())
			.withDetails(health.getDetails())
			.withDetail("database", product)
			.build() : health;
	}

	private Health checkPool(ConnectionPool pool) {
		Opening opening = this.opens ? Opening.OPEN : pool.opening();
		return switch (opening) {
			case OPEN -> PoolRule.check(new Database(pool));
			case NOT_TRIED -> PoolRule.notOpened();
			case NOT_OPEN -> PoolRule.checkOutside(new Database(pool));
		};
	}

	private Health check(UnpooledConnection source) {
		Connection connection = open(source);
		try {
			Health health = this.validation.validate(connection);
			if (this.product == null && !Status.DOWN.equals(health.getStatus())) {
				this.product = productName(connection);
			}
			return health;
		}
		catch (SQLException ex) {
			return Health.down().withDetail("error", SqlErrors.describe(ex)).build();
		}
		finally {
			close(connection);
		}
	}

	private static Connection open(UnpooledConnection source) {
		Connection connection;
		try {
			connection = source.open();
		}
		catch (SQLException ex) {
			throw new NoConnectionException(
					SqlErrors.isTooManyConnections(ex) ? Reason.CONNECTION_LIMIT : Reason.FAILURE,
					SqlErrors.describe(ex), ex);
		}
		if (connection == null) {
			throw NoConnectionException.noneReturned("the data source");
		}
		return connection;
	}

	private static @Nullable String productName(Connection connection) {
		try {
			return connection.getMetaData().getDatabaseProductName();
		}
		catch (SQLException | RuntimeException ex) {
			// The database has answered, whether or not the driver can name it.
			return null;
		}
	}

	static void close(Connection connection) {
		try {
			connection.close();
		}
		catch (SQLException | RuntimeException ex) {
			// The database has answered, whether or not the pool takes the connection
			// back.
		}
	}

	/**
	 * Database that is reached through the pool.
	 */
	private final class Database implements PooledDependency {

		private final ConnectionPool pool;

		Database(ConnectionPool pool) {
			this.pool = pool;
		}

		@Override
		public PoolLoad load() {
			return this.pool.load();
		}

		@Override
		public boolean limitsWait() {
			return this.pool.limitsWait();
		}

		@Override
		public Health checkPooled() {
			return check(this.pool::getConnection);
		}

		@Override
		public @Nullable Health checkUnpooled() {
			UnpooledConnection unpooled = this.pool.unpooled();
			return (unpooled != null) ? check(unpooled) : null;
		}

	}

}
