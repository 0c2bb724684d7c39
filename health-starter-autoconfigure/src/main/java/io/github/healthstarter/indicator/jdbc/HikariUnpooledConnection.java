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
import java.sql.Statement;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import com.zaxxer.hikari.util.Credentials;
import com.zaxxer.hikari.util.DriverDataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connection to the database of HikariCP.
 *
 * @param pool the pool
 */
record HikariUnpooledConnection(HikariDataSource pool) implements UnpooledConnection {

	/**
	 * Return the way to connect outside a pool.
	 * @param pool the pool, open or not
	 * @return the way, {@code null} if there is none before the pool is open
	 */
	static @Nullable HikariUnpooledConnection of(HikariDataSource pool) {
		boolean known = pool.getHikariPoolMXBean() != null || pool.getDataSource() != null || pool.getJdbcUrl() != null;
		return known ? new HikariUnpooledConnection(pool) : null;
	}

	@Override
	public @Nullable Connection open() throws SQLException {
		Credentials credentials = credentials();
		Connection connection = (credentials.getUsername() != null)
				? driver().getConnection(credentials.getUsername(), credentials.getPassword())
				: driver().getConnection();
		try {
			setUp(connection);
			return connection;
		}
		catch (SQLException | RuntimeException ex) {
			DataSourceIndicator.close(connection);
			throw ex;
		}
	}

	private DataSource driver() {
		DataSource driver = (this.pool.getHikariPoolMXBean() instanceof HikariPool hikari)
				? hikari.getUnwrappedDataSource() : this.pool.getDataSource();
		return (driver != null) ? driver : new DriverDataSource(this.pool.getJdbcUrl(), this.pool.getDriverClassName(),
				this.pool.getDataSourceProperties(), this.pool.getUsername(), this.pool.getPassword());
	}

	private Credentials credentials() {
		return (this.pool.getCredentialsProvider() != null) ? this.pool.getCredentialsProvider().getCredentials()
				: this.pool.getCredentials();
	}

	private void setUp(Connection connection) throws SQLException {
		if (this.pool.getCatalog() != null) {
			connection.setCatalog(this.pool.getCatalog());
		}
		if (this.pool.getSchema() != null) {
			connection.setSchema(this.pool.getSchema());
		}
		if (this.pool.getConnectionInitSql() != null) {
			try (Statement statement = connection.createStatement()) {
				statement.execute(this.pool.getConnectionInitSql());
			}
		}
	}

}
