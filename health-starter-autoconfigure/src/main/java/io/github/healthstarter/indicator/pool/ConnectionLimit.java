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

package io.github.healthstarter.indicator.pool;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Errors by which the servers of SQL databases refuse one connection too many. Such a
 * server is there.
 */
public final class ConnectionLimit {

	/**
	 * PostgreSQL: of the server, a database or a role.
	 */
	private static final String STATE = "53300";

	/**
	 * MySQL and MariaDB: of the server, of the user (two of them); Oracle: sessions,
	 * processes, sessions of the user, handlers of the listener (four of them); SQL
	 * Server: user connections; Azure SQL: of the database (two of them), of the elastic
	 * pool.
	 */
	private static final Set<Integer> CODES = Set.of(1040, 1203, 1226, 18, 20, 2391, 12516, 12518, 12519, 12520, 17809,
			10928, 10929, 10936);

	private ConnectionLimit() {
	}

	/**
	 * Return whether an error is such a refusal.
	 * @param sqlState the SQL state, {@code null} if there is none
	 * @param errorCode the error code of the vendor
	 * @return {@code true} if the server accepts no more connections
	 */
	public static boolean isReached(@Nullable String sqlState, int errorCode) {
		return STATE.equals(sqlState) || CODES.contains(errorCode);
	}

}
