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

import java.net.ConnectException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

/**
 * Tests for {@link DataSourceIndicator}, with a driver that misbehaves.
 */
class DataSourceIndicatorTests {

	private final DataSource dataSource = mock();

	private final Connection connection = mock();

	private final DatabaseMetaData metaData = mock();

	private final DataSourceIndicator indicator = indicator(Duration.ofSeconds(2));

	@BeforeEach
	void prepareDriver() throws SQLException {
		given(this.dataSource.getConnection()).willReturn(this.connection);
		given(this.connection.isValid(anyInt())).willReturn(true);
		given(this.connection.getMetaData()).willReturn(this.metaData);
		given(this.metaData.getDatabaseProductName()).willReturn("Some DB");
	}

	@Test
	void healthWhenValidIsUpAndClosesTheConnection() throws SQLException {
		assertThat(this.indicator.health()).isEqualTo(Health.up().withDetail("database", "Some DB").build());
		then(this.connection).should().close();
	}

	@Test
	void healthReadsTheProductNameOnce() throws SQLException {
		this.indicator.health();
		assertThat(this.indicator.health()).isEqualTo(Health.up().withDetail("database", "Some DB").build());
		then(this.connection).should().getMetaData();
		then(this.connection).should(times(2)).close();
	}

	@Test
	void healthWhenProductNameFailsIsUpAndReadsItAgain() throws SQLException {
		given(this.connection.getMetaData()).willThrow(new SQLException("no name"))
			.willThrow(new IllegalStateException("no name"))
			.willReturn(this.metaData);
		assertThat(this.indicator.health()).isEqualTo(Health.up().build());
		assertThat(this.indicator.health()).isEqualTo(Health.up().build());
		assertThat(this.indicator.health()).isEqualTo(Health.up().withDetail("database", "Some DB").build());
		then(this.connection).should(times(3)).close();
	}

	@Test
	void healthWhenProductNameIsNullIsUpWithoutIt() throws SQLException {
		given(this.metaData.getDatabaseProductName()).willReturn(null);
		assertThat(this.indicator.health()).isEqualTo(Health.up().build());
	}

	@Test
	void healthWhenNotValidIsDownAndClosesTheConnection() throws SQLException {
		given(this.connection.isValid(2)).willReturn(false);
		assertThat(this.indicator.health()).isEqualTo(Health.down()
			.withDetail("error", "connection is not valid: it is broken or did not answer within 2s")
			.build());
		then(this.connection).should().close();
	}

	@Test
	void healthWhenNotValidAfterASuccessStillNamesTheDatabase() throws SQLException {
		this.indicator.health();
		given(this.connection.isValid(2)).willReturn(false);
		assertThat(this.indicator.health().getDetails()).containsEntry("database", "Some DB");
	}

	@Test
	void healthWhenValidationThrowsIsDownAndClosesTheConnection() throws SQLException {
		given(this.connection.isValid(2)).willThrow(new SQLException("broken"));
		assertThat(this.indicator.health())
			.isEqualTo(Health.down().withDetail("error", "java.sql.SQLException: broken").build());
		then(this.connection).should().close();
	}

	@Test
	void healthWhenThereIsNoConnectionIsDownWithTheRootCause() throws SQLException {
		SQLException driver = new SQLException("no route", new ConnectException("Connection refused"));
		given(this.dataSource.getConnection()).willThrow(new SQLException("pool timed out", driver));
		assertThat(this.indicator.health()).isEqualTo(Health.down()
			.withDetail("error",
					"java.sql.SQLException: pool timed out (java.net.ConnectException: Connection refused)")
			.build());
	}

	@Test
	@SuppressWarnings("NullAway")
	void healthWhenDataSourceReturnsNullIsDown() throws SQLException {
		given(this.dataSource.getConnection()).willReturn(null);
		assertThat(this.indicator.health())
			.isEqualTo(Health.down().withDetail("error", "the data source returned no connection").build());
	}

	@Test
	void healthWhenDriverThrowsUncheckedLetsItEscapeAndClosesTheConnection() throws SQLException {
		RuntimeException exception = new IllegalStateException("bug");
		Error error = new AbstractMethodError("a driver older than JDBC 4");
		given(this.connection.isValid(2)).willThrow(exception, error);
		assertThatThrownBy(this.indicator::health).isSameAs(exception);
		assertThatThrownBy(this.indicator::health).isSameAs(error);
		then(this.connection).should(times(2)).close();
	}

	@Test
	void healthWhenCloseFailsKeepsTheResult() throws SQLException {
		willThrow(new SQLException("close")).willThrow(new IllegalStateException("close"))
			.willThrow(new SQLException("close"))
			.given(this.connection)
			.close();
		assertThat(this.indicator.health()).isEqualTo(Health.up().withDetail("database", "Some DB").build());
		assertThat(this.indicator.health()).isEqualTo(Health.up().withDetail("database", "Some DB").build());
		given(this.connection.isValid(2)).willThrow(new SQLException("broken"));
		assertThat(this.indicator.health().getDetails()).containsEntry("error", "java.sql.SQLException: broken");
	}

	@ParameterizedTest
	@CsvSource({ "PT0.000000001S,1", "PT0.2S,1", "PT1S,1", "PT1.001S,2", "PT2S,2", "PT876000000H,2147483" })
	void timeoutIsRoundedUpToWholeSecondsThatFitTheDriver(Duration timeout, int seconds) throws SQLException {
		indicator(timeout).health();
		then(this.connection).should().isValid(seconds);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT-0.001S" })
	void timeoutThatIsNotPositiveIsRejected(Duration timeout) {
		assertThatIllegalArgumentException().isThrownBy(() -> Validation.ping(timeout))
			.withMessage("'timeout' is %s and must be more than zero", timeout);
	}

	private DataSourceIndicator indicator(Duration timeout) {
		return new DataSourceIndicator(() -> ConnectionPool.of(this.dataSource), Validation.ping(timeout));
	}

}
