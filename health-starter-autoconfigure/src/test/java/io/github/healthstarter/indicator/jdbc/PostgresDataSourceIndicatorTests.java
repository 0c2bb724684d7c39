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

import java.time.Duration;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import io.github.healthstarter.indicator.IndicatorCall;
import io.github.healthstarter.testing.FaultProxy;
import io.github.healthstarter.testing.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DataSourceIndicator} on PostgreSQL.
 */
class PostgresDataSourceIndicatorTests extends AbstractDataSourceIndicatorTests {

	private final TestPostgres postgres = TestPostgres.shared();

	@Override
	FaultProxy startProxy() {
		return this.postgres.proxy();
	}

	@Override
	String productName() {
		return "PostgreSQL";
	}

	@Override
	DataSource dataSource() {
		return dataSource(this.postgres.jdbcUrl(this.proxy));
	}

	@Override
	DataSource rejectedDataSource() {
		return dataSource(this.postgres.jdbcUrl(this.proxy) + "_absent");
	}

	@Override
	String rejection() {
		return "_absent\" does not exist";
	}

	private DataSource dataSource(String url) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(url);
		dataSource.setUser(this.postgres.user());
		dataSource.setPassword(this.postgres.password());
		return dataSource;
	}

	@Test
	void healthWhenDatabaseHangsEndsWithTheDriversLimitAndNotWithAnInterrupt() throws Exception {
		DataSourceIndicator indicator = indicator(singleConnection(), Duration.ofSeconds(3));
		assertThat(indicator.health()).isEqualTo(up());
		this.proxy.hang();
		IndicatorCall call = IndicatorCall.onPlatformThread(indicator);
		assertThat(call.isBlockedFor(QUIET)).isTrue();
		call.interrupt();
		assertThat(call.isBlockedFor(QUIET)).isTrue();
		Health health = call.result(Duration.ofSeconds(7));
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("error",
				"connection is not valid: it is broken or did not answer within 3s");
	}

	@Test
	void healthWhenDatabaseHangsGivesTheOnlyConnectionOfAPoolBack() throws Exception {
		HikariDataSource pool = pool(1);
		DataSourceIndicator indicator = indicator(pool);
		assertThat(indicator.health()).isEqualTo(up());
		this.proxy.hang();
		Health health = IndicatorCall.onPlatformThread(indicator).result(LIMIT);
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
		this.proxy.pass();
		awaitUp(indicator);
	}

	@Test
	void healthWhenDatabaseHangsOnANewConnectionBlocksUntilItAnswers() throws Exception {
		this.proxy.hang();
		IndicatorCall call = IndicatorCall.onPlatformThread(indicator(dataSource()));
		assertThat(call.isBlockedFor(QUIET)).isTrue();
		call.interrupt();
		assertThat(call.isBlockedFor(QUIET)).isTrue();
		this.proxy.pass();
		assertThat(call.result(LIMIT)).isEqualTo(up());
		assertThat(call.wasInterruptedAfterwards()).isTrue();
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void healthWhenDatabaseHangsOnAVirtualThreadIsEndedByAnInterrupt() throws Exception {
		this.proxy.hang();
		IndicatorCall call = IndicatorCall.onVirtualThread(indicator(dataSource()));
		assertThat(call.isBlockedFor(QUIET)).isTrue();
		call.interrupt();
		assertThat(error(call.result(Duration.ofSeconds(5)))).contains("Closed by interrupt");
	}

}
