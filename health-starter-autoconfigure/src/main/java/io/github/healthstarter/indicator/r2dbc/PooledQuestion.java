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
import java.util.Set;
import java.util.function.Function;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Mono;

/**
 * Asks on a connection of a pool. Where it has none to give, the database is asked on one
 * outside of it, so that an empty pool and a database that is gone are told apart.
 */
final class PooledQuestion {

	/**
	 * PostgreSQL's state, for the server as for a database or a role.
	 */
	private static final String TOO_MANY_CONNECTIONS = "53300";

	/**
	 * MySQL and MariaDB: of the server, of the user.
	 */
	private static final Set<Integer> TOO_MANY_CONNECTIONS_CODES = Set.of(1040, 1203, 1226);

	private final ConnectionFactory connectionFactory;

	private final PoolView pool;

	private final Duration maxWait;

	PooledQuestion(ConnectionFactory connectionFactory, PoolView pool, Duration maxWait) {
		this.connectionFactory = connectionFactory;
		this.pool = pool;
		this.maxWait = maxWait;
	}

	Mono<Health> ask(Function<Connection, Mono<Health>> question) {
		String shortage = this.pool.shortage();
		if (shortage != null) {
			return askOutside(shortage, question)
				.map((health) -> (this.pool.shortage() != null) ? degradedIfUp(health, shortage) : health);
		}
		return Mono.usingWhen(borrow(), question, ConnectionFactoryIndicator::close)
			.onErrorResume(ExhaustedException.class,
					(ex) -> askOutside(ex.shortage, question).map((health) -> degradedIfUp(health, ex.shortage)));
	}

	// Waits for what the pool has to open, and not for what others have to give back
	private Mono<Connection> borrow() {
		Mono<String> inVain = Mono.delay(this.maxWait)
			.mapNotNull((tick) -> this.pool.shortage())
			.switchIfEmpty(Mono.never());
		return Mono.<Connection>from(this.connectionFactory.create())
			.timeout(inVain)
			.onErrorMap(this::exhaustedOrItself);
	}

	private Throwable exhaustedOrItself(Throwable ex) {
		String shortage = this.pool.shortage();
		return (shortage != null) ? new ExhaustedException(shortage, ex) : ex;
	}

	private Mono<Health> askOutside(String shortage, Function<Connection, Mono<Health>> question) {
		return Mono
			.usingWhen(Mono.<Connection>from(this.pool.target().create()), question, ConnectionFactoryIndicator::close)
			.onErrorResume((ex) -> Mono.just(isTooManyConnections(ex)
					? degraded(Health.unknown().build(), shortage + "; the database takes no more connections")
					: ConnectionFactoryIndicator.down(ex + "; " + shortage)));
	}

	private static boolean isTooManyConnections(Throwable ex) {
		return ex instanceof R2dbcException database && (TOO_MANY_CONNECTIONS.equals(database.getSqlState())
				|| TOO_MANY_CONNECTIONS_CODES.contains(database.getErrorCode()));
	}

	private static Health degradedIfUp(Health health, String shortage) {
		return Status.UP.equals(health.getStatus()) ? degraded(health, shortage) : health;
	}

	private static Health degraded(Health health, String error) {
		return Health.status("DEGRADED").withDetails(health.getDetails()).withDetail("error", error).build();
	}

	/**
	 * There was no connection, because the pool is exhausted.
	 */
	private static final class ExhaustedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final String shortage;

		ExhaustedException(String shortage, @Nullable Throwable cause) {
			super(shortage, cause);
			this.shortage = shortage;
		}

	}

}
