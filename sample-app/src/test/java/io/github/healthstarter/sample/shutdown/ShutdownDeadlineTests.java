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

package io.github.healthstarter.sample.shutdown;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.healthstarter.sample.JavaProcess;
import io.github.healthstarter.sample.TestProcess;
import io.github.healthstarter.sample.http.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a process of which nothing ends by itself is gone within its grace period,
 * and that it tells why.
 */
class ShutdownDeadlineTests {

	private static final String SUMMARY = "Shutdown: trigger=SIGTERM drain=timed_out drainMillis=\\d+"
			+ " servedWhileDraining=\\d+ webServerMillis=\\d+ cutOff=1 streams=1"
			+ " unfinished=\\[hangs-in-start, hangs-in-count, never-finishes \\(1\\)\\]"
			+ " haltedAfterMillis=4000 haltedDuring=stop";

	@TempDir
	private Path directory;

	@Test
	void processThatHangsEverywhereEndsWithinTheGracePeriodAndSaysWhatWasCutOff() throws Exception {
		Path log = this.directory.resolve("log");
		Path terminationMessage = Files.createFile(this.directory.resolve("termination-log"));
		try (JavaProcess application = JavaProcess.start(log, HangingApplication.class, "--server.port=0",
				"--health.kubernetes.termination-grace-period=5s", "--health.drain.max-wait=500ms",
				"--spring.lifecycle.timeout-per-shutdown-phase=500ms",
				"--health.drain.termination-message-path=" + terminationMessage)) {
			application.await(Pattern.compile("terminationGracePeriodSeconds: 6,"));
			int port = Integer.parseInt(application.await(Pattern.compile("Tomcat started on port (\\d+)")).group(1));
			application.await(Pattern.compile("Health: \\w+ -> running"));
			try (Socket hanging = request(port, "/hang"); Socket stream = request(port, "/stream")) {
				application.await(Pattern.compile("Hanging"));
				application.await(Pattern.compile("Streaming"));
				long signalled = System.nanoTime();
				new TestProcess(application.process().pid()).signal("TERM");
				assertThat(application.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
				assertThat(Duration.ofNanos(System.nanoTime() - signalled)).isLessThan(Duration.ofSeconds(5));
				assertThat(List.of(hanging, stream)).allMatch(Socket::isConnected);
			}
			assertThat(application.process().exitValue()).isEqualTo(143);
			assertThat(log).content()
				.contains("4s after SIGTERM: halting", "HangingApplication$Endpoints.destroy")
				.containsPattern(SUMMARY);
			assertThat(terminationMessage).content()
				.containsPattern("^" + SUMMARY)
				.contains("HangingApplication$Endpoints.destroy");
		}
	}

	private static Socket request(int port, String path) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
		socket.getOutputStream().write(HttpConnection.request("GET", path));
		return socket;
	}

}
