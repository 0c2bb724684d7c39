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

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import javax.sql.DataSource;
import javax.sql.XADataSource;

import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.commons.dbcp2.ConnectionFactory;
import org.apache.tomcat.jdbc.pool.DataSourceProxy;
import org.apache.tomcat.jdbc.pool.PoolConfiguration;
import org.apache.tomcat.jdbc.pool.PooledConnection;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

import io.github.healthstarter.indicator.jdbc.DirectConnection;

/**
 * Finds the way around a pool to its database, set up as the pool would do it.
 */
final class DirectConnections {

	private static final boolean TOMCAT = isPresent("org.apache.tomcat.jdbc.pool.DataSourceProxy");

	private static final boolean DBCP2 = isPresent("org.apache.commons.dbcp2.BasicDataSource");

	private DirectConnections() {
	}

	/**
	 * Find the way for a data source.
	 * @param dataSource the data source
	 * @return the way, {@code null} where none is known
	 */
	static @Nullable DirectConnection find(DataSource dataSource) {
		DirectConnection direct = TOMCAT ? Tomcat.find(dataSource) : null;
		return (direct == null && DBCP2) ? Dbcp2.find(dataSource) : direct;
	}

	private static boolean isPresent(String name) {
		return ClassUtils.isPresent(name, DirectConnections.class.getClassLoader());
	}

	private static final class Tomcat {

		private Tomcat() {
		}

		// What an XA connection hands out ends nothing when it is closed
		static @Nullable DirectConnection find(DataSource dataSource) {
			DataSourceProxy pool = DataSourceUnwrapper.unwrap(dataSource, PoolConfiguration.class,
					DataSourceProxy.class);
			return (pool != null && !(pool.getPoolProperties().getDataSource() instanceof XADataSource))
					? () -> open(pool) : null;
		}

		private static Connection open(DataSourceProxy pool) throws SQLException {
			PooledConnection pooled = new PooledConnection(pool.getPoolProperties(), pool.getPool());
			pooled.connect();
			if (!pooled.validate(PooledConnection.VALIDATE_INIT)) {
				pooled.release();
				throw new SQLException("The connection cannot be initialized as the pool does it");
			}
			return pooled.getConnection();
		}

	}

	private static final class Dbcp2 {

		private Dbcp2() {
		}

		// A derived one, as that for XA, may connect in another way
		static @Nullable DirectConnection find(DataSource dataSource) {
			BasicDataSource pool = DataSourceUnwrapper.unwrap(dataSource, BasicDataSource.class);
			if (pool == null || pool.getClass() != BasicDataSource.class) {
				return null;
			}
			ConnectionFactory driver = driver(pool);
			return (driver != null) ? () -> open(pool, driver) : null;
		}

		private static @Nullable ConnectionFactory driver(BasicDataSource pool) {
			Method method = ReflectionUtils.findMethod(BasicDataSource.class, "createConnectionFactory");
			try {
				if (method == null) {
					return null;
				}
				method.setAccessible(true);
				return (ConnectionFactory) method.invoke(pool);
			}
			catch (ReflectiveOperationException | RuntimeException ex) {
				return null;
			}
		}

		private static Connection open(BasicDataSource pool, ConnectionFactory driver) throws SQLException {
			Connection connection = driver.createConnection();
			try {
				setUp(connection, pool);
				return connection;
			}
			catch (SQLException | RuntimeException ex) {
				connection.close();
				throw ex;
			}
		}

		private static void setUp(Connection connection, BasicDataSource pool) throws SQLException {
			if (pool.getDefaultCatalog() != null) {
				connection.setCatalog(pool.getDefaultCatalog());
			}
			if (pool.getDefaultSchema() != null) {
				connection.setSchema(pool.getDefaultSchema());
			}
			List<String> statements = pool.getConnectionInitSqls();
			try (Statement statement = connection.createStatement()) {
				for (String sql : statements) {
					statement.execute(sql);
				}
			}
		}

	}

}
