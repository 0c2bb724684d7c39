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
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.healthstarter.indicator.pool.PoolLoad;

/**
 * Pool of a client, as far as it is public.
 */
interface ClientPool {

	// A derived class may open its connections in a way of its own
	static ClientPool of(RedisConnectionFactory factory) {
		if (factory.getClass() == LettuceConnectionFactory.class) {
			return new LettuceClientPool((LettuceConnectionFactory) factory);
		}
		if (factory.getClass() == JedisConnectionFactory.class) {
			return new JedisClientPool((JedisConnectionFactory) factory);
		}
		return (check) -> null;
	}

	/**
	 * Return the load of the pool now.
	 * @return the load, {@link PoolLoad#UNKNOWN} if the client does not report it
	 */
	default PoolLoad load() {
		return PoolLoad.UNKNOWN;
	}

	/**
	 * Run a check on a connection outside the pool.
	 * @param check the check
	 * @return its result, {@code null} if there is no public way to open a connection
	 */
	@Nullable Health checkUnpooled(Function<RedisConnection, Health> check);

}
