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

import org.springframework.boot.health.contributor.Health;

/**
 * Validation of a database. Safe for any number of threads, each with a connection of its
 * own.
 */
@FunctionalInterface
public interface Validation {

	/**
	 * Validate a connection, which is left as it was found and open.
	 * @param connection the connection
	 * @return the result
	 * @throws SQLException if the database, or the way to it, is not usable
	 */
	Health validate(Connection connection) throws SQLException;

	/**
	 * Create a validation by the driver's {@link Connection#isValid(int)}.
	 * @param timeout the time that the driver may wait for the answer, more than zero and
	 * rounded up to whole seconds
	 * @return the validation
	 */
	static Validation ping(Duration timeout) {
		return new PingValidation(timeout);
	}

	/**
	 * Create a validation by a query with any number of rows. The network is not waited
	 * for much longer than the statement, if the driver can limit that.
	 * @param query the query
	 * @param timeout the time that it may run, more than zero and rounded up to whole
	 * seconds
	 * @return the validation
	 */
	static Validation query(String query, Duration timeout) {
		return new NetworkLimit(timeout, new QueryValidation(query, timeout));
	}

	/**
	 * Create a validation that commits a row of this instance. A database that answers
	 * reads and refuses the row is {@code READ_ONLY}. For PostgreSQL, MySQL, MariaDB, H2,
	 * SQL Server and Oracle. The network is limited as for a query.
	 * @param table the table that gets the row
	 * @param timeout the time that a statement may run, more than zero and rounded up to
	 * whole seconds
	 * @return the validation, for one database
	 */
	static Validation write(ProbeTable table, Duration timeout) {
		return new NetworkLimit(timeout, new WriteValidation(table, timeout));
	}

}
