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
import java.sql.Statement;

import javax.sql.DataSource;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import io.github.healthstarter.testing.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WriteValidation} on PostgreSQL, in a database of its own.
 */
class PostgresWriteValidationTests extends AbstractWriteValidationTests {

	private static final TestPostgres SERVER = TestPostgres.shared();

	private static final TestPostgres DATABASE = new TestPostgres(SERVER.host(), SERVER.port(), "write_validation",
			SERVER.user(), SERVER.password());

	@BeforeAll
	static void createDatabase() throws SQLException {
		onServer("create database write_validation");
		onServer("create role write_reader login password 'reader'");
	}

	@AfterAll
	static void dropDatabase() throws SQLException {
		onServer("drop database write_validation with (force)");
		onServer("drop role write_reader");
	}

	private static void onServer(String sql) throws SQLException {
		try (Connection connection = dataSource(SERVER, SERVER.user(), SERVER.password()).getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static DataSource dataSource(TestPostgres server, String user, String password) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(server.jdbcUrl());
		dataSource.setUser(user);
		dataSource.setPassword(password);
		return dataSource;
	}

	@Override
	DataSource dataSource() {
		return dataSource(DATABASE, DATABASE.user(), DATABASE.password());
	}

	@Override
	DataSource readerOf(String table) {
		sql("grant select on %s to write_reader".formatted(table));
		return dataSource(DATABASE, "write_reader", "reader");
	}

	@Override
	String readerName() {
		return "write_reader";
	}

	// What is open already notices as well: the whole server is told.
	@Override
	void refuseWrites() {
		sql("alter system set default_transaction_read_only = on");
		sql("select pg_reload_conf()");
	}

	@Override
	void allowWrites() {
		sql("alter system reset default_transaction_read_only");
		sql("select pg_reload_conf()");
	}

	@Override
	String yesterday() {
		return "current_timestamp - interval '25 hours'";
	}

	@Override
	String lockLimit() {
		return "set lock_timeout = '50ms'";
	}

	@Test
	void validateOnAnOpenConnectionNoticesThatWritesAreRefusedAndAllowed() throws Exception {
		Validation validation = write("one", true);
		try (Connection connection = dataSource().getConnection()) {
			assertThat(validation.validate(connection).getStatus()).isEqualTo(Status.UP);
			try (Statement statement = connection.createStatement()) {
				statement.execute("set default_transaction_read_only = on");
			}
			assertThat(error(validation.validate(connection))).startsWith("writes are refused: ")
				.contains("read-only transaction");
			try (Statement statement = connection.createStatement()) {
				statement.execute("set default_transaction_read_only = off");
			}
			assertThat(validation.validate(connection).getStatus()).isEqualTo(Status.UP);
		}
	}

	@Test
	void validateWithoutPermissionToCreateTheTableIsDownNamingTableAndUser() throws Exception {
		try (Connection connection = dataSource(DATABASE, "write_reader", "reader").getConnection()) {
			sql("revoke create on schema public from public");
			Health health = write("one", true).validate(connection);
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(error(health)).startsWith("user 'write_reader' may not write to table 'health_probe': ")
				.contains("permission denied for schema public");
		}
	}

}
