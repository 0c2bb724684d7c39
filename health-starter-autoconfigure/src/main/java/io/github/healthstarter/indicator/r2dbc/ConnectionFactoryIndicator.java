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

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ValidationDepth;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.util.Assert;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Asks a database through R2DBC, by the driver's validation or with a query. Any number
 * of threads may ask at once; each gets a connection of its own and gives it back. A pool
 * that has none left is not waited for, and the database asked outside of it.
 */
public final class ConnectionFactoryIndicator implements HealthIndicator {

	/**
	 * Leaves most of the time to the connection outside an exhausted pool.
	 */
	private static final int SHARE_OF_TIMEOUT = 4;

	private final ConnectionFactory connectionFactory;

	private final @Nullable PooledQuestion pooled;

	private final @Nullable String query;

	private final Duration timeout;

	/**
	 * Create an indicator.
	 * @param connectionFactory where each run gets its connection
	 * @param query the query to run, any number of rows will do; {@code null} for the
	 * driver's own validation
	 * @param timeout how long a run may take, more than zero
	 */
	public ConnectionFactoryIndicator(ConnectionFactory connectionFactory, @Nullable String query, Duration timeout) {
		Assert.notNull(connectionFactory, "'connectionFactory' must not be null");
		Assert.isTrue(timeout.compareTo(Duration.ZERO) > 0,
				() -> "'timeout' is %s and must be more than zero".formatted(timeout));
		PoolView pool = PoolView.of(connectionFactory);
		this.connectionFactory = connectionFactory;
		this.pooled = (pool != null) ? new PooledQuestion(connectionFactory, pool, timeout.dividedBy(SHARE_OF_TIMEOUT))
				: null;
		this.query = query;
		this.timeout = timeout;
	}

	/**
	 * Get a connection and ask on it, blocking until there is an answer or no time left.
	 * @return up, degraded where the pool is exhausted, or down with the error that came
	 * from the driver
	 */
	@Override
	public Health health() {
		return Mono.defer(this::answer)
			.onErrorResume((ex) -> Mono.just(down(ex.toString())))
			.timeout(this.timeout, Mono.fromSupplier(this::late))
			.blockOptional()
			.orElseGet(() -> down("the driver gave no answer"));
	}

	private Mono<Health> answer() {
		return (this.pooled != null) ? this.pooled.ask(this::ask)
				: Mono.usingWhen(this.connectionFactory.create(), this::ask, ConnectionFactoryIndicator::close);
	}

	private Health late() {
		return down("no answer within %dms".formatted(this.timeout.toMillis()));
	}

	private Mono<Health> ask(Connection connection) {
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

	// What the database answered stands, whether or not the connection can be given back.
	static Mono<Void> close(Connection connection) {
		return Mono.from(connection.close()).onErrorComplete();
	}

	static Health down(String error) {
		return Health.down().withDetail("error", error).build();
	}

}
