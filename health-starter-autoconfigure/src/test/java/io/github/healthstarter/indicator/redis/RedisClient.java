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

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The clients that Spring Boot knows, as it sets them up, but for the limits.
 */
enum RedisClient {

	LETTUCE {

		@Override
		ConnectedRedis connect(RedisConfiguration configuration, Duration limit) {
			LettuceConnectionFactory factory = new LettuceConnectionFactory(configuration,
					LettuceClientConfiguration.builder().commandTimeout(limit).build());
			factory.afterPropertiesSet();
			factory.start();
			return new ConnectedRedis(factory, factory::destroy);
		}

	},

	JEDIS {

		@Override
		ConnectedRedis connect(RedisConfiguration configuration, Duration limit) {
			JedisConnectionFactory factory = create(configuration,
					JedisClientConfiguration.builder().connectTimeout(limit).readTimeout(limit).usePooling().build());
			factory.afterPropertiesSet();
			factory.start();
			return new ConnectedRedis(factory, factory::destroy);
		}

		private JedisConnectionFactory create(RedisConfiguration configuration, JedisClientConfiguration client) {
			if (configuration instanceof RedisClusterConfiguration cluster) {
				return new JedisConnectionFactory(cluster, client);
			}
			if (configuration instanceof RedisSentinelConfiguration sentinel) {
				return new JedisConnectionFactory(sentinel, client);
			}
			return new JedisConnectionFactory((RedisStandaloneConfiguration) configuration, client);
		}

	};

	private static final Duration LIMIT = Duration.ofSeconds(2);

	abstract ConnectedRedis connect(RedisConfiguration configuration, Duration limit);

	ConnectedRedis connect(RedisConfiguration configuration) {
		return connect(configuration, LIMIT);
	}

}
