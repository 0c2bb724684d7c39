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

package io.github.healthstarter.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TestPostgres}.
 */
@Timeout(120)
class TestPostgresTests {

	@Test
	void sharedIsOneServerThatAnswers() throws SQLException {
		TestPostgres postgres = TestPostgres.shared();
		assertThat(postgres).isSameAs(TestPostgres.shared());
		assertThat(select(postgres, postgres.jdbcUrl())).isEqualTo(postgres.database());
	}

	@Test
	void proxyLeadsToTheServer() throws SQLException {
		TestPostgres postgres = TestPostgres.shared();
		try (FaultProxy proxy = postgres.proxy()) {
			assertThat(select(postgres, postgres.jdbcUrl(proxy))).isEqualTo(postgres.database());
			assertThat(postgres.jdbcUrl(proxy)).contains(":" + proxy.port() + "/");
		}
	}

	private static String select(TestPostgres postgres, String url) throws SQLException {
		try (Connection connection = DriverManager.getConnection(url, postgres.user(), postgres.password());
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery("select current_database()")) {
			result.next();
			return result.getString(1);
		}
	}

}
