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
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import io.github.healthstarter.indicator.pool.PoolLoad;

/**
 * Source of the connections of a check. Safe for any number of threads.
 */
@FunctionalInterface
public interface ConnectionPool {

	/**
	 * Get a connection, waiting for it as long as the pool does.
	 * @return the connection, to be closed by the caller
	 * @throws SQLException if there is none
	 */
	@Nullable Connection getConnection() throws SQLException;

	/**
	 * Return whether the pool has been opened, such as by its first connection.
	 * @return what the pool exposes, {@link Opening#OPEN} if it exposes nothing
	 */
	default Opening opening() {
		return Opening.OPEN;
	}

	/**
	 * Return the load of the pool now.
	 * @return the load, {@link PoolLoad#UNKNOWN} if the pool does not report it
	 */
	default PoolLoad load() {
		return PoolLoad.UNKNOWN;
	}

	/**
	 * Return whether a full pool is waited for no longer than a share of the timeout.
	 * @return {@code true} if the wait has a limit
	 */
	default boolean limitsWait() {
		return false;
	}

	/**
	 * Return the way to connect outside the pool.
	 * @return the way, {@code null} if there is none
	 */
	default @Nullable UnpooledConnection unpooled() {
		return null;
	}

	/**
	 * Create a pool for a data source of which nothing else is known.
	 * @param dataSource the data source
	 * @return the pool
	 */
	static ConnectionPool of(DataSource dataSource) {
		return dataSource::getConnection;
	}

	/**
	 * Create a pool for a data source that reports its load.
	 * @param dataSource the data source
	 * @param isOpen whether it is open, {@code true} if it does not say
	 * @param load the supplier of the load
	 * @param unpooled the way to connect outside the pool, {@code null} if there is none
	 * @return the pool
	 */
	static ConnectionPool metered(DataSource dataSource, BooleanSupplier isOpen, Supplier<PoolLoad> load,
			@Nullable UnpooledConnection unpooled) {
		return new MeteredConnectionPool(dataSource, isOpen, load, unpooled);
	}

	/**
	 * Create a pool for HikariCP.
	 * @param dataSource the data source, not wrapped
	 * @param timeout the timeout of the check, of which waiting for the pool is a part
	 * @return the pool
	 */
	static ConnectionPool hikari(HikariDataSource dataSource, Duration timeout) {
		return new HikariConnectionPool(dataSource, timeout);
	}

	/**
	 * Whether a pool has been opened.
	 */
	enum Opening {

		/**
		 * It is open, or was and has been closed.
		 */
		OPEN,

		/**
		 * It is not open, and opening it may have failed.
		 */
		NOT_OPEN,

		/**
		 * It is not open, and nothing shows that anybody has tried to open it.
		 */
		NOT_TRIED

	}

}
