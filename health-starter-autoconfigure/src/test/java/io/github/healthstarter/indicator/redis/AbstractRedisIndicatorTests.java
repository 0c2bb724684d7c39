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
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.healthstarter.testing.Cleanup;
import io.github.healthstarter.testing.FaultProxy;
import io.github.healthstarter.testing.TestRedis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link RedisIndicator} does with every client, on a real Redis behind a proxy that
 * breaks the connection.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class AbstractRedisIndicatorTests {

	static final Duration LIMIT = Duration.ofSeconds(20);

	static final Duration QUIET = Duration.ofMillis(500);

	private static final int SLOTS = 16384;

	@AutoClose
	final Cleanup cleanup = new Cleanup();

	FaultProxy proxy;

	/**
	 * Creates a started factory whose connections come from a pool of one.
	 */
	abstract RedisConnectionFactory pooled(RedisStandaloneConfiguration configuration);

	/**
	 * Creates a started factory as the client has it by default.
	 */
	abstract RedisConnectionFactory plain(RedisStandaloneConfiguration configuration);

	abstract RedisConnectionFactory cluster(RedisClusterConfiguration configuration);

	@BeforeEach
	void startProxy() {
		this.proxy = this.cleanup.add(TestRedis.shared().proxy());
	}

	@AfterEach
	void stop() {
		this.proxy.pass();
	}

	@Test
	void healthWhenServerAnswersIsUp() {
		assertThat(indicator(plain(throughProxy())).health()).isEqualTo(Health.up().build());
	}

	@Test
	void healthManyTimesGivesTheOnlyConnectionOfAPoolBack() {
		RedisIndicator indicator = indicator(pooled(throughProxy()));
		for (int i = 0; i < 50; i++) {
			assertThat(indicator.health()).isEqualTo(Health.up().build());
		}
		assertThat(this.proxy.connections()).isOne();
	}

	@Test
	void healthAfterFailuresHasGivenTheOnlyConnectionOfAPoolBack() {
		RedisIndicator indicator = indicator(pooled(throughProxy()));
		assertThat(indicator.health()).isEqualTo(Health.up().build());
		this.proxy.reset();
		for (int i = 0; i < 5; i++) {
			assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
		}
		this.proxy.pass();
		awaitUp(indicator);
	}

	@Test
	void healthWhenServerWasNeverThereIsDownWithTheReason() {
		this.proxy.refuse();
		Health health = indicator(plain(throughProxy())).health();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(error(health)).isEqualTo("connection refused");
	}

	@Test
	void healthWhenServerIsGoneIsDownAndComesBack() {
		RedisIndicator indicator = indicator(plain(throughProxy()));
		assertThat(indicator.health()).isEqualTo(Health.up().build());
		this.proxy.refuse();
		assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
		this.proxy.pass();
		awaitUp(indicator);
	}

	@Test
	void healthWhenServerWantsAnotherPasswordIsDownWithTheReason() {
		TestRedis redis = launch("requirepass secret");
		RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration(redis.host(), redis.port());
		assertThat(error(indicator(plain(configuration)).health()))
			.isEqualTo("authentication is required: set spring.data.redis.password");
		configuration.setPassword(RedisPassword.of("wrong"));
		assertThat(error(indicator(plain(configuration)).health()))
			.isEqualTo("the password, or the user name, is wrong");
		configuration.setPassword(RedisPassword.of("secret"));
		assertThat(indicator(plain(configuration)).health()).isEqualTo(Health.up().build());
	}

	@Test
	void healthWhenServerIsLoadingIsDownUntilItHasLoaded() {
		TestRedis redis = launch("rdbcompression no", "key-load-delay 20000");
		redis.call("EVAL", "for i = 1, 200 do redis.call('set', i, string.rep('x', 100000)) end", "0");
		assertThat(redis.call("SAVE")).isEqualTo("OK");
		redis.kill();
		redis.start();
		RedisIndicator indicator = indicator(plain(new RedisStandaloneConfiguration(redis.host(), redis.port())));
		assertThat(indicator.health()).isEqualTo(Health.down().withDetail("error", "loading its data set").build());
		awaitUp(indicator);
	}

	@Test
	void healthOfAClusterFollowsItsState() {
		TestRedis redis = launch("cluster-enabled yes");
		redis.call(addSlots());
		awaitClusterState(redis, "ok");
		RedisIndicator indicator = indicator(cluster(clusterOf(redis)));
		assertThat(indicator.health()).isEqualTo(Health.up().withDetail("mode", "cluster").build());
		redis.call("CLUSTER", "DELSLOTS", "0");
		awaitClusterState(redis, "fail");
		assertThat(indicator.health()).isEqualTo(clusterFailed(SLOTS - 1));
	}

	private static String[] addSlots() {
		return Stream.concat(Stream.of("CLUSTER", "ADDSLOTS"), IntStream.range(0, SLOTS).mapToObj(String::valueOf))
			.toArray(String[]::new);
	}

	private static void awaitClusterState(TestRedis redis, String state) {
		await().until(() -> redis.call("CLUSTER", "INFO").contains("cluster_state:" + state));
	}

	static RedisClusterConfiguration clusterOf(TestRedis redis) {
		return new RedisClusterConfiguration().clusterNode(new RedisNode(redis.host(), redis.port()));
	}

	static Health clusterFailed(int slots) {
		return Health.down()
			.withDetail("error", "the cluster is down: cluster_state is fail, " + slots + " of 16384 slots served")
			.withDetail("mode", "cluster")
			.build();
	}

	RedisIndicator indicator(RedisConnectionFactory factory) {
		return ConnectedRedis.indicator(factory, RedisValidation.Kind.PING);
	}

	RedisStandaloneConfiguration throughProxy() {
		return new RedisStandaloneConfiguration(this.proxy.host(), this.proxy.port());
	}

	TestRedis launch(String... configuration) {
		return this.cleanup.add(TestRedis.launch(configuration));
	}

	static void awaitUp(RedisIndicator indicator) {
		await().until(() -> indicator.health().getStatus().equals(Status.UP));
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(LIMIT).pollDelay(Duration.ZERO);
	}

	static String error(Health health) {
		return String.valueOf(health.getDetails().get("error"));
	}

}
