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
import java.sql.SQLTimeoutException;
import java.util.Set;
import java.util.function.Predicate;

import org.springframework.core.NestedExceptionUtils;

import io.github.healthstarter.indicator.pool.ConnectionLimit;

/**
 * Classifies the exceptions of drivers and pools.
 */
final class SqlErrors {

	/**
	 * PostgreSQL: a table, a schema; what follows the standard for views and tables.
	 */
	private static final Set<String> MISSING_TABLE = Set.of("42P01", "3F000", "42S02", "42S03", "42S04");

	/**
	 * Oracle, SQL Server, and a missing schema in SQL Server and H2.
	 */
	private static final Set<Integer> MISSING_TABLE_CODES = Set.of(942, 208, 2760, 90079);

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

	/**
	 * SQL Server, which has states of its own: a column that is not there, a number of
	 * columns, a column that wants a value, a value that is too long (two of them);
	 * Oracle: a value that is too long.
	 */
	private static final Set<Integer> MISFIT_CODES = Set.of(207, 213, 515, 2628, 8152, 12899);

	/**
	 * A transaction that the database has rolled back: a deadlock, a serialization
	 * failure.
	 */
	private static final String ROLLED_BACK = "40";

	/**
	 * A lock that does not come: PostgreSQL, H2; a statement that was cancelled:
	 * PostgreSQL and H2, SQL Server, MySQL and MariaDB.
	 */
	private static final Set<String> UNFINISHED = Set.of("55P03", "HYT00", "57014", "HY008", "70100");

	/**
	 * H2: a lock, a row that changed meanwhile; MySQL, MariaDB: a lock, the time of a
	 * statement; SQL Server: a lock; Oracle: a lock (three of them), a deadlock, a
	 * serialization failure, a cancelled statement.
	 */
	private static final Set<Integer> UNFINISHED_CODES = Set.of(50200, 90131, 1205, 3024, 1969, 1222, 54, 2049, 30006,
			60, 8177, 1013);

	private SqlErrors() {
	}

	static String describe(SQLException ex) {
		// A pool's own exception says no more than that it has no connection to give.
		Throwable root = NestedExceptionUtils.getRootCause(ex);
		return (root != null) ? "%s (%s)".formatted(ex, root) : ex.toString();
	}

	static boolean isTooManyConnections(SQLException ex) {
		return any(ex, (sql) -> ConnectionLimit.isReached(sql.getSQLState(), sql.getErrorCode()));
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
		return any(ex, (sql) -> MISFIT.contains(stateClass(sql)) || MISFIT_CODES.contains(sql.getErrorCode()));
	}

	/**
	 * Return whether a statement did not end, which says nothing about what the database
	 * allows: it waited for a lock, was cancelled or rolled back.
	 * @param ex the exception of the statement
	 * @return {@code true} if another run may well succeed
	 */
	static boolean isUnfinished(SQLException ex) {
		return any(ex,
				(sql) -> sql instanceof SQLTimeoutException || ROLLED_BACK.equals(stateClass(sql))
						|| UNFINISHED.contains(String.valueOf(sql.getSQLState()))
						|| UNFINISHED_CODES.contains(sql.getErrorCode()));
	}

	private static String stateClass(SQLException ex) {
		String state = ex.getSQLState();
		return (state != null && state.length() > 2) ? state.substring(0, 2) : "";
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
