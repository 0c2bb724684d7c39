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

package io.github.healthstarter.indicator.redis;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.data.redis.connection.ClusterInfo;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.Assert;

import io.github.healthstarter.time.TimeSource;

/**
 * Asks a Redis server with {@code PING}, or a Redis cluster for its state, or has either
 * set a key. Any number of threads may ask at once.
 */
public final class RedisIndicator implements HealthIndicator {

	private static final String PING_PERMISSION = "+ping";

	private static final String CLUSTER_PERMISSION = "+cluster";

	private static final long SLOTS = 16384;

	private static final int SHARE_OF_TIMEOUT = 4;

	private final RedisConnectionFactory connectionFactory;

	private final @Nullable WriteProbe probe;

	private final ClientPool pool;

	private final ClusterQuestion clusterQuestion;

	/**
	 * Create an indicator for a server or cluster.
	 * @param connectionFactory where each run gets its connection
	 * @param validation what is asked
	 * @param time tells the time that is written
	 * @param timeout how long a run may take; the nodes of a cluster get a share of it
	 * each
	 */
	public RedisIndicator(RedisConnectionFactory connectionFactory, RedisValidation validation, TimeSource time,
			Duration timeout) {
		Assert.notNull(connectionFactory, "'connectionFactory' must not be null");
		this.connectionFactory = connectionFactory;
		this.probe = (validation.kind() == RedisValidation.Kind.WRITE) ? new WriteProbe(validation.key(), time) : null;
		this.pool = ClientPool.of(connectionFactory);
		this.clusterQuestion = new ClusterQuestion(timeout.dividedBy(SHARE_OF_TIMEOUT), timeout);
	}

	/**
	 * Get a connection and ask on it, blocking as long as the client does. Where the pool
	 * of the client is exhausted, a connection outside of it is asked on.
	 * @return up; read-only where reads are answered and writes are refused; degraded
	 * where the pool is exhausted; or down. The reason is told in a few words
	 */
	@Override
	public Health health() {
		String shortage = this.pool.shortage();
		if (shortage != null) {
			return askOutside(shortage);
		}
		try {
			return ask();
		}
		catch (RuntimeException ex) {
			RedisFailure failure = RedisFailure.of(ex, permissions());
			return failure.isPoolExhausted() ? askOutside(failure.reason()) : failure.toHealth().build();
		}
	}

	private String permissions() {
		return (this.probe != null) ? this.probe.permissions() : PING_PERMISSION;
	}

	private Health askOutside(String shortage) {
		return new PoolBypass(this.pool, permissions()).ask(shortage, (connection) -> askServer(connection).build());
	}

	private Health ask() {
		RedisConnection connection = this.connectionFactory.getConnection();
		try {
			return (connection instanceof RedisClusterConnection cluster) ? askCluster(cluster)
					: askServer(connection).build();
		}
		finally {
			close(connection);
		}
	}

	private Health.Builder askServer(RedisConnection connection) {
		if (this.probe != null) {
			this.probe.write(connection);
			return Health.up();
		}
		String reply = connection.ping();
		return "PONG".equals(reply) ? Health.up() : down("unexpected reply to PING: " + reply);
	}

	private Health askCluster(RedisClusterConnection connection) {
		Health.Builder health;
		try {
			health = askForStateAndWrite(connection);
		}
		catch (RuntimeException ex) {
			health = RedisFailure
				.of(ex, CLUSTER_PERMISSION + ((this.probe != null) ? " " + this.probe.permissions() : ""))
				.toHealth();
		}
		return health.withDetail("mode", "cluster").build();
	}

	// PING on a cluster's connection asks every master from the connection's own threads,
	// and a master that hangs keeps them. Any node knows the state of all.
	private Health.Builder askForStateAndWrite(RedisClusterConnection connection) {
		ClusterInfo info = this.clusterQuestion.ask(ClusterNode.of(connection));
		String state = (info != null) ? info.getState() : null;
		if (info == null || state == null) {
			return down("the cluster does not tell its state");
		}
		if (!"ok".equals(state)) {
			return down("the cluster is down: cluster_state is " + state + slots(info));
		}
		if (this.probe != null) {
			this.probe.write(connection);
		}
		return Health.up();
	}

	private static String slots(ClusterInfo info) {
		Long served = info.getSlotsOk();
		return (served != null && served < SLOTS) ? ", %d of %d slots served".formatted(served, SLOTS) : "";
	}

	private static Health.Builder down(String error) {
		return Health.down().withDetail("error", error);
	}

	private static void close(RedisConnection connection) {
		try {
			connection.close();
		}
		catch (RuntimeException ex) {
			// What the server answered stands, whether or not the client takes it back.
		}
	}

}
