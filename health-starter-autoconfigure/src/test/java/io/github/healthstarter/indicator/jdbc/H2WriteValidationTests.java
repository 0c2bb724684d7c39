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

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link WriteValidation} on H2, in a file that can be opened for reading only.
 */
class H2WriteValidationTests extends AbstractWriteValidationTests {

	@TempDir
	private Path directory;

	private String mode = "";

	@Override
	DataSource dataSource() {
		return dataSource("sa", "");
	}

	private DataSource dataSource(String user, String password) {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setUrl("jdbc:h2:file:" + this.directory.resolve("health") + this.mode);
		dataSource.setUser(user);
		dataSource.setPassword(password);
		return dataSource;
	}

	@Override
	DataSource readerOf(String table) {
		sql("create user if not exists reader password 'reader'");
		sql("grant select on %s to reader".formatted(table));
		return dataSource("reader", "reader");
	}

	@Override
	String readerName() {
		return "READER";
	}

	@Override
	void refuseWrites() {
		this.mode = ";ACCESS_MODE_DATA=r";
	}

	@Override
	void allowWrites() {
		this.mode = "";
	}

	@Override
	String yesterday() {
		return "dateadd(hour, -25, current_timestamp)";
	}

	@Override
	String lockLimit() {
		return "set lock_timeout 50";
	}

	@Test
	void validateOnAProductThatIsNotKnownIsDownNamingThoseThatAre() throws SQLException {
		Connection connection = mock();
		DatabaseMetaData metaData = mock();
		given(connection.getMetaData()).willReturn(metaData);
		given(metaData.getDatabaseProductName()).willReturn("Apache Derby");
		Health health = write("one", true).validate(connection);
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(error(health)).isEqualTo("no statement is known that writes to 'Apache Derby'; there is one for "
				+ "PostgreSQL, MySQL, MariaDB, H2, Microsoft SQL Server, Oracle");
	}

	@Test
	void validateWhenAnotherInstanceHasCreatedTheTableMeanwhileIsUp() throws SQLException {
		Validation validation = Validation.write(new ProbeTable("health_probe", "one", (connection) -> {
			sql(SqlDialect.H2.create("health_probe"));
			return true;
		}), Duration.ofSeconds(2));
		try (Connection connection = dataSource().getConnection()) {
			assertThat(validation.validate(connection).getStatus()).isEqualTo(Status.UP);
		}
	}

	@Test
	void validateWhenTheTableCannotBeCreatedTellsWhy() throws SQLException {
		Validation validation = Validation.write(new ProbeTable("absent.health_probe", "one", (connection) -> true),
				Duration.ofSeconds(2));
		try (Connection connection = dataSource().getConnection()) {
			assertThat(error(validation.validate(connection)))
				.startsWith("table 'absent.health_probe' is missing; to create it, run: create table absent.");
		}
	}

	@Test
	void validateWhenNeitherIsAnsweredThrowsWhatTheWriteHasThrown() throws SQLException {
		Connection connection = mock();
		DatabaseMetaData metaData = mock();
		given(connection.getMetaData()).willReturn(metaData);
		given(metaData.getDatabaseProductName()).willReturn("H2");
		SQLException failure = new SQLException("write");
		given(connection.prepareStatement(anyString())).willThrow(failure);
		given(connection.createStatement()).willThrow(new SQLException("read"));
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> write("one", true).validate(connection))
			.isSameAs(failure);
	}

	@Test
	void tableThatIsNoIdentifierIsRejected() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ProbeTable("health probe", "one", (connection) -> true))
			.withMessageContaining("'name' is 'health probe'");
	}

	@Test
	void settingsThatDoNotFitAreRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ValidationSettings(ValidationSettings.Kind.QUERY, " ",
				"health_probe", ValidationSettings.Initialization.NEVER));
		assertThatIllegalArgumentException().isThrownBy(() -> new ValidationSettings(ValidationSettings.Kind.WRITE,
				null, "x;y", ValidationSettings.Initialization.NEVER));
	}

}
