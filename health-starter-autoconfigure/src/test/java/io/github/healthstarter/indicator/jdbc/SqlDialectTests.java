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
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SqlDialect}, each in the mode of H2 that stands in for the product.
 */
class SqlDialectTests {

	@ParameterizedTest
	@CsvSource({ "PostgreSQL, POSTGRESQL", "MySQL, MYSQL", "MariaDB, MYSQL", "H2, H2",
			"Microsoft SQL Server, SQL_SERVER", "Oracle, ORACLE" })
	void productHasItsDialect(String product, SqlDialect dialect) {
		assertThat(SqlDialect.of(product)).isEqualTo(dialect);
		assertThat(SqlDialect.supported()).contains(product);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "Apache Derby", "", "MySQL, MariaDB" })
	void unknownProductHasNone(String product) {
		assertThat(SqlDialect.of(product)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "REGULAR, H2", "MySQL, H2", "MSSQLServer, H2", "Oracle, H2", "PostgreSQL, H2", "MySQL, MYSQL",
			"MariaDB, MYSQL", "MSSQLServer, SQL_SERVER", "Oracle, ORACLE" })
	void statementsWriteOneRowAndDeleteOldOnes(String mode, SqlDialect dialect) throws SQLException {
		try (Connection connection = DriverManager
			.getConnection("jdbc:h2:mem:dialect;MODE=%s;DATABASE_TO_LOWER=TRUE".formatted(mode));
				Statement statement = connection.createStatement()) {
			statement.execute(dialect.create("probes"));
			upsert(connection, dialect, "one");
			upsert(connection, dialect, "two");
			statement.execute("update probes set checked_at = dateadd(day, -2, checked_at)");
			upsert(connection, dialect, "two");
			assertThat(count(statement, "select count(*) from probes")).isEqualTo(2);
			statement.execute(dialect.purge("probes"));
			assertThat(count(statement, "select count(*) from probes where instance_name = 'two'")).isOne();
			assertThat(count(statement, "select count(*) from probes")).isOne();
			assertThat(statement.execute(dialect.read())).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource
	void tableIsNamedInEveryStatementOnIt(SqlDialect dialect) {
		assertThat(dialect.create("ops.probes")).startsWith("create table ops.probes (");
		assertThat(dialect.upsert("ops.probes")).contains(" into ops.probes ").doesNotContain("%s");
		assertThat(dialect.purge("ops.probes")).startsWith("delete from ops.probes where checked_at < ");
	}

	@Test
	void tableWithALeadingUnderscoreIsQuotedForOracleAsItWouldBeWithoutQuotes() {
		assertThat(SqlDialect.ORACLE.create("_ops._probes")).startsWith("create table \"_OPS\".\"_PROBES\" (");
		assertThat(SqlDialect.ORACLE.upsert("ops._probes")).startsWith("merge into ops.\"_PROBES\" ");
		assertThat(SqlDialect.ORACLE.purge("_probes")).startsWith("delete from \"_PROBES\" ");
		assertThat(SqlDialect.H2.create("_probes")).startsWith("create table _probes (");
	}

	// H2 does not know the hint where a merge has it.
	private static void upsert(Connection connection, SqlDialect dialect, String instance) throws SQLException {
		String sql = dialect.upsert("probes").replace(" with (holdlock)", "");
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setString(1, instance);
			statement.executeUpdate();
		}
	}

	private static int count(Statement statement, String sql) throws SQLException {
		try (ResultSet rows = statement.executeQuery(sql)) {
			rows.next();
			return rows.getInt(1);
		}
	}

}
