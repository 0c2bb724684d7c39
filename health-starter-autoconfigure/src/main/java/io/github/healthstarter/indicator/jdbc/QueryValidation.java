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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import org.springframework.boot.health.contributor.Health;
import org.springframework.util.Assert;

/**
 * Runs a query, whose rows are ignored.
 */
final class QueryValidation implements Validation {

	private final String query;

	private final int timeoutSeconds;

	QueryValidation(String query, Duration timeout) {
		Assert.hasText(query, "'query' must not be empty");
		this.query = query;
		this.timeoutSeconds = DriverTimeout.seconds(timeout);
	}

	@Override
	public Health validate(Connection connection) throws SQLException {
		Transaction.read(connection, () -> run(connection));
		return Health.up().build();
	}

	private void run(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.setMaxRows(1);
			DriverTimeout.limit(statement, this.timeoutSeconds);
			if (statement.execute(this.query)) {
				readFirst(statement);
			}
		}
	}

	// Some drivers report an error only when a row is fetched
	private static void readFirst(Statement statement) throws SQLException {
		try (ResultSet rows = statement.getResultSet()) {
			rows.next();
		}
	}

}
