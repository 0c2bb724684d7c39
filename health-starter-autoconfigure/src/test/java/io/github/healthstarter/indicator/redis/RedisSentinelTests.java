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

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.health.contributor.Status;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;

import io.github.healthstarter.testing.Cleanup;
import io.github.healthstarter.testing.TestRedis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisIndicator} with a master, a replica and a sentinel.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RedisSentinelTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	@AutoClose
	private final Cleanup cleanup = new Cleanup();

	private TestRedis master;

	private TestRedis replica;

	private TestRedis sentinel;

	@BeforeEach
	void start() {
		this.master = this.cleanup.add(TestRedis.launchAmongOthers());
		this.replica = this.cleanup.add(TestRedis.launchAmongOthers("replicaof 127.0.0.1 " + this.master.port()));
		await().until(() -> this.replica.call("INFO", "replication").contains("master_link_status:up"));
		this.sentinel = this.cleanup
			.add(TestRedis.launchAmongOthers("sentinel monitor orders 127.0.0.1 " + this.master.port() + " 1",
					"sentinel down-after-milliseconds orders 1000", "sentinel failover-timeout orders 5000"));
		await().until(() -> this.sentinel.call("SENTINEL", "REPLICAS", "orders"), "*1"::equals);
	}

	@ParameterizedTest
	@EnumSource
	void writeGoesToTheMasterAndAfterItsDeathToTheOneThatIsPromoted(RedisClient client) {
		ConnectedRedis connected = this.cleanup.add(client.connect(configuration("orders")));
		assertThat(connected.ping().getStatus()).isEqualTo(Status.UP);
		assertThat(connected.write().getStatus()).isEqualTo(Status.UP);
		assertThat(this.master.call("EXISTS", ConnectedRedis.KEY)).isEqualTo("1");
		this.master.kill();
		connected.awaitWrite("DOWN");
		await().until(() -> connected.write().getStatus(), Status.UP::equals);
		assertThat(this.replica.call("ROLE")).isNotEqualTo("*5");
	}

	@Test
	void masterThatNoSentinelKnowsIsNamedAsTheReason() {
		assertThat(this.cleanup.add(RedisClient.LETTUCE.connect(configuration("payments"))).pingError())
			.isEqualTo("the sentinels know no such master: see spring.data.redis.sentinel.master");
	}

	@Test
	void sentinelThatDoesNotAnswerIsNamedAsTheReason() {
		this.sentinel.kill();
		assertThat(this.cleanup.add(RedisClient.LETTUCE.connect(configuration("orders"))).pingError())
			.isEqualTo("no sentinel answers");
	}

	private RedisSentinelConfiguration configuration(String master) {
		return new RedisSentinelConfiguration().master(master).sentinel("127.0.0.1", this.sentinel.port());
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(LIMIT);
	}

}
