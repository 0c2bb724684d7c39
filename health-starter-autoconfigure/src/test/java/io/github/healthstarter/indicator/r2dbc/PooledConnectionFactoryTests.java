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

package io.github.healthstarter.indicator.r2dbc;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.r2dbc.h2.H2ConnectionConfiguration;
import io.r2dbc.h2.H2ConnectionFactory;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.pool.PoolMetrics;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import io.r2dbc.spi.Wrapped;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.r2dbc.connection.TransactionAwareConnectionFactoryProxy;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import io.github.healthstarter.indicator.IndicatorCall;
import io.github.healthstarter.indicator.pool.AbstractExhaustedPoolTests;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionFactoryIndicator} on a pool that waits without a limit.
 */
class PooledConnectionFactoryTests extends AbstractExhaustedPoolTests {

	private final Database database = new Database();

	private final ConnectionPool pool = new ConnectionPool(
			ConnectionPoolConfiguration.builder(this.database).initialSize(0).maxSize(2).build());

	private final List<Connection> leases = new ArrayList<>();

	@AfterEach
	void stop() {
		giveBack();
		this.pool.dispose();
	}

	@Override
	protected HealthIndicator indicator() {
		return indicator(this.pool);
	}

	@Override
	protected AutoCloseable exhaust() {
		for (int i = 0; i < 2; i++) {
			this.leases.add(this.pool.create().block(TIMEOUT));
		}
		return this::giveBack;
	}

	@Override
	protected String shortage() {
		return "pool exhausted: 2 of 2 in use, 0 waiting";
	}

	@Override
	protected void stopServer() {
		this.database.failure = new R2dbcNonTransientResourceException("Connection refused");
	}

	@Override
	protected void startServer() {
		this.database.failure = null;
	}

	@Test
	void healthWhenPoolIsExhaustedLeavesTheQueueAndKeepsTheName() throws Exception {
		exhaust();
		for (ConnectionFactory factory : List.of(this.pool, new TransactionAwareConnectionFactoryProxy(this.pool))) {
			assertThat(check(factory)).isEqualTo(
					Health.status("DEGRADED").withDetail("database", "H2").withDetail("error", shortage()).build());
		}
		assertThat(metrics().pendingAcquireSize()).isZero();
		giveBack();
		assertThat(indicator().health().getStatus()).isEqualTo(Status.UP);
		assertThat(metrics().acquiredSize()).isZero();
	}

	@Test
	void healthWhenThePoolIsReplacedIsThatOfTheNewOne() throws Exception {
		Replaceable replaceable = new Replaceable(new Database());
		HealthIndicator indicator = indicator(new TransactionAwareConnectionFactoryProxy(replaceable));
		assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
		replaceable.target = this.pool;
		exhaust();
		assertThat(IndicatorCall.onPlatformThread(indicator).result(TIMEOUT.plus(TIMEOUT)).getDetails())
			.containsEntry("error", shortage());
	}

	@Test
	void healthWhenThePoolIsNotToBeOpenedIsThatOfTheDatabaseOutsideIt() {
		ConnectionFactoryIndicator indicator = new ConnectionFactoryIndicator(this.pool, false, null, TIMEOUT);
		assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
		assertThat(metrics().allocatedSize()).isZero();
		stopServer();
		assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void healthWhenOthersWaitForThePoolIsDegradedWithoutWaiting() throws Exception {
		exhaust();
		Disposable waiting = this.pool.create().subscribe();
		assertThat(check(this.pool).getDetails()).containsEntry("error", "pool exhausted: 2 of 2 in use, 1 waiting");
		waiting.dispose();
	}

	@Test
	void healthWhenPoolIsExhaustedAndDatabaseHangsIsDown() throws Exception {
		exhaust();
		this.database.hangs = true;
		assertThat(check(this.pool))
			.isEqualTo(Health.down().withDetail("error", "no answer within 4000ms; " + shortage()).build());
	}

	@ParameterizedTest
	@MethodSource
	void healthWhenDatabaseTakesNoMoreConnectionsIsDegraded(R2dbcException refusal) throws Exception {
		exhaust();
		this.database.failure = refusal;
		assertThat(check(this.pool)).isEqualTo(Health.status("DEGRADED")
			.withDetail("error", shortage() + "; the server takes no more connections")
			.build());
		Mono.from(this.leases.remove(0).close()).block(TIMEOUT);
		assertThat(metrics().idleSize()).isOne();
	}

	static Stream<R2dbcException> healthWhenDatabaseTakesNoMoreConnectionsIsDegraded() {
		return Stream.of(new R2dbcNonTransientResourceException("PostgreSQL", "53300"),
				new R2dbcNonTransientResourceException("MySQL", "08004", 1040),
				new R2dbcTransientResourceException("Oracle", "66000", 12519),
				new R2dbcNonTransientResourceException("SQL Server", "S0001", 10928));
	}

	@Test
	void healthWhenPoolCannotGrowAsTheDatabaseTakesNoMoreConnectionsIsDegraded() throws Exception {
		this.leases.add(this.pool.create().block(TIMEOUT));
		this.database.failure = new R2dbcNonTransientResourceException("Oracle", "66000", 12516);
		assertThat(check(this.pool)).isEqualTo(Health.status("DEGRADED")
			.withDetail("error", "1 of 2 in use, 0 waiting; the server takes no more connections")
			.build());
	}

	private Health check(ConnectionFactory factory) throws Exception {
		return IndicatorCall.onPlatformThread(indicator(factory)).result(TIMEOUT.plus(TIMEOUT));
	}

	private static ConnectionFactoryIndicator indicator(ConnectionFactory factory) {
		return new ConnectionFactoryIndicator(factory, null, TIMEOUT);
	}

	private PoolMetrics metrics() {
		return this.pool.getMetrics().orElseThrow();
	}

	private void giveBack() {
		this.leases.forEach((lease) -> Mono.from(lease.close()).block(TIMEOUT));
		this.leases.clear();
	}

	private static final class Replaceable implements ConnectionFactory, Wrapped<ConnectionFactory> {

		private volatile ConnectionFactory target;

		Replaceable(ConnectionFactory target) {
			this.target = target;
		}

		@Override
		public Publisher<? extends Connection> create() {
			return this.target.create();
		}

		@Override
		public ConnectionFactoryMetadata getMetadata() {
			return this.target.getMetadata();
		}

		@Override
		public ConnectionFactory unwrap() {
			return this.target;
		}

	}

	private static final class Database implements ConnectionFactory {

		private final ConnectionFactory h2 = new H2ConnectionFactory(
				H2ConnectionConfiguration.builder().inMemory("pooled").build());

		private volatile @Nullable R2dbcException failure;

		private volatile boolean hangs;

		// A pool asks for the publisher once
		@Override
		public Publisher<? extends Connection> create() {
			return Mono.defer(this::connect);
		}

		private Mono<? extends Connection> connect() {
			if (this.hangs) {
				return Mono.never();
			}
			return (this.failure != null) ? Mono.error(this.failure) : Mono.from(this.h2.create());
		}

		@Override
		public ConnectionFactoryMetadata getMetadata() {
			return this.h2.getMetadata();
		}

	}

}
