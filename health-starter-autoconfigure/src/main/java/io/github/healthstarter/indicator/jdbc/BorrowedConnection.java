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

import org.springframework.boot.health.contributor.Health;

/**
 * Sees to it that a connection is given back whatever happens on it.
 */
final class BorrowedConnection {

	private BorrowedConnection() {
	}

	static Health ask(Connection connection, Validation validation) throws SQLException {
		try {
			return validation.validate(connection);
		}
		finally {
			close(connection);
		}
	}

	static void close(Connection connection) {
		try {
			connection.close();
		}
		catch (SQLException | RuntimeException ex) {
			// What the database answered stands, whether or not the pool takes it back.
		}
	}

}
