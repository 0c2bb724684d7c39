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

package io.github.healthstarter.sample.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.healthstarter.sample.JavaProcess;
import io.github.healthstarter.sample.TestProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EmbeddedServers}.
 */
class EmbeddedServersTests {

	private static final Pattern PIDS = Pattern.compile("^(\\d+) (\\d+)$", Pattern.MULTILINE);

	@Test
	void closeWhenServersHangStopsThemAndDeletesTheirFiles() {
		TestProcess postgres;
		TestProcess redis;
		Path directory;
		try (EmbeddedServers servers = EmbeddedServers.start()) {
			postgres = new TestProcess(servers.postgres().pid());
			redis = new TestProcess(servers.redis().pid());
			directory = redis.directory();
			assertThat(postgres.isRunning()).isTrue();
			assertThat(directory).isDirectoryContaining("glob:**/postgres");
			postgres.signal("STOP");
			redis.signal("STOP");
		}
		assertThat(directory).doesNotExist();
		Awaitility.await()
			.atMost(Duration.ofSeconds(5))
			.untilAsserted(() -> assertThat(new TestProcess[] { postgres, redis }).noneMatch(TestProcess::isRunning));
	}

	@Test
	void jvmThatIsKilledLeavesNothingBehind(@TempDir Path temporary) throws IOException {
		try (JavaProcess jvm = JavaProcess.start(temporary.resolve("log"), ServersOnly.class)) {
			MatchResult pids = jvm.await(PIDS);
			List<TestProcess> servers = List.of(TestProcess.of(pids.group(1)), TestProcess.of(pids.group(2)));
			Path directory = servers.get(1).directory();
			assertThat(servers).allMatch(TestProcess::isRunning);
			jvm.process().destroyForcibly();
			Awaitility.await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
				assertThat(directory).doesNotExist();
				assertThat(servers).noneMatch(TestProcess::isRunning);
			});
		}
	}

}
