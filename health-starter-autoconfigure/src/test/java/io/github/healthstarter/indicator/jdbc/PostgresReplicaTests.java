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

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import io.github.healthstarter.testing.PostgresReplication;
import io.github.healthstarter.testing.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WriteValidation} on a streaming replica of PostgreSQL.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresReplicaTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	@Test
	void replicaIsReadOnlyUntilItIsPromoted() throws SQLException {
		try (PostgresReplication servers = TestPostgres.replicated();
				Connection connection = dataSource(servers.replica()).getConnection()) {
			assertThat(indicator(servers.primary(), true).health().getStatus()).isEqualTo(Status.UP);
			DataSourceIndicator indicator = indicator(servers.replica(), false);
			Validation open = write(false);
			Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertReadOnly(indicator.health()));
			assertReadOnly(open.validate(connection));
			servers.promote();
			assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
			assertThat(open.validate(connection).getStatus()).isEqualTo(Status.UP);
		}
	}

	private static void assertReadOnly(Health health) {
		assertThat(health.getStatus().getCode()).as("%s", health).isEqualTo("READ_ONLY");
		assertThat((String) health.getDetails().get("error")).startsWith("writes are refused: ")
			.contains("read-only transaction");
	}

	private static DataSourceIndicator indicator(TestPostgres server, boolean created) {
		return new DataSourceIndicator(() -> ConnectionPool.of(dataSource(server)), write(created));
	}

	private static Validation write(boolean created) {
		return Validation.write(new ProbeTable("health_probe", "one", (connection) -> created), TIMEOUT);
	}

	private static DataSource dataSource(TestPostgres server) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(server.jdbcUrl());
		dataSource.setUser(server.user());
		dataSource.setPassword(server.password());
		return dataSource;
	}

}
