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

import java.util.regex.Pattern;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.data.redis.connection.ClusterInfo;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.Assert;

/**
 * Asks a Redis server with {@code PING}, or a Redis cluster for its state, in one round
 * trip. Any number of threads may ask at once.
 */
public final class RedisIndicator implements HealthIndicator {

	/**
	 * An error reply of Redis begins with a code, such as {@code LOADING} or
	 * {@code NOAUTH}.
	 */
	private static final Pattern ERROR_REPLY = Pattern.compile("[A-Z]{3,} ");

	private final RedisConnectionFactory connectionFactory;

	/**
	 * Creates an indicator for a server or cluster.
	 * @param connectionFactory where each run gets its connection
	 */
	public RedisIndicator(RedisConnectionFactory connectionFactory) {
		Assert.notNull(connectionFactory, "'connectionFactory' must not be null");
		this.connectionFactory = connectionFactory;
	}

	/**
	 * Gets a connection and asks on it, blocking as long as the client does.
	 * @return up, or down with the error that came from the client or the server
	 */
	@Override
	public Health health() {
		try {
			return ask();
		}
		catch (RuntimeException ex) {
			return down(describe(ex)).build();
		}
	}

	private Health ask() {
		RedisConnection connection = this.connectionFactory.getConnection();
		try {
			return (connection instanceof RedisClusterConnection cluster) ? askCluster(cluster) : askServer(connection);
		}
		finally {
			close(connection);
		}
	}

	private static Health askServer(RedisConnection connection) {
		String reply = connection.ping();
		if ("PONG".equals(reply)) {
			return Health.up().build();
		}
		return down("unexpected reply to PING: " + reply).build();
	}

	// PING on a cluster's connection asks every master from the connection's own threads,
	// and a master that hangs keeps them. One node knows the state of all.
	private static Health askCluster(RedisClusterConnection connection) {
		ClusterInfo info = connection.clusterGetClusterInfo();
		String state = (info != null) ? info.getState() : null;
		Health.Builder health = "ok".equals(state) ? Health.up() : down("cluster state is " + state);
		return health.withDetail("mode", "cluster").build();
	}

	private static Health.Builder down(String error) {
		return Health.down().withDetail("error", error);
	}

	private static String describe(RuntimeException ex) {
		Throwable root = NestedExceptionUtils.getMostSpecificCause(ex);
		String message = root.getMessage();
		if (message != null && ERROR_REPLY.matcher(message).lookingAt()) {
			return message;
		}
		return (root != ex) ? "%s (%s)".formatted(ex, root) : ex.toString();
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
