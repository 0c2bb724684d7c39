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
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.ProbedApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests who is told what about a database that an application may not write to.
 */
class RefusedWriteTests {

	private static final String URL = "jdbc:h2:mem:refused-write";

	private static final List<String> SECRETS = List.of("orders_probe", "ORDERS_PROBE", "reader", "READER", "H2");

	private Connection owner;

	private ProbedApplication application;

	@BeforeEach
	void start() throws SQLException {
		this.owner = DriverManager.getConnection(URL, "sa", "");
		execute("create table orders_probe (instance_name varchar(100) not null primary key,"
				+ " checked_at timestamp with time zone not null)");
		execute("create user reader password 'secret'");
		execute("grant all on orders_probe to reader");
		this.application = ProbedApplication.onServlets(DatabaseApplication.class, "spring.datasource.url=" + URL,
				"spring.datasource.username=reader", "spring.datasource.password=secret",
				"health.jdbc.validation=write", "health.jdbc.table=orders_probe",
				"spring.autoconfigure.exclude=org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration");
	}

	@AfterEach
	void stop() throws SQLException {
		this.application.close();
		this.owner.close();
	}

	@Test
	void tableAndUserAreToldToTrustedCallersAlone() throws SQLException {
		execute("revoke insert, update, delete on orders_probe from reader");
		this.application.awaitState("failing");
		assertThat((String) this.application.get("/readyz/db").json().get("error"))
			.startsWith("user 'READER' may not write to table 'orders_probe': ");
		assertThat((String) this.application.get("/readyz").json().get("reason")).contains("orders_probe", "READER");
		for (String target : List.of("/readyz/db", "/readyz/db?verbose", "/readyz/write", "/readyz", "/readyz?verbose",
				"/startupz", "/healthz?verbose")) {
			for (String format : List.of("*/*", "text/plain", "application/health+json")) {
				HttpAnswer answer = this.application.get(target, "Via: proxy", "Accept: " + format);
				assertThat(answer.body()).as(target + " as " + format).doesNotContain(SECRETS);
				assertThat(answer.headers().toString()).as(target + " as " + format).doesNotContain(SECRETS);
			}
		}
		assertThat(this.application.get("/readyz/db", "Via: proxy").json()).containsOnlyKeys("status");
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = this.owner.createStatement()) {
			statement.execute(sql);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class DatabaseApplication {

	}

}
