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
import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link WriteValidation} does on every database.
 */
abstract class AbstractWriteValidationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String TABLE = "health_probe";

	/**
	 * Connects as a user who may do anything.
	 */
	abstract DataSource dataSource();

	/**
	 * Connects as a user who may read the table and not write to it.
	 */
	abstract DataSource readerOf(String table);

	abstract String readerName();

	abstract void refuseWrites();

	abstract void allowWrites();

	abstract String yesterday();

	/**
	 * Has a session wait for a lock for a short time only.
	 */
	abstract String lockLimit();

	@AfterEach
	void clean() {
		allowWrites();
		Awaitility.await().atMost(LIMIT).ignoreExceptions().until(() -> {
			sql("drop table if exists " + TABLE);
			return true;
		});
	}

	@Test
	void validateWhenTheTableIsMissingIsDownWithTheStatementThatMendsIt() throws Exception {
		Validation validation = write("one", false);
		String error = error(validate(validation, Status.DOWN));
		assertThat(error).startsWith("table 'health_probe' is missing; to create it, run: create table health_probe (");
		sql(error.substring(error.indexOf("create table")));
		validate(validation, Status.UP);
		assertThat(instances()).containsExactly("one");
	}

	@Test
	void validateWhenTheTableIsMissingCreatesItWhereAskedTo() throws Exception {
		validate(write("one", true), Status.UP);
		assertThat(instances()).containsExactly("one");
	}

	@Test
	void validateKeepsOneRowOfEachInstanceAndTheTimeOfItsLastWrite() throws Exception {
		Validation one = write("one", true);
		validate(one, Status.UP);
		validate(write("two", false), Status.UP);
		sql("update health_probe set checked_at = " + yesterday());
		for (int i = 0; i < 3; i++) {
			validate(one, Status.UP);
		}
		assertThat(instances()).containsExactly("one", "two");
		assertThat(client().sql("select instance_name from health_probe order by checked_at desc")
			.query(String.class)
			.list()).containsExactly("one", "two");
	}

	@Test
	void validateDeletesTheRowsOfLongAgoOnceWithTheFirstWrite() throws Exception {
		validate(write("gone", true), Status.UP);
		sql("update health_probe set checked_at = " + yesterday());
		Validation one = write("one", false);
		validate(one, Status.UP);
		assertThat(instances()).containsExactly("one");
		validate(write("gone", false), Status.UP);
		sql("update health_probe set checked_at = %s where instance_name = 'gone'".formatted(yesterday()));
		validate(one, Status.UP);
		assertThat(instances()).containsExactly("gone", "one");
	}

	@Test
	void validateShortensTheNameOfTheInstanceAtItsBeginning() throws Exception {
		validate(write("x".repeat(200) + "-7d9f", true), Status.UP);
		assertThat(instances()).containsExactly("x".repeat(95) + "-7d9f");
	}

	@ParameterizedTest
	@CsvSource({ "true, true", "true, false", "false, true", "false, false" })
	void validateLeavesTheConnectionAsItWas(boolean autoCommit, boolean readOnly) throws Exception {
		try (Connection connection = dataSource().getConnection()) {
			connection.setReadOnly(readOnly);
			boolean seenReadOnly = connection.isReadOnly();
			connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
			connection.setAutoCommit(autoCommit);
			assertThat(write("one", true).validate(connection).getStatus()).isEqualTo(Status.UP);
			assertThat(instances()).containsExactly("one");
			Validation refused = write("two", false);
			sql("drop table health_probe");
			assertThat(refused.validate(connection).getStatus()).isEqualTo(Status.DOWN);
			assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
			assertThat(connection.isReadOnly()).isEqualTo(seenReadOnly);
			assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
		}
	}

	@Test
	void validateWithoutPermissionToWriteIsDownNamingTableAndUser() throws Exception {
		validate(write("one", true), Status.UP);
		Validation validation = write("two", false);
		try (Connection connection = readerOf(TABLE).getConnection()) {
			Health health = validation.validate(connection);
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(error(health)).startsWith("user '%s".formatted(readerName()))
				.contains(" may not write to table 'health_probe': ");
		}
	}

	@Test
	void validateWhenTheTableIsAnotherOneIsDown() throws Exception {
		sql("create table health_probe (some_name varchar(10))");
		assertThat(error(validate(write("one", true), Status.DOWN)))
			.startsWith("table 'health_probe' is not as it was created with create table health_probe (");
	}

	@Test
	void validateWhenWritesAreRefusedIsReadOnlyAndComesBack() throws Exception {
		Validation validation = write("one", true);
		validate(validation, Status.UP);
		refuseWrites();
		await(validation, new Status("READ_ONLY"));
		assertThat(error(validate(validation, new Status("READ_ONLY")))).startsWith("writes are refused: ");
		allowWrites();
		await(validation, Status.UP);
	}

	@Test
	void validateWhenTheRowIsLockedIsDownAndNotReadOnly() throws Exception {
		Validation validation = write("one", true);
		validate(validation, Status.UP);
		try (Connection holder = dataSource().getConnection(); Connection connection = dataSource().getConnection()) {
			holder.setAutoCommit(false);
			execute(holder, "update health_probe set checked_at = " + yesterday());
			execute(connection, lockLimit());
			Health health = validation.validate(connection);
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(error(health)).startsWith("the write did not end: ");
			holder.rollback();
			assertThat(validation.validate(connection).getStatus()).isEqualTo(Status.UP);
		}
	}

	private void await(Validation validation, Status status) {
		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(validate(validation).getStatus()).isEqualTo(status));
	}

	static Validation write(String instance, boolean created) {
		return Validation.write(new ProbeTable(TABLE, instance, (connection) -> created), TIMEOUT);
	}

	private Health validate(Validation validation, Status expected) throws SQLException {
		Health health = validate(validation);
		assertThat(health.getStatus()).as("%s", health).isEqualTo(expected);
		return health;
	}

	private Health validate(Validation validation) throws SQLException {
		try (Connection connection = dataSource().getConnection()) {
			return validation.validate(connection);
		}
	}

	void sql(String sql) {
		try (Connection connection = dataSource().getConnection()) {
			execute(connection, sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private List<String> instances() {
		return client().sql("select instance_name from health_probe order by instance_name").query(String.class).list();
	}

	private JdbcClient client() {
		return JdbcClient.create(dataSource());
	}

	static String error(Health health) {
		return String.valueOf(health.getDetails().get("error"));
	}

}
