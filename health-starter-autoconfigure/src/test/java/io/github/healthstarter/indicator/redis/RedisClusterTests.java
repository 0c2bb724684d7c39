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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.RedisPassword;

import io.github.healthstarter.testing.Cleanup;
import io.github.healthstarter.testing.TestRedis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisIndicator} with every client and a cluster of three masters.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RedisClusterTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final int[] BOUNDS = { 0, 5461, 10923, 16384 };

	private static final int RUNS = 100;

	private final List<TestRedis> nodes = new ArrayList<>();

	@AutoClose
	private final Cleanup cleanup = new Cleanup();

	@BeforeEach
	void start() {
		for (int i = 0; i < 3; i++) {
			TestRedis node = this.cleanup.add(TestRedis.launchAmongOthers("cluster-enabled yes",
					"cluster-node-timeout 3000", "user probe on >secret ~other +@all"));
			this.nodes.add(node);
			node.call(Stream
				.concat(Stream.of("CLUSTER", "ADDSLOTS"),
						IntStream.range(BOUNDS[i], BOUNDS[i + 1]).mapToObj(String::valueOf))
				.toArray(String[]::new));
			node.call("CLUSTER", "MEET", "127.0.0.1", String.valueOf(this.nodes.get(0).port()));
		}
		this.nodes.forEach((node) -> await(node, "cluster_state:ok"));
		this.nodes.forEach((node) -> await(node, "cluster_size:3"));
	}

	@ParameterizedTest
	@EnumSource
	@Execution(ExecutionMode.CONCURRENT)
	void clusterThatLosesAMasterIsDownUntilItIsBack(RedisClient client) {
		ConnectedRedis connected = connect(client, configuration());
		Health up = Health.up().withDetail("mode", "cluster").build();
		connected.awaitPing("UP");
		assertThat(connected.awaitWrite("UP")).isEqualTo(up);
		this.nodes.get(0).kill();
		await(this.nodes.get(1), "cluster_state:fail");
		await(this.nodes.get(2), "cluster_state:fail");
		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(connected.write()).isEqualTo(Health.down()
				.withDetail("error", "the cluster is down: cluster_state is fail, 10923 of 16384 slots served")
				.withDetail("mode", "cluster")
				.build()));
		this.nodes.get(0).start();
		connected.awaitWrite("UP");
	}

	@ParameterizedTest
	@EnumSource
	@Execution(ExecutionMode.CONCURRENT)
	void clusterWhoseMasterIsFullIsReadOnlyUntilThereIsRoom(RedisClient client) {
		ConnectedRedis connected = connect(client, configuration());
		this.nodes.forEach((node) -> node.call("CONFIG", "SET", "maxmemory", "1"));
		assertThat(connected.awaitWrite("READ_ONLY")).isEqualTo(Health.status("READ_ONLY")
			.withDetail("error", "writes are refused: maxmemory is reached")
			.withDetail("mode", "cluster")
			.build());
		this.nodes.forEach((node) -> node.call("CONFIG", "SET", "maxmemory", "0"));
		connected.awaitWrite("UP");
	}

	@ParameterizedTest
	@EnumSource
	@Execution(ExecutionMode.CONCURRENT)
	void permissionThatTheUserLacksIsAFailureWithItsMend(RedisClient client) {
		RedisClusterConfiguration configuration = configuration();
		configuration.setUsername("probe");
		configuration.setPassword(RedisPassword.of("secret"));
		Health health = connect(client, configuration).write();
		assertThat(health.getDetails()).containsEntry("error",
				"the user lacks a permission: ACL SETUSER <user> +cluster ~health_probe +setex +get");
	}

	@ParameterizedTest
	@EnumSource
	@Execution(ExecutionMode.CONCURRENT)
	void clusterThatIsGoneIsDown(RedisClient client) {
		ConnectedRedis connected = connect(client, configuration());
		connected.awaitPing("UP");
		this.nodes.forEach(TestRedis::kill);
		connected.awaitPing("DOWN");
		assertThat(connected.pingError()).isIn("connection refused", "command timed out", "the connection was lost");
	}

	@ParameterizedTest
	@EnumSource
	@Execution(ExecutionMode.CONCURRENT)
	void nodeThatIsGoneSaysNothingAboutTheCluster(RedisClient client) {
		TestRedis extra = launchExtra();
		ConnectedRedis connected = connect(client, configuration());
		connected.awaitPing("UP");
		extra.kill();
		assertThat(Stream.generate(connected::ping).limit(RUNS)).allSatisfy(RedisClusterTests::assertUp);
		assertUp(connected.write());
	}

	@ParameterizedTest
	@EnumSource
	@Execution(ExecutionMode.CONCURRENT)
	void nodeThatHangsSaysNothingAboutTheCluster(RedisClient client) {
		TestRedis extra = launchExtra();
		ConnectedRedis connected = connect(client, configuration());
		connected.awaitPing("UP");
		assertThat(extra.call("CLIENT", "PAUSE", "60000", "ALL")).isEqualTo("OK");
		RedisIndicator indicator = connected.indicator();
		assertThat(Stream.generate(indicator::health).limit(RUNS)).allSatisfy(RedisClusterTests::assertUp);
	}

	// A master without slots: the cluster does without it.
	private TestRedis launchExtra() {
		TestRedis extra = this.cleanup
			.add(TestRedis.launchAmongOthers("cluster-enabled yes", "cluster-node-timeout 30000"));
		this.nodes.add(extra);
		extra.call("CLUSTER", "MEET", "127.0.0.1", String.valueOf(this.nodes.get(0).port()));
		this.nodes.forEach((node) -> await(node, "cluster_known_nodes:4"));
		this.nodes.forEach((node) -> await(node, "cluster_state:ok"));
		return extra;
	}

	private static void assertUp(Health health) {
		assertThat(health).isEqualTo(Health.up().withDetail("mode", "cluster").build());
	}

	private RedisClusterConfiguration configuration() {
		RedisClusterConfiguration configuration = new RedisClusterConfiguration();
		this.nodes.forEach((node) -> configuration.clusterNode(new RedisNode(node.host(), node.port())));
		return configuration;
	}

	private ConnectedRedis connect(RedisClient client, RedisClusterConfiguration configuration) {
		return this.cleanup.add(client.connect(configuration));
	}

	private static void await(TestRedis node, String line) {
		Awaitility.await().atMost(LIMIT).until(() -> node.call("CLUSTER", "INFO").contains(line));
	}

}
