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
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link QueryValidation}.
 */
class QueryValidationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private Connection connection;

	@BeforeEach
	void connect() throws SQLException {
		this.connection = DriverManager.getConnection("jdbc:h2:mem:query");
		execute("create table orders (id int primary key)");
	}

	@AfterEach
	void close() throws SQLException {
		this.connection.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "select 1", "select * from orders", "select x from system_range(1, 1000)",
			"update orders set id = 1" })
	void validateIsUpWhateverIsReturned(String query) throws SQLException {
		assertThat(Validation.query(query, TIMEOUT).validate(this.connection)).isEqualTo(Health.up().build());
	}

	@ParameterizedTest
	@ValueSource(strings = { "select 1 from absent", "select 1 / 0", "nonsense" })
	void validateThrowsWhatTheDatabaseDoes(String query) {
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> Validation.query(query, TIMEOUT).validate(this.connection));
	}

	@Test
	void validateLeavesNothingBehindOnAConnectionThatDoesNotCommitByItself() throws SQLException {
		this.connection.setAutoCommit(false);
		Validation.query("insert into orders values (1)", TIMEOUT).validate(this.connection);
		assertThat(this.connection.getAutoCommit()).isFalse();
		this.connection.commit();
		assertThat(this.connection.createStatement().executeQuery("select * from orders").next()).isFalse();
	}

	@Test
	void validateAsksForOneRowWithinTheTimeoutAndClosesTheStatement() throws SQLException {
		Connection driver = mock();
		Statement statement = mock();
		given(driver.createStatement()).willReturn(statement);
		Validation.query("select 1", Duration.ofMillis(1500)).validate(driver);
		then(statement).should().setMaxRows(1);
		then(statement).should().setQueryTimeout(2);
		then(statement).should().close();
	}

	@Test
	void validateWithADriverThatKnowsNoTimeoutIsUp() throws SQLException {
		Connection driver = mock();
		Statement statement = mock();
		given(driver.createStatement()).willReturn(statement);
		willThrow(new SQLFeatureNotSupportedException()).given(statement).setQueryTimeout(anyInt());
		assertThat(Validation.query("select 1", TIMEOUT).validate(driver)).isEqualTo(Health.up().build());
	}

	@Test
	void queryThatIsEmptyIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> Validation.query(" ", TIMEOUT))
			.withMessage("'query' must not be empty");
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
