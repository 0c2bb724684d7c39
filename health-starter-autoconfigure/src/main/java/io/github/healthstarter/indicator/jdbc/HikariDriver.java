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
 * Connects where HikariCP does, as it does, without its pool.
 */
final class HikariDriver {

	private HikariDriver() {
	}

	static Connection connect(HikariDataSource pool) throws SQLException {
		DataSource driver = driver(pool);
		Credentials credentials = credentials(pool);
		Connection connection = (credentials.getUsername() != null)
				? driver.getConnection(credentials.getUsername(), credentials.getPassword()) : driver.getConnection();
		try {
			setUp(connection, pool);
			return connection;
		}
		catch (SQLException | RuntimeException ex) {
			BorrowedConnection.close(connection);
			throw ex;
		}
	}

	private static DataSource driver(HikariDataSource pool) throws SQLException {
		DataSource driver = (pool.getHikariPoolMXBean() instanceof HikariPool hikari) ? hikari.getUnwrappedDataSource()
				: pool.getDataSource();
		return (driver != null) ? driver : pool.unwrap(DriverDataSource.class);
	}

	private static Credentials credentials(HikariDataSource pool) {
		return (pool.getCredentialsProvider() != null) ? pool.getCredentialsProvider().getCredentials()
				: pool.getCredentials();
	}

	private static void setUp(Connection connection, HikariDataSource pool) throws SQLException {
		if (pool.getCatalog() != null) {
			connection.setCatalog(pool.getCatalog());
		}
		if (pool.getSchema() != null) {
			connection.setSchema(pool.getSchema());
		}
		execute(connection, pool.getConnectionInitSql());
	}

	private static void execute(Connection connection, @Nullable String sql) throws SQLException {
		if (sql != null) {
			try (Statement statement = connection.createStatement()) {
				statement.execute(sql);
			}
		}
	}

}
