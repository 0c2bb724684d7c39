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

import io.github.healthstarter.indicator.pool.NoConnectionException;
import io.github.healthstarter.indicator.pool.PoolLoad;
import io.github.healthstarter.indicator.pool.PoolRule;
import io.github.healthstarter.indicator.pool.PooledDependency;
import io.github.healthstarter.time.TimeSource;

/**
 * Health indicator of a Redis server or cluster. A server is pinged, a cluster is queried
 * for its state; a key can be set as well. Safe for any number of threads.
 */
public final class RedisIndicator implements HealthIndicator {

	private static final long SLOTS = 16384;

	private static final int SHARE_OF_TIMEOUT = 4;

	private final RedisConnectionFactory connectionFactory;

	private final @Nullable WriteProbe probe;

	private final ClientPool pool;

	private final ClusterStateQuery clusterState;

	/**
	 * Create an indicator for a server or cluster.
	 * @param connectionFactory the source of the connections
	 * @param validation the validation
	 * @param time the source of the time that is written
	 * @param timeout the time that a run may take; the nodes of a cluster get a share of
	 * it each
	 */
	public RedisIndicator(RedisConnectionFactory connectionFactory, RedisValidation validation, TimeSource time,
			Duration timeout) {
		Assert.notNull(connectionFactory, "'connectionFactory' must not be null");
		this.connectionFactory = connectionFactory;
		this.probe = (validation.kind() == RedisValidation.Kind.WRITE) ? new WriteProbe(validation.key(), time) : null;
		this.pool = ClientPool.of(connectionFactory);
		this.clusterState = new ClusterStateQuery(timeout.dividedBy(SHARE_OF_TIMEOUT), timeout);
	}

	/**
	 * Check the server or cluster, blocking as long as the client does.
	 * @return up; read-only if reads are answered and writes are refused; degraded if the
	 * pool is exhausted; or down, with the reason in a few words
	 */
	@Override
	public Health health() {
		Run run = new Run();
		Health health = PoolRule.check(run);
		return run.cluster ? Health.status(health.getStatus())
			.withDetails(health.getDetails())
			.withDetail("mode", "cluster")
			.build() : health;
	}

	private Health checkServer(RedisConnection connection) {
		if (this.probe != null) {
			this.probe.write(connection);
			return Health.up().build();
		}
		String reply = connection.ping();
		return "PONG".equals(reply) ? Health.up().build() : down("unexpected reply to PING: " + reply);
	}

	// PING on a cluster's connection goes to every master from the connection's own
	// threads, and a master that hangs keeps them
	private Health checkCluster(RedisClusterConnection connection) {
		ClusterInfo info = this.clusterState.run(ClusterNode.of(connection));
		String state = (info != null) ? info.getState() : null;
		if (info == null || state == null) {
			return down("cluster state unavailable");
		}
		if (!"ok".equals(state)) {
			return down("the cluster is down: cluster_state is " + state + slots(info));
		}
		if (this.probe != null) {
			this.probe.write(connection);
		}
		return Health.up().build();
	}

	private static String slots(ClusterInfo info) {
		Long served = info.getSlotsOk();
		return (served != null && served < SLOTS) ? ", " + served + " of " + SLOTS + " slots served" : "";
	}

	private static Health down(String error) {
		return Health.down().withDetail("error", error).build();
	}

	private static void close(RedisConnection connection) {
		try {
			connection.close();
		}
		catch (RuntimeException ex) {
			// The server has answered, whether or not the client takes the connection
			// back.
		}
	}

	/**
	 * One run of the check.
	 */
	private final class Run implements PooledDependency {

		private boolean cluster;

		@Override
		public PoolLoad load() {
			return RedisIndicator.this.pool.load();
		}

		@Override
		public Health checkPooled() {
			try {
				return check();
			}
			catch (RuntimeException ex) {
				return failure(ex);
			}
		}

		@Override
		public @Nullable Health checkUnpooled() {
			try {
				return RedisIndicator.this.pool.checkUnpooled(RedisIndicator.this::checkServer);
			}
			catch (RuntimeException ex) {
				return failure(ex);
			}
		}

		private Health check() {
			RedisConnection connection = RedisIndicator.this.connectionFactory.getConnection();
			if (connection == null) {
				throw NoConnectionException.noneReturned("the connection factory");
			}
			try {
				this.cluster = connection instanceof RedisClusterConnection;
				return (connection instanceof RedisClusterConnection nodes) ? checkCluster(nodes)
						: checkServer(connection);
			}
			finally {
				close(connection);
			}
		}

		private Health failure(RuntimeException ex) {
			if (ex instanceof NoConnectionException none) {
				throw none;
			}
			return RedisFailure.of(ex, permissions()).toHealth();
		}

		private String permissions() {
			WriteProbe probe = RedisIndicator.this.probe;
			String write = (probe != null) ? probe.permissions() : "+ping";
			if (this.cluster) {
				return (probe != null) ? "+cluster " + write : "+cluster";
			}
			return write;
		}

	}

}
