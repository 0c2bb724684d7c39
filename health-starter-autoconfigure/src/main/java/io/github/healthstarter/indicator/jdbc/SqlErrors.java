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
	private static final Set<Integer> TOO_MANY_CONNECTIONS_CODES = Set.of(1040, 1203, 18, 20, 2391, 12516, 12519, 12520,
			17809);

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
		for (Throwable each : ex) {
			if (each instanceof SQLException sql && (TOO_MANY_CONNECTIONS.equals(sql.getSQLState())
					|| TOO_MANY_CONNECTIONS_CODES.contains(sql.getErrorCode()))) {
				return true;
			}
		}
		return false;
	}

}
