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
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;

import org.springframework.util.Assert;

/**
 * Converts and sets the timeouts of drivers.
 */
final class DriverTimeout {

	/**
	 * Drivers turn the seconds into milliseconds of type {@code int}.
	 */
	private static final int MAX_SECONDS = Integer.MAX_VALUE / 1000;

	private DriverTimeout() {
	}

	static int seconds(Duration timeout) {
		Assert.isTrue(timeout.compareTo(Duration.ZERO) > 0,
				() -> "'timeout' is %s and must be more than zero".formatted(timeout));
		long seconds = timeout.getSeconds() + ((timeout.getNano() > 0) ? 1 : 0);
		return (int) Math.min(seconds, MAX_SECONDS);
	}

	static void limit(Statement statement, int seconds) throws SQLException {
		try {
			statement.setQueryTimeout(seconds);
		}
		catch (SQLFeatureNotSupportedException ex) {
			// The check has a limit of its own.
		}
	}

}
