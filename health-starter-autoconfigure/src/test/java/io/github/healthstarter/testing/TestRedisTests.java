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

package io.github.healthstarter.testing;

import java.io.UncheckedIOException;
import java.net.ConnectException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link TestRedis}.
 */
@Timeout(120)
class TestRedisTests {

	@Test
	void sharedIsOneServerThatAnswers() {
		TestRedis redis = TestRedis.shared();
		assertThat(redis).isSameAs(TestRedis.shared());
		assertThat(redis.call("PING")).isEqualTo("PONG");
		assertThat(redis.call("ECHO", "hello\r\nworld")).isEqualTo("hello\r\nworld");
		assertThat(redis.call("NOPE")).startsWith("-ERR unknown command");
	}

	@Test
	void sharedCannotBeEndedByATest() {
		TestRedis redis = TestRedis.shared();
		assertThatIllegalStateException().isThrownBy(redis::stop);
		assertThatIllegalStateException().isThrownBy(redis::kill);
		assertThatIllegalStateException().isThrownBy(redis::start);
		assertThatIllegalStateException().isThrownBy(redis::close);
		assertThat(redis.call("PING")).isEqualTo("PONG");
	}

	@Test
	void launchAppliesConfiguration() {
		try (TestRedis redis = TestRedis.launch("requirepass secret")) {
			assertThat(redis.port()).isNotEqualTo(TestRedis.shared().port());
			assertThat(redis.call("PING")).startsWith("-NOAUTH");
			assertThat(redis.call("AUTH", "secret")).isEqualTo("OK");
		}
	}

	@Test
	void launchWithWrongConfigurationSaysWhatTheServerSaid() {
		assertThatIllegalStateException().isThrownBy(() -> TestRedis.launch("no-such-setting 1"))
			.withMessageContaining("no-such-setting");
	}

	@Test
	void startAfterStopAndKillKeepsPortAndSavedData() {
		try (TestRedis redis = TestRedis.launch()) {
			int port = redis.port();
			redis.call("SET", "key", "value");
			assertThat(redis.call("SAVE")).isEqualTo("OK");
			redis.stop();
			assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> redis.call("PING"))
				.withCauseInstanceOf(ConnectException.class);
			redis.start();
			assertThat(redis.call("GET", "key")).isEqualTo("value");
			redis.kill();
			assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> redis.call("PING"));
			redis.start();
			assertThatIllegalStateException().isThrownBy(redis::start);
			assertThat(redis.call("GET", "key")).isEqualTo("value");
			assertThat(redis.port()).isEqualTo(port);
		}
	}

	@Test
	void closeEndsTheServer() {
		TestRedis redis = TestRedis.launch();
		redis.close();
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> redis.call("PING"));
	}

}
