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
 * Reads what Tomcat's pool exposes beyond its load.
 */
final class TomcatPools {

	private static final boolean TOMCAT = ClassUtils.isPresent("org.apache.tomcat.jdbc.pool.DataSourceProxy",
			TomcatPools.class.getClassLoader());

	private TomcatPools() {
	}

	/**
	 * Return whether a pool has connections. To read anything else would open it.
	 * @param dataSource the data source
	 * @return {@code false} if it is Tomcat's and not open, or has lost its connections
	 */
	static boolean hasConnections(DataSource dataSource) {
		return !TOMCAT || Tomcat.hasConnections(dataSource);
	}

	/**
	 * Find the public way to connect outside the pool.
	 * @param dataSource the data source
	 * @return the way, {@code null} if there is none
	 */
	static @Nullable UnpooledConnection findUnpooled(DataSource dataSource) {
		return TOMCAT ? Tomcat.findUnpooled(dataSource) : null;
	}

	private static final class Tomcat {

		private Tomcat() {
		}

		static boolean hasConnections(DataSource dataSource) {
			DataSourceProxy pool = find(dataSource);
			return pool == null || pool.getPoolSize() > 0;
		}

		// To close the connection of an XA connection does not close the latter
		static @Nullable UnpooledConnection findUnpooled(DataSource dataSource) {
			DataSourceProxy pool = find(dataSource);
			return (pool != null && !(pool.getPoolProperties().getDataSource() instanceof XADataSource))
					? () -> open(pool) : null;
		}

		private static @Nullable DataSourceProxy find(DataSource dataSource) {
			return DataSourceUnwrapper.unwrap(dataSource, PoolConfiguration.class, DataSourceProxy.class);
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
