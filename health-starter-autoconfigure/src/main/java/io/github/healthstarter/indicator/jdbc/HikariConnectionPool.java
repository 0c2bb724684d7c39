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
import java.sql.SQLTransientConnectionException;
import java.time.Duration;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool;

import io.github.healthstarter.indicator.pool.NoConnectionException;
import io.github.healthstarter.indicator.pool.PoolLoad;
import io.github.healthstarter.indicator.pool.PoolRule;

/**
 * HikariCP. Its own limit on the wait for a connection is meant for the application, and
 * may be longer than the timeout of a check.
 */
final class HikariConnectionPool implements ConnectionPool {

	private final HikariDataSource dataSource;

	private final Duration maxWait;

	HikariConnectionPool(HikariDataSource dataSource, Duration timeout) {
		this.dataSource = dataSource;
		this.maxWait = PoolRule.maxWait(timeout);
	}

	@Override
	public Connection getConnection() throws SQLException {
		if (!(this.dataSource.isRunning() && this.dataSource.getHikariPoolMXBean() instanceof HikariPool pool)) {
			return this.dataSource.getConnection();
		}
		long millis = Math.min(this.maxWait.toMillis(), this.dataSource.getConnectionTimeout());
		try {
			return pool.getConnection(millis);
		}
		catch (SQLTransientConnectionException ex) {
			throw NoConnectionException.poolTimeout(Duration.ofMillis(millis), ex);
		}
	}

	// The first attempt, also one that fails, sets what has not been configured
	@Override
	public Opening opening() {
		HikariDataSource pool = this.dataSource;
		if (pool.getHikariPoolMXBean() != null || pool.isClosed()) {
			return Opening.OPEN;
		}
		boolean tried = pool.getPoolName() != null && pool.getMinimumIdle() >= 0 && pool.getMaximumPoolSize() >= 0;
		return tried ? Opening.NOT_OPEN : Opening.NOT_TRIED;
	}

	@Override
	public boolean limitsWait() {
		return true;
	}

	@Override
	public PoolLoad load() {
		HikariPoolMXBean pool = this.dataSource.getHikariPoolMXBean();
		return (pool != null && this.dataSource.isRunning()) ? new PoolLoad(pool.getActiveConnections(),
				pool.getTotalConnections(), this.dataSource.getMaximumPoolSize(), pool.getThreadsAwaitingConnection())
				: PoolLoad.UNKNOWN;
	}

	@Override
	public UnpooledConnection unpooled() {
		return new HikariUnpooledConnection(this.dataSource);
	}

}
