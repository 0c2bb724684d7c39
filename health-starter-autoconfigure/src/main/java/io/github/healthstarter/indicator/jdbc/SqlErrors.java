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
import java.util.Set;
import java.util.function.Predicate;

import org.springframework.core.NestedExceptionUtils;

/**
 * Reads what drivers and pools throw.
 */
final class SqlErrors {

	/**
	 * PostgreSQL's state, for the server as for a database or a role.
	 */
	private static final String TOO_MANY_CONNECTIONS = "53300";

	/**
	 * MySQL and MariaDB: of the server, of the user; Oracle: sessions, processes,
	 * sessions of the user, handlers of the listener; SQL Server.
	 */
	private static final Set<Integer> TOO_MANY_CONNECTIONS_CODES = Set.of(1040, 1203, 1226, 18, 20, 2391, 12516, 12519,
			12520, 17809);

	/**
	 * PostgreSQL: a table, a schema; what follows the standard for views and tables.
	 */
	private static final Set<String> MISSING_TABLE = Set.of("42P01", "3F000", "42S02", "42S03", "42S04");

	/**
	 * Oracle, SQL Server, and a missing schema in H2.
	 */
	private static final Set<Integer> MISSING_TABLE_CODES = Set.of(942, 208, 90079);

	/**
	 * PostgreSQL.
	 */
	private static final String MISSING_PERMISSION = "42501";

	/**
	 * MySQL and MariaDB: of a table, a database, a column, a privilege; SQL Server: of a
	 * table, to create one; Oracle; H2: of a table, of administration.
	 */
	private static final Set<Integer> MISSING_PERMISSION_CODES = Set.of(1142, 1044, 1143, 1227, 229, 262, 1031, 90096,
			90040);

	/**
	 * A statement, a value or a row that does not fit what it is about.
	 */
	private static final Set<String> MISFIT = Set.of("42", "22", "23");

	private SqlErrors() {
	}

	static String describe(SQLException ex) {
		// A pool's own exception says no more than that it has no connection to give.
		Throwable root = NestedExceptionUtils.getRootCause(ex);
		return (root != null) ? "%s (%s)".formatted(ex, root) : ex.toString();
	}

	/**
	 * Whether a database is there and takes no more connections.
	 * @param ex what connecting to it has thrown
	 * @return {@code true} where that is the reason
	 */
	static boolean isTooManyConnections(SQLException ex) {
		return any(ex, (sql) -> TOO_MANY_CONNECTIONS.equals(sql.getSQLState())
				|| TOO_MANY_CONNECTIONS_CODES.contains(sql.getErrorCode()));
	}

	static boolean isMissingTable(SQLException ex) {
		return any(ex, (sql) -> MISSING_TABLE.contains(String.valueOf(sql.getSQLState()))
				|| MISSING_TABLE_CODES.contains(sql.getErrorCode()));
	}

	static boolean isMissingPermission(SQLException ex) {
		return any(ex, (sql) -> MISSING_PERMISSION.equals(sql.getSQLState())
				|| MISSING_PERMISSION_CODES.contains(sql.getErrorCode()));
	}

	static boolean isMisfit(SQLException ex) {
		return any(ex, (sql) -> sql.getSQLState() != null && sql.getSQLState().length() > 2
				&& MISFIT.contains(sql.getSQLState().substring(0, 2)));
	}

	private static boolean any(SQLException ex, Predicate<SQLException> test) {
		for (Throwable each : ex) {
			if (each instanceof SQLException sql && test.test(sql)) {
				return true;
			}
		}
		return false;
	}

}
