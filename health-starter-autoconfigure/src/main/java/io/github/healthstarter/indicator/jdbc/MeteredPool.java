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
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;

/**
 * A pool of which no more is known than how many connections it has given out. One that
 * has none left is not asked, and says nothing against the database, which is asked
 * outside the pool where there is a way.
 */
final class MeteredPool implements ConnectionPool {

	/**
	 * Leaves most of the time to the connection outside the pool.
	 */
	private static final int SHARE_OF_TIMEOUT = 4;

	private final DataSource dataSource;

	private final Supplier<PoolLoad> load;

	private final @Nullable Bypass bypass;

	private final Duration maxWait;

	MeteredPool(DataSource dataSource, Supplier<PoolLoad> load, @Nullable DirectConnection direct, Duration timeout) {
		this.dataSource = dataSource;
		this.load = load;
		this.bypass = (direct != null) ? new Bypass(direct) : null;
		this.maxWait = timeout.dividedBy(SHARE_OF_TIMEOUT);
	}

	@Override
	public Health ask(Validation validation) throws SQLException {
		PoolLoad load = this.load.get();
		if (load.isFull()) {
			return askThoughFull(load, validation);
		}
		Patience patience = Patience.of(this.maxWait, () -> this.load.get().isFull());
		Connection connection;
		try {
			connection = borrow(patience);
		}
		catch (SQLException ex) {
			return askInVain(ex, patience.isLost(), validation);
		}
		return BorrowedConnection.ask(connection, validation);
	}

	private Connection borrow(Patience patience) throws SQLException {
		try {
			return this.dataSource.getConnection();
		}
		finally {
			patience.end();
		}
	}

	// What is full for shorter than the database takes to answer is no shortage.
	private Health askThoughFull(PoolLoad load, Validation validation) throws SQLException {
		String shortage = exhausted(load);
		Health health = askOutside(load, shortage, validation);
		return this.load.get().isFull() ? Bypass.degradedIfUp(health, shortage) : health;
	}

	private Health askInVain(SQLException ex, boolean calledBack, Validation validation) throws SQLException {
		PoolLoad load = this.load.get();
		if (Thread.currentThread().isInterrupted() || !(calledBack || load.isFull())) {
			throw ex;
		}
		String shortage = load.isFull() ? exhausted(load) : "no connection from the pool within %dms: %d of %d in use"
			.formatted(this.maxWait.toMillis(), load.active(), load.max());
		return Bypass.degradedIfUp(askOutside(load, shortage, validation), shortage);
	}

	private Health askOutside(PoolLoad load, String shortage, Validation validation) throws SQLException {
		return (this.bypass != null) ? this.bypass.ask(load, shortage, validation) : Bypass.restricted(shortage);
	}

	private static String exhausted(PoolLoad load) {
		return "pool exhausted: %d of %d in use".formatted(load.active(), load.max());
	}

}
