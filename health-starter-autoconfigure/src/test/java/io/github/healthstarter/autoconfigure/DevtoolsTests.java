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

package io.github.healthstarter.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.testing.EnableWithoutDependencies;
import io.github.healthstarter.testing.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with an application, in a process of its own, that devtools restarts.
 */
@Timeout(120)
class DevtoolsTests {

	@TempDir
	private Path directory;

	@Test
	void restartedApplicationIsProbedOnTheSamePortsAndDrainsOnSigterm() throws Exception {
		int port = freePort();
		Path output = this.directory.resolve("output");
		Path watched = Files.createDirectory(this.directory.resolve("watched"));
		Process process = start(port, watched, output);
		try {
			String first = startedAt(port, "");
			Files.writeString(watched.resolve("Changed.class"), "changed");
			assertThat(startedAt(port, first)).isGreaterThan(first);
			process.destroy();
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(Files.readString(output)).contains("restartedMain", "Drain begun by SIGTERM")
				.doesNotContain(" WARN ", " ERROR ");
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private static Process start(int port, Path watched, Path output) throws IOException {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", classPath + File.pathSeparator + System.getProperty("spring-boot-devtools.jar"),
						Application.class.getName(), "--server.port=0", "--health.server.port=" + port,
						"--spring.devtools.restart.additional-paths=" + watched,
						"--spring.devtools.restart.poll-interval=200ms", "--spring.devtools.restart.quiet-period=100ms",
						"--spring.devtools.livereload.enabled=false", "--spring.main.banner-mode=off"));
		return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
	}

	private static String startedAt(int port, String before) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.ignoreExceptions()
			.until(() -> ready(port), (startedAt) -> !startedAt.equals(before));
	}

	private static String ready(int port) {
		try (HttpConnection connection = HttpConnection.to(port)) {
			return (String) connection.ask("GET", "/readyz").json("service").get("startedAt");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWithoutDependencies
	public static class Application {

		public static void main(String[] arguments) {
			SpringApplication.run(Application.class, arguments);
		}

	}

}
