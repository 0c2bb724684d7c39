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
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.springframework.boot.health.contributor.Health;

/**
 * A pool of which no more is known than how many connections it has given out. That it
 * has none left when it is asked in vain says nothing against the database.
 */
final class MeteredPool implements ConnectionPool {

	private final DataSource dataSource;

	private final Supplier<PoolLoad> load;

	MeteredPool(DataSource dataSource, Supplier<PoolLoad> load) {
		this.dataSource = dataSource;
		this.load = load;
	}

	@Override
	public Health ask(Validation validation) throws SQLException {
		Connection connection;
		try {
			connection = this.dataSource.getConnection();
		}
		catch (SQLException ex) {
			return judge(ex);
		}
		return BorrowedConnection.ask(connection, validation);
	}

	private Health judge(SQLException ex) throws SQLException {
		PoolLoad now = this.load.get();
		if (!now.isFull()) {
			throw ex;
		}
		return Health.status("DEGRADED")
			.withDetail("error", "pool exhausted: %d of %d in use".formatted(now.active(), now.max()))
			.build();
	}

}
