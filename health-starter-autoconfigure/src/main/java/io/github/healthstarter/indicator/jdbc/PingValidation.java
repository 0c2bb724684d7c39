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
 * Validates a connection by the driver.
 */
final class PingValidation implements Validation {

	private final int timeoutSeconds;

	PingValidation(Duration timeout) {
		this.timeoutSeconds = DriverTimeout.seconds(timeout);
	}

	@Override
	public Health validate(Connection connection) throws SQLException {
		if (connection.isValid(this.timeoutSeconds)) {
			return Health.up().build();
		}
		return Health.down()
			.withDetail("error",
					"connection is not valid: it is broken or did not answer within " + this.timeoutSeconds + "s")
			.build();
	}

}
