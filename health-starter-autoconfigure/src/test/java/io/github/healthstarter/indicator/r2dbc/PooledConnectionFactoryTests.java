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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Publisher;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.r2dbc.connection.TransactionAwareConnectionFactoryProxy;
import reactor.core.publisher.Mono;

import io.github.healthstarter.indicator.IndicatorCall;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionFactoryIndicator} on a pool that waits for ever.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PooledConnectionFactoryTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(4);

	private final Database database = new Database();

	private final ConnectionPool pool = new ConnectionPool(
			ConnectionPoolConfiguration.builder(this.database).initialSize(0).maxSize(2).build());

	private final List<Connection> leases = new ArrayList<>();

	@AfterEach
	void stop() {
		giveBack();
		this.pool.dispose();
	}

	@Test
	void healthWhenThePoolIsFullIsDegradedWithTheCountsAndTakesNoPlaceInTheQueue() throws Exception {
		assertThat(indicator(this.pool).health().getStatus()).isEqualTo(Status.UP);
		lease();
		for (ConnectionFactory factory : List.of(this.pool, new TransactionAwareConnectionFactoryProxy(this.pool))) {
			assertThat(ask(factory)).isEqualTo(Health.status("DEGRADED")
				.withDetail("database", "H2")
				.withDetail("error", "pool exhausted: 2 of 2 in use, 0 waiting")
				.build());
		}
		assertThat(metrics().pendingAcquireSize()).isZero();
		giveBack();
		assertThat(indicator(this.pool).health().getStatus()).isEqualTo(Status.UP);
		assertThat(metrics().acquiredSize()).isZero();
	}

	@Test
	void healthWhenThePoolIsFullAndTheDatabaseIsGoneIsDownWithBothReasons() throws Exception {
		lease();
		this.database.failure = new R2dbcNonTransientResourceException("no route");
		Health health = ask(this.pool);
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat((String) health.getDetails().get("error")).contains("no route")
			.endsWith("; pool exhausted: 2 of 2 in use, 0 waiting");
	}

	@Test
	void healthWhenThePoolIsFullAndTheDatabaseHangsIsDown() throws Exception {
		lease();
		this.database.hangs = true;
		assertThat(ask(this.pool)).isEqualTo(Health.down().withDetail("error", "no answer within 4000ms").build());
	}

	@Test
	void healthWhenThePoolIsFullAndTheDatabaseTakesNoMoreConnectionsIsDegraded() throws Exception {
		lease();
		this.database.failure = new R2dbcNonTransientResourceException("too many", "53300");
		assertThat(ask(this.pool)).isEqualTo(Health.status("DEGRADED")
			.withDetail("error", "pool exhausted: 2 of 2 in use, 0 waiting; the database takes no more connections")
			.build());
	}

	@Test
	void healthWhenTheDatabaseIsGoneAndThePoolIsFreeIsDown() throws Exception {
		this.database.failure = new R2dbcNonTransientResourceException("no route");
		Health health = ask(this.pool);
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat((String) health.getDetails().get("error")).contains("no route").doesNotContain("exhausted");
	}

	@Test
	void healthWhenTheLastConnectionGoesToAnotherIsNotWaitedForBeyondTheTimeout() throws Exception {
		lease();
		PoolView view = new PoolView.R2dbcPool(this.pool, metrics());
		AtomicBoolean seen = new AtomicBoolean();
		PooledQuestion question = new PooledQuestion(this.pool, new PoolView() {

			@Override
			public @Nullable String shortage() {
				return seen.getAndSet(true) ? view.shortage() : null;
			}

			@Override
			public ConnectionFactory target() {
				return view.target();
			}

		}, Duration.ofMillis(100));
		Health health = question.ask((connection) -> Mono.just(Health.up().build())).block(TIMEOUT);
		assertThat(health).isEqualTo(
				Health.status("DEGRADED").withDetail("error", "pool exhausted: 2 of 2 in use, 0 waiting").build());
		assertThat(metrics().pendingAcquireSize()).isZero();
	}

	private Health ask(ConnectionFactory factory) throws Exception {
		return IndicatorCall.onPlatformThread(indicator(factory)).result(TIMEOUT.plus(TIMEOUT));
	}

	private static ConnectionFactoryIndicator indicator(ConnectionFactory factory) {
		return new ConnectionFactoryIndicator(factory, null, TIMEOUT);
	}

	private PoolMetrics metrics() {
		return this.pool.getMetrics().orElseThrow();
	}

	private void lease() {
		for (int i = 0; i < 2; i++) {
			this.leases.add(this.pool.create().block(TIMEOUT));
		}
	}

	private void giveBack() {
		this.leases.forEach((lease) -> Mono.from(lease.close()).block(TIMEOUT));
		this.leases.clear();
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
