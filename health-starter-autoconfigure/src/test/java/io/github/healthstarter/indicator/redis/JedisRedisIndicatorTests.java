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

import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import redis.clients.jedis.Jedis;

import io.github.healthstarter.indicator.IndicatorCall;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisIndicator} with Jedis.
 */
class JedisRedisIndicatorTests extends AbstractRedisIndicatorTests {

	@Override
	JedisConnectionFactory pooled(RedisStandaloneConfiguration configuration) {
		GenericObjectPoolConfig<Jedis> pool = new GenericObjectPoolConfig<>();
		pool.setMaxTotal(1);
		pool.setMaxWait(QUIET);
		return start(new JedisConnectionFactory(configuration,
				JedisClientConfiguration.builder().usePooling().poolConfig(pool).build()));
	}

	@Override
	JedisConnectionFactory plain(RedisStandaloneConfiguration configuration) {
		return start(new JedisConnectionFactory(configuration));
	}

	@Override
	JedisConnectionFactory cluster(RedisClusterConfiguration configuration) {
		return start(new JedisConnectionFactory(configuration));
	}

	private JedisConnectionFactory start(JedisConnectionFactory factory) {
		factory.afterPropertiesSet();
		factory.start();
		this.cleanup.add(factory::destroy);
		return factory;
	}

	@Test
	void healthWhenServerHangsIsNotEndedByAnInterruptButByTheAnswer() throws Exception {
		RedisIndicator indicator = indicator(start(new JedisConnectionFactory(throughProxy(),
				JedisClientConfiguration.builder().readTimeout(LIMIT).build())));
		assertThat(indicator.health()).isEqualTo(Health.up().build());
		this.proxy.hang();
		IndicatorCall call = IndicatorCall.onPlatformThread(indicator);
		assertThat(call.isBlockedFor(QUIET)).isTrue();
		call.interrupt();
		assertThat(call.isBlockedFor(QUIET)).isTrue();
		this.proxy.pass();
		assertThat(call.result(LIMIT.dividedBy(4))).isEqualTo(Health.up().build());
	}

}
