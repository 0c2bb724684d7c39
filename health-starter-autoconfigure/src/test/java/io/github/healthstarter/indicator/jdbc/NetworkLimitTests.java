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
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.mockito.InOrder;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import io.github.healthstarter.indicator.IndicatorCall;
import io.github.healthstarter.testing.FaultProxy;
import io.github.healthstarter.testing.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link NetworkLimit}, on PostgreSQL behind a network that goes silent.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NetworkLimitTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	private static final Health UP = Health.up().build();

	private final Connection connection = mock();

	static final List<Validation> VALIDATIONS = List.of(Validation.query("select 1", TIMEOUT),
			Validation.write(new ProbeTable("network_limit", "one", (connection) -> true), TIMEOUT));

	static final List<Throwable> REFUSALS = List.of(new SQLFeatureNotSupportedException(), new SQLException("closed"),
			new UnsupportedOperationException(), new AbstractMethodError());

	@ParameterizedTest
	@FieldSource("VALIDATIONS")
	void healthWhenTheNetworkGoesSilentEndsAndComesBackOnANewConnection(Validation validation) throws Exception {
		try (FaultProxy proxy = TestPostgres.shared().proxy(); Connection open = driver(proxy).getConnection()) {
			DataSourceIndicator indicator = new DataSourceIndicator(
					() -> ConnectionPool.of(new SingleConnectionDataSource(open, true)), validation);
			assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
			proxy.hang();
			Health health = IndicatorCall.onPlatformThread(indicator).result(LIMIT);
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(String.valueOf(health.getDetails().get("error"))).contains("SocketTimeoutException");
			proxy.pass();
			DataSourceIndicator next = new DataSourceIndicator(() -> ConnectionPool.of(driver(proxy)), validation);
			assertThat(IndicatorCall.onPlatformThread(next).result(LIMIT).getStatus()).isEqualTo(Status.UP);
		}
	}

	private static DataSource driver(FaultProxy proxy) {
		TestPostgres postgres = TestPostgres.shared();
		PGSimpleDataSource driver = new PGSimpleDataSource();
		driver.setUrl(postgres.jdbcUrl(proxy));
		driver.setUser(postgres.user());
		driver.setPassword(postgres.password());
		driver.setCancelSignalTimeout(1);
		return driver;
	}

	@ParameterizedTest
	@CsvSource({ "0, PT2S, 2500", "9000, PT1.2S, 2500", "2501, PT2S, 2500", "0, PT876000000H, 2147483500" })
	void validateIsLimitedAndRestoresWhatWasThereBefore(int before, Duration timeout, int millis) throws SQLException {
		given(this.connection.getNetworkTimeout()).willReturn(before);
		Validation validation = mock();
		given(validation.validate(this.connection)).willReturn(UP);
		assertThat(new NetworkLimit(timeout, validation).validate(this.connection)).isEqualTo(UP);
		InOrder order = inOrder(this.connection, validation);
		order.verify(this.connection).setNetworkTimeout(any(), eq(millis));
		order.verify(validation).validate(this.connection);
		order.verify(this.connection).setNetworkTimeout(any(), eq(before));
	}

	@Test
	void validateKeepsALimitThatIsShorter() throws SQLException {
		given(this.connection.getNetworkTimeout()).willReturn(300);
		assertThat(new NetworkLimit(TIMEOUT, (connection) -> UP).validate(this.connection)).isEqualTo(UP);
		then(this.connection).should(never()).setNetworkTimeout(any(), anyInt());
	}

	@ParameterizedTest
	@FieldSource("REFUSALS")
	void validateWithADriverThatKnowsNoLimitGoesOn(Throwable refusal) throws SQLException {
		willThrow(refusal).given(this.connection).setNetworkTimeout(any(), anyInt());
		assertThat(new NetworkLimit(TIMEOUT, (connection) -> UP).validate(this.connection)).isEqualTo(UP);
		willThrow(refusal).given(this.connection).getNetworkTimeout();
		assertThat(new NetworkLimit(TIMEOUT, (connection) -> UP).validate(this.connection)).isEqualTo(UP);
	}

	@Test
	void validateThrowsWhatTheDatabaseDoesWhereTheConnectionIsBrokenAfterwards() {
		SQLException failure = new SQLException("broken");
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> new NetworkLimit(TIMEOUT, (connection) -> breakDown(failure)).validate(this.connection))
			.isSameAs(failure);
	}

	private Health breakDown(SQLException failure) throws SQLException {
		willThrow(new SQLException("closed")).given(this.connection).setNetworkTimeout(any(), anyInt());
		throw failure;
	}

}
