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

package io.github.healthstarter.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;

/**
 * A HikariCP with every connection leased and threads waiting for one.
 */
public final class BusyPool implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final HikariDataSource pool;

	private final List<Connection> leases = new ArrayList<>();

	private final List<Thread> waiting = new ArrayList<>();

	private BusyPool(HikariDataSource pool) {
		this.pool = pool;
	}

	/**
	 * Leases every connection, and has threads wait as long as the pool lets them.
	 * @param pool the pool
	 * @param waiting how many threads wait
	 * @return the leases, for the caller to close
	 */
	public static BusyPool of(HikariDataSource pool, int waiting) {
		BusyPool busy = new BusyPool(pool);
		busy.lease();
		busy.queue(waiting);
		return busy;
	}

	private void lease() {
		try {
			for (int i = 0; i < this.pool.getMaximumPoolSize(); i++) {
				this.leases.add(this.pool.getConnection());
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void queue(int count) {
		for (int i = 0; i < count; i++) {
			Thread thread = new Thread(this::borrow, "waiting-" + i);
			thread.setDaemon(true);
			thread.start();
			this.waiting.add(thread);
		}
		Awaitility.await()
			.atMost(LIMIT)
			.until(() -> this.pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == count);
	}

	private void borrow() {
		try (Connection connection = this.pool.getConnection()) {
			connection.getAutoCommit();
		}
		catch (SQLException ex) {
			// Interrupted, or the database is gone: either ends the waiting.
		}
	}

	/**
	 * Gives every connection back and sees the waiting out.
	 */
	@Override
	public void close() {
		this.leases.forEach(BusyPool::giveBack);
		this.waiting.forEach(Thread::interrupt);
		Awaitility.await().atMost(LIMIT).until(() -> this.waiting.stream().noneMatch(Thread::isAlive));
	}

	private static void giveBack(Connection lease) {
		try {
			lease.close();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
