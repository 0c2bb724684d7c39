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

package io.github.healthstarter.sample.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import io.github.healthstarter.sample.JavaProcess;
import io.github.healthstarter.sample.SampleApplication;
import io.github.healthstarter.sample.servers.FreePorts;
import io.github.healthstarter.sample.servers.SharedServers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a real process that starts while what it depends on is away, which is no
 * reason to restart it.
 */
@Timeout(240)
@Execution(ExecutionMode.CONCURRENT)
class DependencyAwayAtStartTests {

	private static final String URL = "--spring.datasource.url=jdbc:postgresql://127.0.0.1:%d/postgres";

	@TempDir
	private static Path shared;

	private static Path redisExecutable;

	private static int postgresPort;

	@BeforeAll
	static void prepare() throws IOException {
		redisExecutable = RedisProcess.unpack(shared);
		postgresPort = SharedServers.postgresPort();
	}

	@Test
	void startupPassesAndReadinessNamesWhatRefusesUntilItIsThere(@TempDir Path directory) throws Exception {
		List<Integer> ports = FreePorts.find(2);
		try (JavaProcess application = start(directory, "--spring.data.redis.port=" + ports.get(0),
				URL.formatted(ports.get(1)))) {
			Probes probes = Probes.of(application);
			probes.await("/readyz", 503, "redis: ", "db: ");
			probes.await("/startupz", 200);
			assertThat(probes.status("/healthz")).isEqualTo(200);
			assertThat(probes.status("/readyz")).isEqualTo(503);
			try (RedisProcess redis = RedisProcess.start(redisExecutable, ports.get(0));
					EmbeddedPostgres postgres = EmbeddedPostgres.builder().setPort(ports.get(1)).start()) {
				probes.await("/readyz", 200);
				assertThat(redis.process().isAlive()).isTrue();
				assertThat(postgres.getPort()).isEqualTo(ports.get(1));
			}
			assertThat(probes.states()).containsExactly("starting", "failing", "running");
		}
	}

	@Test
	void startupPassesAndReadinessNamesWhatHangsUntilItAnswers(@TempDir Path directory) throws Exception {
		int port = FreePorts.find(1).get(0);
		try (RedisProcess redis = RedisProcess.start(redisExecutable, port)) {
			redis.signal("STOP");
			try (JavaProcess application = start(directory, "--spring.data.redis.port=" + port,
					"--spring.data.redis.timeout=60s", URL.formatted(postgresPort))) {
				Probes probes = Probes.of(application);
				probes.await("/startupz", 200);
				assertThat(probes.status("/readyz")).isEqualTo(503);
				assertThat(probes.states()).as("for as long as the first run of a check may take")
					.containsExactly("starting");
				probes.await("/readyz", 503, "\"state\":\"failing\"", "redis: timed out after 10s");
				assertThat(probes.status("/startupz")).isEqualTo(200);
				redis.signal("CONT");
				probes.await("/readyz", 200);
				assertThat(probes.states()).containsExactly("starting", "failing", "running");
			}
		}
	}

	private static JavaProcess start(Path directory, String... arguments) throws IOException {
		List<String> all = new ArrayList<>(List.of("--spring.profiles.active=external", "--server.port=0",
				"--health.server.port=0", "--spring.datasource.username=postgres", "--spring.sql.init.mode=never"));
		all.addAll(List.of(arguments));
		return JavaProcess.start(directory.resolve("log"), SampleApplication.class, all.toArray(String[]::new));
	}

}
