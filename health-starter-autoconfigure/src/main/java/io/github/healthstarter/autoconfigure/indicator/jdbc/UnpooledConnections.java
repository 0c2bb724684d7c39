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

import javax.sql.DataSource;
import javax.sql.XADataSource;

import org.apache.tomcat.jdbc.pool.DataSourceProxy;
import org.apache.tomcat.jdbc.pool.PoolConfiguration;
import org.apache.tomcat.jdbc.pool.PooledConnection;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.util.ClassUtils;

import io.github.healthstarter.indicator.jdbc.UnpooledConnection;

/**
 * Finds the public way to connect outside a pool.
 */
final class UnpooledConnections {

	private static final boolean TOMCAT = ClassUtils.isPresent("org.apache.tomcat.jdbc.pool.DataSourceProxy",
			UnpooledConnections.class.getClassLoader());

	private UnpooledConnections() {
	}

	/**
	 * Find the way for a data source.
	 * @param dataSource the data source
	 * @return the way, {@code null} if there is none
	 */
	static @Nullable UnpooledConnection find(DataSource dataSource) {
		return TOMCAT ? Tomcat.find(dataSource) : null;
	}

	private static final class Tomcat {

		private Tomcat() {
		}

		// To close the connection of an XA connection does not close the latter
		static @Nullable UnpooledConnection find(DataSource dataSource) {
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

}
