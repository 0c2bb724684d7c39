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

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool;
import org.springframework.boot.health.contributor.Health;

/**
 * HikariCP, looked at before it is asked. Where it has no connection to give, the
 * database is asked on a connection outside the pool, so that an empty pool and a
 * database that is gone are told apart.
 */
final class HikariConnectionPool implements ConnectionPool {

	/**
	 * Leaves most of the time to the connection outside the pool.
	 */
	private static final int SHARE_OF_TIMEOUT = 4;

	private final HikariDataSource dataSource;

	private final Bypass bypass;

	private final long maxWaitMillis;

	HikariConnectionPool(HikariDataSource dataSource, Duration timeout) {
		this.dataSource = dataSource;
		this.bypass = new Bypass(() -> HikariDriver.connect(dataSource));
		this.maxWaitMillis = Math.max(1, timeout.dividedBy(SHARE_OF_TIMEOUT).toMillis());
	}

	@Override
	public Health ask(Validation validation) throws SQLException {
		HikariPoolMXBean pool = this.dataSource.getHikariPoolMXBean();
		if (pool == null || !this.dataSource.isRunning()) {
			return BorrowedConnection.ask(this.dataSource.getConnection(), validation);
		}
		PoolLoad load = load(pool);
		if (load.isQueued()) {
			return askThoughQueued(pool, load, validation);
		}
		Connection connection;
		try {
			connection = borrow(pool);
		}
		catch (SQLException ex) {
			return askInVain(pool, ex, validation);
		}
		return BorrowedConnection.ask(connection, validation);
	}

	// What is queued for shorter than the database takes to answer is no shortage.
	private Health askThoughQueued(HikariPoolMXBean pool, PoolLoad load, Validation validation) throws SQLException {
		String shortage = "pool exhausted: " + load;
		Health health = this.bypass.ask(load, shortage, validation);
		PoolLoad now = load(pool);
		return (now.isQueued() || now.isFull()) ? Bypass.degradedIfUp(health, shortage) : health;
	}

	private Health askInVain(HikariPoolMXBean pool, SQLException ex, Validation validation) throws SQLException {
		if (Thread.currentThread().isInterrupted() || !this.dataSource.isRunning()) {
			throw ex;
		}
		PoolLoad load = load(pool);
		String shortage = (load.isFull() || load.isQueued()) ? "pool exhausted: " + load
				: "no connection from the pool within %dms: %s".formatted(waitMillis(), load);
		return Bypass.degradedIfUp(this.bypass.ask(load, shortage, validation), shortage);
	}

	// The pool's own time limit is for the application, and may be longer than a check's.
	private Connection borrow(HikariPoolMXBean pool) throws SQLException {
		return (pool instanceof HikariPool hikari) ? hikari.getConnection(waitMillis())
				: this.dataSource.getConnection();
	}

	private long waitMillis() {
		return Math.min(this.maxWaitMillis, this.dataSource.getConnectionTimeout());
	}

	private PoolLoad load(HikariPoolMXBean pool) {
		return new PoolLoad(pool.getActiveConnections(), pool.getTotalConnections(),
				this.dataSource.getMaximumPoolSize(), pool.getThreadsAwaitingConnection());
	}

}
