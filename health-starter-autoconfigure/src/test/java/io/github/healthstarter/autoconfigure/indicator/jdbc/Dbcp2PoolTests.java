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

package io.github.healthstarter.autoconfigure.indicator.jdbc;

import java.sql.Connection;
import java.time.Duration;

import org.apache.commons.dbcp2.BasicDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.DataSourcePoolMetadataProvidersConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import io.github.healthstarter.indicator.IndicatorCall;
import io.github.healthstarter.indicator.jdbc.DataSourceIndicator;
import io.github.healthstarter.indicator.jdbc.Validation;
import io.github.healthstarter.testing.Cleanup;
import io.github.healthstarter.testing.FaultProxy;
import io.github.healthstarter.testing.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DataSourceIndicator} on Commons DBCP2, found as in an application, on
 * PostgreSQL. There is no public way to connect outside that pool.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class Dbcp2PoolTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(4);

	@AutoClose
	private final Cleanup cleanup = new Cleanup();

	private final TestPostgres postgres = TestPostgres.shared();

	private final FaultProxy proxy = this.cleanup.add(this.postgres.proxy());

	private final BasicDataSource pool = this.cleanup.add(new BasicDataSource());

	private final DataSourceIndicator indicator;

	Dbcp2PoolTests() {
		this.pool.setUrl(this.postgres.jdbcUrl(this.proxy));
		this.pool.setUsername(this.postgres.user());
		this.pool.setPassword(this.postgres.password());
		this.pool.setMaxTotal(1);
		AnnotationConfigApplicationContext context = this.cleanup
			.add(new AnnotationConfigApplicationContext(DataSourcePoolMetadataProvidersConfiguration.class));
		this.indicator = new DataSourceIndicator(() -> new ConnectionPools(context).find(this.pool, TIMEOUT),
				Validation.ping(TIMEOUT));
	}

	@AfterEach
	void stop() {
		this.proxy.pass();
	}

	@Test
	void healthWhenPoolIsExhaustedIsDegradedWithoutWaiting() throws Exception {
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UP);
		try (Connection lease = this.pool.getConnection()) {
			assertThat(lease.isValid(1)).isTrue();
			this.proxy.hang();
			Health health = IndicatorCall.onPlatformThread(this.indicator).result(TIMEOUT);
			assertThat(health.getStatus().getCode()).isEqualTo("DEGRADED");
			assertThat(health.getDetails()).containsEntry("error", "pool exhausted: 1 of 1 in use");
			this.proxy.pass();
		}
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void healthWhenPoolIsFreeAndDatabaseIsGoneIsDown() throws Exception {
		this.proxy.refuse();
		Health health = IndicatorCall.onPlatformThread(this.indicator).result(TIMEOUT);
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat((String) health.getDetails().get("error")).contains("Connection refused");
	}

}
