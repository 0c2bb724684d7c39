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
import java.time.Instant;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.healthstarter.testing.Cleanup;
import io.github.healthstarter.testing.FakeRedis;
import io.github.healthstarter.testing.TestRedis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisIndicator} where it writes, with every client, on servers that
 * refuse it.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RedisWriteTests {

	@AutoClose
	private final Cleanup cleanup = new Cleanup();

	@ParameterizedTest
	@EnumSource
	void writeSetsOneKeyThatExpires(RedisClient client) {
		TestRedis redis = launch();
		assertThat(connect(client, redis).write()).isEqualTo(Health.up().build());
		assertThat(Instant.parse(redis.call("GET", ConnectedRedis.KEY))).isBeforeOrEqualTo(Instant.now());
		assertThat(Integer.parseInt(redis.call("TTL", ConnectedRedis.KEY))).isBetween(1, 60);
		assertThat(redis.call("DBSIZE")).isEqualTo("1");
	}

	@ParameterizedTest
	@EnumSource
	void pingWritesNothing(RedisClient client) {
		TestRedis redis = launch();
		assertThat(connect(client, redis).ping()).isEqualTo(Health.up().build());
		assertThat(redis.call("DBSIZE")).isEqualTo("0");
	}

	@ParameterizedTest
	@EnumSource
	void replicaIsReadOnlyUntilItIsPromoted(RedisClient client) {
		TestRedis master = this.cleanup.add(TestRedis.launchAmongOthers());
		TestRedis replica = this.cleanup.add(TestRedis.launchAmongOthers("replicaof 127.0.0.1 " + master.port()));
		awaitInfo(replica, "master_link_status:up");
		ConnectedRedis connected = connect(client, replica);
		assertThat(connected.write()).isEqualTo(readOnly("a replica: writes are refused"));
		assertThat(connected.ping()).isEqualTo(Health.up().build());
		replica.call("REPLICAOF", "NO", "ONE");
		connected.awaitWrite("UP");
	}

	@ParameterizedTest
	@EnumSource
	void replicaThatServesNoReadsIsDown(RedisClient client) {
		TestRedis replica = this.cleanup
			.add(TestRedis.launchAmongOthers("replicaof 127.0.0.1 1", "replica-serve-stale-data no"));
		assertThat(connect(client, replica).write())
			.isEqualTo(down("a replica without its master that serves no stale data"));
	}

	@ParameterizedTest
	@EnumSource
	void fullServerIsReadOnlyUntilThereIsRoom(RedisClient client) {
		TestRedis redis = launch("maxmemory 1");
		ConnectedRedis connected = connect(client, redis);
		assertThat(connected.write()).isEqualTo(readOnly("writes are refused: maxmemory is reached"));
		assertThat(connected.ping()).isEqualTo(Health.up().build());
		redis.call("CONFIG", "SET", "maxmemory", "0");
		connected.awaitWrite("UP");
	}

	@ParameterizedTest
	@EnumSource
	void masterWithoutReplicasIsReadOnlyWhereItWantsSome(RedisClient client) {
		TestRedis redis = launch("min-replicas-to-write 1");
		ConnectedRedis connected = connect(client, redis);
		assertThat(connected.write())
			.isEqualTo(readOnly("writes are refused: fewer replicas than min-replicas-to-write"));
		redis.call("CONFIG", "SET", "min-replicas-to-write", "0");
		connected.awaitWrite("UP");
	}

	// There are no files to be created in /dev/fd, not even for root.
	@ParameterizedTest
	@EnumSource
	void serverThatCannotSaveIsReadOnlyHoweverItIsAsked(RedisClient client) {
		TestRedis redis = launch("save 3600 1", "dir /dev/fd");
		ConnectedRedis connected = connect(client, redis);
		connected.awaitWrite("UP");
		redis.call("BGSAVE");
		awaitInfo(redis, "rdb_last_bgsave_status:err");
		Health refused = readOnly("writes are refused: the server cannot save its data");
		assertThat(connected.write()).isEqualTo(refused);
		assertThat(connected.ping()).isEqualTo(refused);
		redis.call("CONFIG", "SET", "stop-writes-on-bgsave-error", "no");
		connected.awaitWrite("UP");
	}

	@ParameterizedTest
	@EnumSource
	void permissionThatTheUserLacksIsAFailureWithItsMend(RedisClient client) {
		TestRedis redis = launch("user probe on >secret ~other +@all");
		RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration(redis.host(), redis.port());
		configuration.setUsername("probe");
		configuration.setPassword(RedisPassword.of("secret"));
		ConnectedRedis connected = this.cleanup.add(client.connect(configuration));
		assertThat(connected.ping().getStatus()).isEqualTo(Status.UP);
		assertThat(connected.write())
			.isEqualTo(down("the user lacks a permission: ACL SETUSER <user> ~health_probe +setex +get"));
		redis.call("ACL", "SETUSER", "probe", "~health_probe", "+setex", "+get");
		connected.awaitWrite("UP");
	}

	@ParameterizedTest
	@EnumSource
	void serverThatIsLoadingIsDown(RedisClient client) {
		FakeRedis loading = this.cleanup.add(new FakeRedis("LOADING Redis is loading the dataset in memory"));
		RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration("127.0.0.1", loading.port());
		assertThat(this.cleanup.add(client.connect(configuration)).write()).isEqualTo(down("loading its data set"));
	}

	private static void awaitInfo(TestRedis redis, String line) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> redis.call("INFO").contains(line));
	}

	private TestRedis launch(String... configuration) {
		return this.cleanup.add(TestRedis.launch(configuration));
	}

	private ConnectedRedis connect(RedisClient client, TestRedis redis) {
		return this.cleanup.add(client.connect(new RedisStandaloneConfiguration(redis.host(), redis.port())));
	}

	private static Health readOnly(String error) {
		return Health.status("READ_ONLY").withDetail("error", error).build();
	}

	private static Health down(String error) {
		return Health.down().withDetail("error", error).build();
	}

}
