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
import java.util.Objects;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.ValidationDepth;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.util.Assert;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.healthstarter.indicator.pool.ConnectionLimit;
import io.github.healthstarter.indicator.pool.NoConnectionException;
import io.github.healthstarter.indicator.pool.NoConnectionException.Reason;
import io.github.healthstarter.indicator.pool.PoolLoad;
import io.github.healthstarter.indicator.pool.PoolRule;
import io.github.healthstarter.indicator.pool.PooledDependency;

/**
 * Health indicator of a database that is reached through R2DBC, by the driver's
 * validation or a query. Safe for any number of threads.
 */
public final class ConnectionFactoryIndicator implements HealthIndicator {

	private final ConnectionFactory connectionFactory;

	private final boolean opens;

	private final @Nullable String query;

	private final Duration timeout;

	/**
	 * Create an indicator.
	 * @param connectionFactory the source of the connections
	 * @param query the query to run, with any number of rows; {@code null} for the
	 * driver's own validation
	 * @param timeout the time that a run may take, more than zero
	 */
	public ConnectionFactoryIndicator(ConnectionFactory connectionFactory, @Nullable String query, Duration timeout) {
		this(connectionFactory, true, query, timeout);
	}

	/**
	 * Create an indicator that may leave it to the application to open the pool.
	 * @param connectionFactory the source of the connections
	 * @param opens whether a pool without any connection is opened; if not, the database
	 * is checked on a connection outside it
	 * @param query the query to run; {@code null} for the driver's own validation
	 * @param timeout the time that a run may take, more than zero
	 */
	public ConnectionFactoryIndicator(ConnectionFactory connectionFactory, boolean opens, @Nullable String query,
			Duration timeout) {
		Assert.notNull(connectionFactory, "'connectionFactory' must not be null");
		Assert.isTrue(timeout.compareTo(Duration.ZERO) > 0,
				() -> "'timeout' is %s and must be more than zero".formatted(timeout));
		this.connectionFactory = connectionFactory;
		this.opens = opens;
		this.query = query;
		this.timeout = timeout;
	}

	/**
	 * Validate a connection, blocking until there is a result or the time is over.
	 * @return up, degraded if the pool is exhausted, or down with the error of the driver
	 */
	@Override
	public Health health() {
		Database database = new Database(PoolView.of(this.connectionFactory));
		return (this.opens || database.hasConnections()) ? PoolRule.check(database) : PoolRule.checkOutside(database);
	}

	private Health check(Mono<Connection> source) {
		return Mono.usingWhen(source, this::validate, ConnectionFactoryIndicator::close)
			.onErrorResume((ex) -> !(ex instanceof NoConnectionException), (ex) -> Mono.just(down(ex.toString())))
			.timeout(this.timeout, Mono.fromSupplier(this::late))
			.blockOptional()
			.orElseGet(() -> down("the driver gave no answer"));
	}

	private static Mono<Connection> connect(ConnectionFactory factory) {
		return Mono.defer(() -> Mono.<Connection>from(Objects.requireNonNullElseGet(factory.create(), Mono::empty)))
			.onErrorMap(ConnectionFactoryIndicator::noConnection)
			.switchIfEmpty(Mono.error(() -> NoConnectionException.noneReturned("the connection factory")));
	}

	private static NoConnectionException noConnection(Throwable ex) {
		boolean limited = ex instanceof R2dbcException sql
				&& ConnectionLimit.isReached(sql.getSqlState(), sql.getErrorCode());
		return new NoConnectionException(limited ? Reason.CONNECTION_LIMIT : Reason.FAILURE, ex.toString(), ex);
	}

	private Health late() {
		return down("no answer within " + this.timeout.toMillis() + "ms");
	}

	private Mono<Health> validate(Connection connection) {
		Mono<Boolean> answer = (this.query != null) ? run(connection, this.query)
				: Mono.from(connection.validate(ValidationDepth.REMOTE));
		String database = connection.getMetadata().getDatabaseProductName();
		return answer.map((valid) -> valid ? Health.up().withDetail("database", database).build()
				: down("connection is not valid"));
	}

	private static Mono<Boolean> run(Connection connection, String query) {
		return Flux.from(connection.createStatement(query).execute())
			.concatMap((result) -> result.map((readable) -> true))
			.take(1)
			.then(Mono.just(true));
	}

	// The database has answered, whether or not the pool takes the connection back
	private static Mono<Void> close(Connection connection) {
		return Mono.from(connection.close()).onErrorComplete();
	}

	private static Health down(String error) {
		return Health.down().withDetail("error", error).build();
	}

	/**
	 * Database that is reached through the pool.
	 */
	private final class Database implements PooledDependency {

		private final @Nullable PoolView pool;

		Database(@Nullable PoolView pool) {
			this.pool = pool;
		}

		boolean hasConnections() {
			return this.pool == null || this.pool.load().get().total() > 0;
		}

		@Override
		public PoolLoad load() {
			return (this.pool != null) ? this.pool.load().get() : PoolLoad.UNKNOWN;
		}

		@Override
		public boolean limitsWait() {
			return true;
		}

		@Override
		public Health checkPooled() {
			return check(limitWait(connect(ConnectionFactoryIndicator.this.connectionFactory)));
		}

		// A connection that the pool is opening is waited for, one that is in use is not
		private Mono<Connection> limitWait(Mono<Connection> connection) {
			if (this.pool == null) {
				return connection;
			}
			Duration wait = PoolRule.maxWait(ConnectionFactoryIndicator.this.timeout);
			return connection.timeout(Flux.interval(wait).filter((tick) -> load().isFull()).next(),
					Mono.error(() -> NoConnectionException.poolTimeout(wait, null)));
		}

		@Override
		public @Nullable Health checkUnpooled() {
			return (this.pool != null) ? check(connect(this.pool.unpooled())) : null;
		}

	}

}
