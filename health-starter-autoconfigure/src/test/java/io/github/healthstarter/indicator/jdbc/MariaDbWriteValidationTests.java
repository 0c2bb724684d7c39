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

import io.github.healthstarter.testing.TestMariaDb;

import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link WriteValidation} on MariaDB, where Debian's
 * {@code mariadb-server-core} is installed.
 */
class MariaDbWriteValidationTests extends AbstractWriteValidationTests {

	private static TestMariaDb server;

	@BeforeAll
	static void startServer() {
		assumeThat(TestMariaDb.isInstalled()).as("mariadbd and mariadb-install-db are installed").isTrue();
		server = TestMariaDb.start();
		root("create database app");
		root("create user app@'%' identified by 'app'");
		root("grant all on app.* to app@'%'");
		root("create user reader@'%' identified by 'reader'");
	}

	@AfterAll
	static void stopServer() {
		if (server != null) {
			server.close();
		}
	}

	private static void root(String sql) {
		try (Connection connection = server.dataSource("mysql", "root", "").getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	DataSource dataSource() {
		return server.dataSource("app", "app", "app");
	}

	@Override
	DataSource readerOf(String table) {
		root("grant select on app.%s to reader@'%%'".formatted(table));
		return server.dataSource("app", "reader", "reader");
	}

	@Override
	String readerName() {
		return "reader";
	}

	@Override
	void refuseWrites() {
		root("set global read_only = 1");
	}

	@Override
	void allowWrites() {
		root("set global read_only = 0");
	}

	@Override
	String yesterday() {
		return "current_timestamp - interval '25' hour";
	}

	@Override
	String lockLimit() {
		return "set innodb_lock_wait_timeout = 1";
	}

}
