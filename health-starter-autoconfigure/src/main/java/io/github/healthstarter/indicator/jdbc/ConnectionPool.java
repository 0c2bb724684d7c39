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

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;

/**
 * Where a check gets its connection, and what it makes of one that does not come. Any
 * number of threads may ask at once.
 */
@FunctionalInterface
public interface ConnectionPool {

	/**
	 * Get a connection, ask on it and give it back.
	 * @param validation what to ask
	 * @return what came of it
	 * @throws SQLException if there is no connection, or none that is usable
	 */
	Health ask(Validation validation) throws SQLException;

	/**
	 * Return what asks on connections of a data source of which nothing else is known,
	 * waiting for them as long as it does.
	 * @param dataSource the data source
	 * @return the pool
	 */
	static ConnectionPool of(DataSource dataSource) {
		return (validation) -> BorrowedConnection.ask(dataSource.getConnection(), validation);
	}

	/**
	 * Return what asks on connections of a pool that tells how many of them are in use.
	 * One that has none left is not waited for.
	 * @param dataSource the pool
	 * @param load tells how many connections are in use now
	 * @param direct connects to the database outside the pool; {@code null} where that is
	 * not known, and an exhausted pool tells nothing about the database
	 * @param timeout how long the check may take; waiting for the pool is a part of it
	 * @return the pool
	 */
	static ConnectionPool metered(DataSource dataSource, Supplier<PoolLoad> load, @Nullable DirectConnection direct,
			Duration timeout) {
		return new MeteredPool(dataSource, load, direct, timeout);
	}

	/**
	 * Return what asks on connections of HikariCP. An exhausted pool is not waited for:
	 * the database is asked on a connection outside of it.
	 * @param dataSource the pool; what is wrapped around it is not asked
	 * @param timeout how long the check may take; waiting for the pool is a part of it
	 * @return the pool
	 */
	static ConnectionPool hikari(HikariDataSource dataSource, Duration timeout) {
		return new HikariConnectionPool(dataSource, timeout);
	}

}
