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

import io.lettuce.core.api.StatefulConnection;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettucePoolingClientConfiguration;
import org.springframework.util.ClassUtils;
import redis.clients.jedis.Connection;
import redis.clients.jedis.RedisClient;

import io.github.healthstarter.indicator.pool.AbstractExhaustedPoolTests;
import io.github.healthstarter.testing.Cleanup;
import io.github.healthstarter.testing.FaultProxy;
import io.github.healthstarter.testing.TestRedis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisIndicator} if the only connection of a pool is in use, on a real
 * Redis.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RedisPoolTests {

	private static final Duration NO_LIMIT = Duration.ofMillis(-1);

	private static final Duration SHORT = Duration.ofMillis(300);

	private static final Duration LIMIT = Duration.ofSeconds(2);

	@AutoClose
	private final Cleanup cleanup = new Cleanup();

	private final FaultProxy proxy = this.cleanup.add(TestRedis.shared().proxy());

	@Test
	@EnabledIf(value = "isLoadReported", disabledReason = "needs Spring Data Redis 4.1")
	void serverThatRefusesWritesIsReadOnlyThoughThePoolIsFull() {
		TestRedis full = this.cleanup.add(TestRedis.launch("maxmemory 1"));
		ConnectedRedis redis = jedis(full.port(), true, NO_LIMIT);
		try (Connection taken = takeFrom(redis)) {
			assertThat(taken.isConnected()).isTrue();
			assertThat(redis.write()).isEqualTo(health("READ_ONLY", "writes are refused: maxmemory is reached"));
		}
	}

	static boolean isLoadReported() {
		return ClassUtils.hasMethod(JedisConnectionFactory.class, "isUseUnifiedJedis");
	}

	private static Connection takeFrom(ConnectedRedis redis) {
		return ((RedisClient) redis.factory().getConnection().getNativeConnection()).getPool().getResource();
	}

	private ConnectedRedis jedis(int port, boolean unified, Duration maxWait) {
		JedisConnectionFactory factory = new JedisConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", port),
				JedisClientConfiguration.builder().readTimeout(LIMIT).usePooling().poolConfig(one(maxWait)).build());
		if (isLoadReported()) {
			factory.setUseUnifiedJedis(unified);
		}
		factory.afterPropertiesSet();
		factory.start();
		return this.cleanup.add(new ConnectedRedis(factory, factory::destroy));
	}

	private ConnectedRedis lettuce() {
		GenericObjectPoolConfig<StatefulConnection<?, ?>> pool = one(SHORT);
		LettuceConnectionFactory factory = new LettuceConnectionFactory(
				new RedisStandaloneConfiguration("127.0.0.1", this.proxy.port()),
				LettucePoolingClientConfiguration.builder().poolConfig(pool).commandTimeout(LIMIT).build());
		factory.setShareNativeConnection(false);
		factory.afterPropertiesSet();
		factory.start();
		return this.cleanup.add(new ConnectedRedis(factory, factory::destroy));
	}

	private static <T> GenericObjectPoolConfig<T> one(Duration maxWait) {
		GenericObjectPoolConfig<T> pool = new GenericObjectPoolConfig<>();
		pool.setMaxTotal(1);
		pool.setMaxWait(maxWait);
		pool.setTestOnBorrow(true);
		return pool;
	}

	private static Health health(String status, String error) {
		return Health.status(status).withDetail("error", error).build();
	}

	/**
	 * Contract of the rule, with a client and its pool.
	 */
	abstract class ClientTests extends AbstractExhaustedPoolTests {

		private final ConnectedRedis redis;

		private final String shortage;

		ClientTests(ConnectedRedis redis, String shortage) {
			this.redis = redis;
			this.shortage = shortage;
		}

		@Override
		protected HealthIndicator indicator() {
			return this.redis.indicator();
		}

		@Override
		protected AutoCloseable exhaust() {
			RedisConnection taken = this.redis.factory().getConnection();
			assertThat(taken.ping()).isEqualTo("PONG");
			return taken;
		}

		@Override
		protected String shortage() {
			return this.shortage;
		}

		@Override
		protected void stopServer() {
			RedisPoolTests.this.proxy.refuse();
		}

		@Override
		protected void startServer() {
			RedisPoolTests.this.proxy.pass();
		}

	}

	@Nested
	@EnabledIf(value = "io.github.healthstarter.indicator.redis.RedisPoolTests#isLoadReported",
			disabledReason = "needs Spring Data Redis 4.1")
	class UnifiedJedisTests extends ClientTests {

		UnifiedJedisTests() {
			super(jedis(RedisPoolTests.this.proxy.port(), true, NO_LIMIT), "pool exhausted: 1 of 1 in use, 0 waiting");
		}

		@Override
		protected AutoCloseable exhaust() {
			return takeFrom(super.redis);
		}

	}

	@Nested
	class JedisTests extends ClientTests {

		JedisTests() {
			super(jedis(RedisPoolTests.this.proxy.port(), false, SHORT), "no connection of the pool is free");
		}

	}

	@Nested
	class LettuceTests extends ClientTests {

		LettuceTests() {
			super(lettuce(), "no connection of the pool is free");
		}

	}

}
