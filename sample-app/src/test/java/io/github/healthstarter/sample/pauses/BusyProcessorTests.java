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

package io.github.healthstarter.sample.pauses;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.github.healthstarter.sample.http.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a real process that has one processor and virtual threads, which the
 * application keeps busy.
 */
@Timeout(180)
class BusyProcessorTests {

	private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

	private static final Path TASKSET = Path.of("/usr/bin/taskset");

	@TempDir
	private Path directory;

	@BeforeEach
	void requireVirtualThreads() {
		Assumptions.assumeTrue(Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS,
				"A JVM with virtual threads is needed: Java " + FIRST_WITH_VIRTUAL_THREADS + " or later");
		Assumptions.assumeTrue(Files.isExecutable(TASKSET), TASKSET + " of the package util-linux is needed");
	}

	@Test
	void requestsThatComputeAreNoFailureOfTheDependency() throws Exception {
		try (Dependency dependency = Dependency.start(); ProbedProcess application = start(dependency).awaitRunning()) {
			try (Socket first = compute(application);
					Socket second = compute(application);
					Socket third = compute(application)) {
				application.awaitLog(ProbedApplication.COMPUTING);
				application.assertReadiness(200, Duration.ofSeconds(6));
				assertThat(List.of(first, second, third)).allMatch(Socket::isConnected);
			}
			assertThat(application.log()).doesNotContain("-> failing", "is down", "timed out");
		}
	}

	private static Socket compute(ProbedProcess application) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), application.port());
		socket.getOutputStream().write(HttpConnection.request("GET", "/compute"));
		return socket;
	}

	@Test
	void indicatorThatSpinsStopsNoOtherCheck() throws Exception {
		try (Dependency dependency = Dependency.start();
				ProbedProcess application = start(dependency, "--indicator.spins=true",
						"--health.checks.spinning.interval=1s")
					.awaitRunning()) {
			application.awaitLog(ProbedApplication.SPINNING);
			dependency.stop();
			assertThat(application.awaitReadiness(503).body()).contains("\"state\":\"failing\"", "refused");
			dependency.startAgain();
			application.awaitReadiness(200);
		}
	}

	private ProbedProcess start(Dependency dependency, String... arguments) throws IOException {
		String[] all = new String[arguments.length + 1];
		System.arraycopy(arguments, 0, all, 0, arguments.length);
		all[arguments.length] = "--spring.threads.virtual.enabled=true";
		return ProbedProcess.start(this.directory.resolve("log"), List.of(TASKSET.toString(), "-c", "0"), dependency,
				all);
	}

}
