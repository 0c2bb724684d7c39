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

/**
 * Statements on a connection that are committed or rolled back, whether it commits by
 * itself or not. The settings of the connection are left as they were.
 */
@FunctionalInterface
interface Transaction {

	void run() throws SQLException;

	static void read(Connection connection, Transaction transaction) throws SQLException {
		try {
			transaction.run();
		}
		finally {
			rollBack(connection);
		}
	}

	// A pool may hand its connections out as read-only; the database allows more.
	static void write(Connection connection, Transaction transaction) throws SQLException {
		boolean readOnly = connection.isReadOnly();
		if (readOnly) {
			rollBack(connection);
			connection.setReadOnly(false);
		}
		try {
			transaction.run();
			if (!connection.getAutoCommit()) {
				connection.commit();
			}
		}
		finally {
			rollBack(connection);
			restore(connection, readOnly);
		}
	}

	private static void rollBack(Connection connection) {
		try {
			if (!connection.getAutoCommit()) {
				connection.rollback();
			}
		}
		catch (SQLException ex) {
			// A connection that cannot be rolled back is broken, and closing it does the
			// same.
		}
	}

	private static void restore(Connection connection, boolean readOnly) {
		try {
			if (readOnly) {
				connection.setReadOnly(true);
			}
		}
		catch (SQLException ex) {
			// A connection that cannot be set is broken, and its pool sees that as well.
		}
	}

}
