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
 * Validation with a limit on the wait for a network that delivers nothing any more. The
 * limit on a statement does not end that wait: the driver cancels it over the same
 * network.
 */
final class NetworkLimit implements Validation {

	/**
	 * Lets a statement end by its own limit first, which leaves the connection usable.
	 */
	private static final int SPARE_MILLIS = 500;

	private final Validation validation;

	private final int millis;

	NetworkLimit(Duration timeout, Validation validation) {
		this.millis = (int) Math.min(Integer.MAX_VALUE, DriverTimeout.seconds(timeout) * 1000L + SPARE_MILLIS);
		this.validation = validation;
	}

	@Override
	public Health validate(Connection connection) throws SQLException {
		int before = limit(connection);
		try {
			return this.validation.validate(connection);
		}
		finally {
			restore(connection, before);
		}
	}

	private int limit(Connection connection) {
		try {
			int before = connection.getNetworkTimeout();
			if (before == 0 || before > this.millis) {
				connection.setNetworkTimeout(Runnable::run, this.millis);
				return before;
			}
		}
		catch (SQLException | RuntimeException | AbstractMethodError ex) {
			// The driver knows no such limit, or the validation finds what is wrong.
		}
		return this.millis;
	}

	private void restore(Connection connection, int before) {
		try {
			if (before != this.millis) {
				connection.setNetworkTimeout(Runnable::run, before);
			}
		}
		catch (SQLException | RuntimeException ex) {
			// A connection that cannot be set is broken, and its pool sees that as well.
		}
	}

}
