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

package io.github.healthstarter.web;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.testing.ProbedApplication;
import io.github.healthstarter.testing.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the probes of a web application whose PostgreSQL stops to take writes.
 */
class ReadOnlyDatabaseTests {

	private static final Duration INTERVAL = Duration.ofSeconds(2);

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private static final Duration ALLOWANCE = Duration.ofSeconds(1);

	private final TestPostgres postgres = TestPostgres.shared();

	private ProbedApplication application;

	@BeforeEach
	void start() {
		this.application = ProbedApplication.onServlets(DatabaseApplication.class,
				"spring.datasource.url=" + this.postgres.jdbcUrl(),
				"spring.datasource.username=" + this.postgres.user(),
				"spring.datasource.password=" + this.postgres.password(), "health.jdbc.validation=write",
				"health.check-defaults.interval=" + INTERVAL.toSeconds() + "s",
				"health.check-defaults.retry-interval=" + INTERVAL.toSeconds() + "s",
				"health.check-defaults.timeout=" + TIMEOUT.toSeconds() + "s", "health.jdbc.table=read_only_probe",
				"health.jdbc.initialize-schema=always",
				"spring.autoconfigure.exclude=org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration");
	}

	@AfterEach
	void stop() {
		execute("alter system reset default_transaction_read_only", "select pg_reload_conf()");
		this.application.close();
		this.application.await().ignoreExceptions().until(() -> {
			execute("drop table if exists read_only_probe");
			return true;
		});
	}

	@Test
	void probesWhileTheDatabaseRefusesWritesSayReadOnlyAndWhenItTakesThemAgain() {
		assertThat(this.application.get("/readyz/write").status()).isEqualTo(200);
		execute("alter system set default_transaction_read_only = on", "select pg_reload_conf()");
		assertThatStateComesInOneInterval("read-only");
		assertThat(this.application.get("/readyz").status()).isEqualTo(200);
		assertThat(this.application.get("/readyz/read").status()).isEqualTo(200);
		assertThat(this.application.get("/readyz/write").status()).isEqualTo(503);
		assertThat(this.application.get("/readyz").json("components", "db")).containsEntry("status", "DEGRADED")
			.hasEntrySatisfying("error", (error) -> assertThat((String) error).startsWith("writes are refused: "));
		execute("alter system reset default_transaction_read_only", "select pg_reload_conf()");
		assertThatStateComesInOneInterval("running");
		assertThat(this.application.get("/readyz/write").status()).isEqualTo(200);
	}

	private void assertThatStateComesInOneInterval(String state) {
		long switchedAt = System.nanoTime();
		this.application.awaitState(state);
		assertThat(Duration.ofNanos(System.nanoTime() - switchedAt)).isLessThan(INTERVAL.plus(TIMEOUT).plus(ALLOWANCE));
	}

	private void execute(String... statements) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(this.postgres.jdbcUrl());
		dataSource.setUser(this.postgres.user());
		dataSource.setPassword(this.postgres.password());
		try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class DatabaseApplication {

	}

}
