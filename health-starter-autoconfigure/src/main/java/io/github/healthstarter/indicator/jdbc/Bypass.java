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

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * The way to the database around a pool that has no connection to give, so that an empty
 * pool and a database that is gone are told apart.
 */
final class Bypass {

	private final DirectConnection direct;

	Bypass(DirectConnection direct) {
		this.direct = direct;
	}

	Health ask(PoolLoad load, String shortage, Validation validation) throws SQLException {
		try {
			return BorrowedConnection.ask(this.direct.open(), validation);
		}
		catch (SQLException ex) {
			if (load.total() > 0 && SqlErrors.isTooManyConnections(ex)) {
				return restricted(shortage + "; the database takes no more connections");
			}
			return Health.down().withDetail("error", SqlErrors.describe(ex) + "; " + shortage).build();
		}
	}

	static Health degradedIfUp(Health health, String shortage) {
		return Status.UP.equals(health.getStatus()) ? restricted(shortage) : health;
	}

	static Health restricted(String error) {
		return Health.status("DEGRADED").withDetail("error", error).build();
	}

}
