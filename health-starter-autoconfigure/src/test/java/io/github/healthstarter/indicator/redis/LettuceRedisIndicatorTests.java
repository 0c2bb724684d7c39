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
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettucePoolingClientConfiguration;

import io.github.healthstarter.indicator.IndicatorCall;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisIndicator} with Lettuce.
 */
class LettuceRedisIndicatorTests extends AbstractRedisIndicatorTests {

	private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(2);

	@Override
	LettuceConnectionFactory pooled(RedisStandaloneConfiguration configuration) {
		GenericObjectPoolConfig<StatefulConnection<?, ?>> pool = new GenericObjectPoolConfig<>();
		pool.setMaxTotal(1);
		pool.setMaxWait(QUIET);
		pool.setTestOnBorrow(true);
		LettuceConnectionFactory factory = new LettuceConnectionFactory(configuration,
				LettucePoolingClientConfiguration.builder().poolConfig(pool).commandTimeout(COMMAND_TIMEOUT).build());
		factory.setShareNativeConnection(false);
		return start(factory);
	}

	@Override
	LettuceConnectionFactory plain(RedisStandaloneConfiguration configuration) {
		return create(configuration, COMMAND_TIMEOUT);
	}

	@Override
	LettuceConnectionFactory cluster(RedisClusterConfiguration configuration) {
		return create(configuration, COMMAND_TIMEOUT);
	}

	private LettuceConnectionFactory create(RedisConfiguration configuration, Duration commandTimeout) {
		return start(new LettuceConnectionFactory(configuration,
				LettuceClientConfiguration.builder().commandTimeout(commandTimeout).build()));
	}

	private LettuceConnectionFactory start(LettuceConnectionFactory factory) {
		factory.afterPropertiesSet();
		factory.start();
		this.cleanup.add(factory::destroy);
		return factory;
	}

	@Test
	void healthWhenServerHangsIsEndedByAnInterrupt() throws Exception {
		RedisIndicator indicator = indicator(create(throughProxy(), LIMIT));
		assertThat(indicator.health()).isEqualTo(Health.up().build());
		this.proxy.hang();
		IndicatorCall call = IndicatorCall.onPlatformThread(indicator);
		assertThat(call.isBlockedFor(QUIET)).isTrue();
		call.interrupt();
		Health health = call.result(LIMIT.dividedBy(4));
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(error(health)).contains("Redis command interrupted");
		assertThat(call.wasInterruptedAfterwards()).isTrue();
		this.proxy.pass();
		assertThat(indicator.health()).isEqualTo(Health.up().build());
	}

	@Test
	void healthWhenServerHangsIsUpWhenItAnswersInTheEnd() throws Exception {
		RedisIndicator indicator = indicator(create(throughProxy(), LIMIT));
		assertThat(indicator.health()).isEqualTo(Health.up().build());
		this.proxy.hang();
		IndicatorCall call = IndicatorCall.onPlatformThread(indicator);
		assertThat(call.isBlockedFor(QUIET)).isTrue();
		this.proxy.pass();
		assertThat(call.result(LIMIT.dividedBy(4))).isEqualTo(Health.up().build());
	}

	@Test
	void healthWhenServerHangsLongerThanTheCommandTimeoutIsDown() throws Exception {
		RedisIndicator indicator = indicator(create(throughProxy(), QUIET));
		assertThat(indicator.health()).isEqualTo(Health.up().build());
		this.proxy.hang();
		Health health = IndicatorCall.onPlatformThread(indicator).result(LIMIT);
		assertThat(error(health)).isEqualTo("command timed out");
	}

	@Test
	void healthOfAClusterWithoutSlotsIsDown() {
		assertThat(indicator(cluster(clusterOf(launch("cluster-enabled yes")))).health()).isEqualTo(clusterFailed(0));
	}

}
