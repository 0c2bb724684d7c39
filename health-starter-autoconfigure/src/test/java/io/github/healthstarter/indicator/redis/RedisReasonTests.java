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

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.healthstarter.testing.Cleanup;
import io.github.healthstarter.testing.FakeRedis;
import io.github.healthstarter.testing.FaultProxy;
import io.github.healthstarter.testing.TestRedis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the reasons that {@link RedisIndicator} gives with every client.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RedisReasonTests {

	private static final Duration SHORT = Duration.ofMillis(500);

	@AutoClose
	private final Cleanup cleanup = new Cleanup();

	@ParameterizedTest
	@EnumSource
	void permissionThatTheUserLacks(RedisClient client) {
		TestRedis redis = this.cleanup.add(TestRedis.launch("user probe on >secret ~* +@all -ping"));
		RedisStandaloneConfiguration configuration = standalone(redis);
		configuration.setUsername("probe");
		configuration.setPassword(RedisPassword.of("secret"));
		assertThat(connect(client, configuration).pingError())
			.isEqualTo("the user lacks a permission: ACL SETUSER <user> +ping");
	}

	@ParameterizedTest
	@EnumSource
	void serverThatTakesNoMoreConnections(RedisClient client) throws IOException {
		TestRedis redis = this.cleanup.add(TestRedis.launch());
		redis.call("CONFIG", "SET", "maxclients", "1");
		try (ConnectedRedis first = client.connect(standalone(redis))) {
			first.awaitPing("UP");
			assertThat(connect(client, standalone(redis)).pingError())
				.isIn("the server takes no more connections: maxclients is reached", "the connection was lost");
		}
	}

	@ParameterizedTest
	@EnumSource
	void replyOfAServer(RedisClient client) {
		FakeRedis loading = this.cleanup.add(new FakeRedis("LOADING Redis is loading the dataset in memory"));
		assertThat(connect(client, new RedisStandaloneConfiguration("127.0.0.1", loading.port())).pingError())
			.isEqualTo("loading its data set");
		FakeRedis denied = this.cleanup.add(new FakeRedis("DENIED Redis is running in protected mode because"));
		assertThat(connect(client, new RedisStandaloneConfiguration("127.0.0.1", denied.port())).pingError())
			.isEqualTo("in protected mode, the server takes connections from its own host alone");
	}

	@ParameterizedTest
	@EnumSource
	void serverThatIsBusyWithAScript(RedisClient client) {
		TestRedis redis = this.cleanup.add(TestRedis.launch("lua-time-limit 1"));
		ConnectedRedis connected = connect(client, standalone(redis));
		connected.awaitPing("UP");
		Thread script = new Thread(() -> redis.call("EVAL", "while true do end", "0"), "endless-script");
		script.setDaemon(true);
		script.start();
		connected.awaitPing("DOWN");
		assertThat(connected.pingError()).isEqualTo("busy with a script that has run for too long");
		redis.call("SCRIPT", "KILL");
		connected.awaitPing("UP");
	}

	@ParameterizedTest
	@EnumSource
	void serverThatCannotBeReached(RedisClient client) {
		FaultProxy proxy = this.cleanup.add(TestRedis.shared().proxy());
		proxy.refuse();
		assertThat(connect(client, new RedisStandaloneConfiguration(proxy.host(), proxy.port())).pingError())
			.isEqualTo("connection refused");
	}

	@ParameterizedTest
	@EnumSource
	void serverThatStopsAnswering(RedisClient client) {
		FaultProxy proxy = this.cleanup.add(TestRedis.shared().proxy());
		RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration(proxy.host(), proxy.port());
		ConnectedRedis connected = this.cleanup.add(client.connect(configuration, SHORT));
		connected.awaitPing("UP");
		proxy.hang();
		assertThat(connected.pingError()).isEqualTo("command timed out");
		proxy.pass();
		connected.awaitPing("UP");
	}

	@ParameterizedTest
	@EnumSource
	void serverThatNeverAnswers(RedisClient client) throws IOException {
		ServerSocket silent = this.cleanup.add(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
		RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration("127.0.0.1",
				silent.getLocalPort());
		assertThat(this.cleanup.add(client.connect(configuration, SHORT)).pingError()).isIn("command timed out",
				"cannot connect: no answer in time");
	}

	@ParameterizedTest
	@EnumSource
	void serverThatCutsTheConnection(RedisClient client) {
		FaultProxy proxy = this.cleanup.add(TestRedis.shared().proxy());
		ConnectedRedis connected = connect(client, new RedisStandaloneConfiguration(proxy.host(), proxy.port()));
		connected.awaitPing("UP");
		proxy.reset();
		connected.awaitPing("DOWN");
		assertThat(connected.pingError()).isIn("the connection was lost", "command timed out");
	}

	private ConnectedRedis connect(RedisClient client, RedisConfiguration configuration) {
		return this.cleanup.add(client.connect(configuration));
	}

	private static RedisStandaloneConfiguration standalone(TestRedis redis) {
		return new RedisStandaloneConfiguration(redis.host(), redis.port());
	}

}
