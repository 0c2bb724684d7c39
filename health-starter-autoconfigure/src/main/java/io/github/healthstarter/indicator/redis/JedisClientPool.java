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

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.util.ClassUtils;
import redis.clients.jedis.Connection;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.util.Pool;

import io.github.healthstarter.indicator.pool.PoolLoad;

/**
 * Pool of Jedis. That of its unified client reports its load.
 *
 * @param factory the connection factory with the pool
 */
record JedisClientPool(JedisConnectionFactory factory) implements ClientPool {

	private static final boolean UNIFIED = ClassUtils.hasMethod(JedisConnectionFactory.class, "isUseUnifiedJedis");

	@Override
	public PoolLoad load() {
		Pool<Connection> pool = pool();
		if (pool == null || pool.getMaxTotal() < 0) {
			return PoolLoad.UNKNOWN;
		}
		int active = pool.getNumActive();
		return new PoolLoad(active, active + pool.getNumIdle(), pool.getMaxTotal(), pool.getNumWaiters());
	}

	// A connection of the unified client takes nothing from the pool until it is used.
	private @Nullable Pool<Connection> pool() {
		if (UNIFIED && this.factory.isRunning() && this.factory.isUseUnifiedJedis()
				&& !this.factory.isRedisClusterAware() && !this.factory.isRedisSentinelAware()
				&& this.factory.getConnection().getNativeConnection() instanceof RedisClient client) {
			return client.getPool();
		}
		return null;
	}

	@Override
	public @Nullable Health checkUnpooled(Function<RedisConnection, Health> check) {
		JedisConnectionFactory other = anotherFactory();
		if (other == null) {
			return null;
		}
		try {
			other.afterPropertiesSet();
			other.start();
			try (RedisConnection connection = other.getConnection()) {
				return check.apply(connection);
			}
		}
		finally {
			other.destroy();
		}
	}

	private @Nullable JedisConnectionFactory anotherFactory() {
		JedisClientConfiguration client = this.factory.getClientConfiguration();
		RedisSentinelConfiguration sentinel = this.factory.getSentinelConfiguration();
		if (sentinel != null) {
			return new JedisConnectionFactory(sentinel, client);
		}
		RedisStandaloneConfiguration server = this.factory.getStandaloneConfiguration();
		return (server != null && !this.factory.isRedisClusterAware()) ? new JedisConnectionFactory(server, client)
				: null;
	}

}
