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

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.Assert;

/**
 * Asks a database through its driver's {@link Connection#isValid(int)}. Any number of
 * threads may ask at once; each borrows a connection of its own and gives it back.
 */
public final class DataSourceIndicator implements HealthIndicator {

	/**
	 * Drivers turn the seconds into milliseconds of type {@code int}.
	 */
	private static final int MAX_SECONDS = Integer.MAX_VALUE / 1000;

	private final DataSource dataSource;

	private final int timeoutSeconds;

	private volatile @Nullable String database;

	/**
	 * Creates an indicator for a data source.
	 * @param dataSource where each run borrows its connection
	 * @param timeout how long the driver may wait for the database to answer, more than
	 * zero and rounded up to whole seconds; waiting for the connection is not part of it
	 */
	public DataSourceIndicator(DataSource dataSource, Duration timeout) {
		Assert.notNull(dataSource, "'dataSource' must not be null");
		Assert.isTrue(timeout.compareTo(Duration.ZERO) > 0,
				() -> "'timeout' is %s and must be more than zero".formatted(timeout));
		this.dataSource = dataSource;
		this.timeoutSeconds = roundUp(timeout);
	}

	private static int roundUp(Duration timeout) {
		long seconds = timeout.getSeconds() + ((timeout.getNano() > 0) ? 1 : 0);
		return (int) Math.min(seconds, MAX_SECONDS);
	}

	/**
	 * Borrows a connection and has it validated, blocking as long as pool and driver do.
	 * @return up, or down with the error that came from the pool or the driver
	 */
	@Override
	public Health health() {
		try {
			return ask();
		}
		catch (SQLException ex) {
			return down(describe(ex));
		}
	}

	private Health ask() throws SQLException {
		Connection connection = this.dataSource.getConnection();
		try {
			if (!connection.isValid(this.timeoutSeconds)) {
				return down("connection is not valid: it is broken or did not answer within %ds"
					.formatted(this.timeoutSeconds));
			}
			rememberDatabase(connection);
			return withDatabase(Health.up());
		}
		finally {
			close(connection);
		}
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

	private Health down(String error) {
		return withDatabase(Health.down().withDetail("error", error));
	}

	private Health withDatabase(Health.Builder builder) {
		String name = this.database;
		return ((name != null) ? builder.withDetail("database", name) : builder).build();
	}

	private static String describe(SQLException ex) {
		// A pool's own exception says no more than that it has no connection to give.
		Throwable root = NestedExceptionUtils.getRootCause(ex);
		return (root != null) ? "%s (%s)".formatted(ex, root) : ex.toString();
	}

	private static void close(Connection connection) {
		try {
			connection.close();
		}
		catch (SQLException | RuntimeException ex) {
			// What the database answered stands, whether or not the pool takes it back.
		}
	}

}
