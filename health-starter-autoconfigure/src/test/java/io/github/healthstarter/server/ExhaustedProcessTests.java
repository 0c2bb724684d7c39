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

package io.github.healthstarter.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.healthstarter.testing.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a probe server in a process that has no file descriptor or no thread left.
 */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class ExhaustedProcessTests {

	private static final String NOBODY = "65534";

	@TempDir
	private Path directory;

	private final List<HttpConnection> opened = new ArrayList<>();

	@AfterEach
	void close() {
		this.opened.forEach(HttpConnection::close);
	}

	private static int status(int port, String path) {
		try (HttpConnection connection = HttpConnection.from("127.0.0.2", port)) {
			return connection.ask("GET", path).status();
		}
	}

	private static long lines(ProbeServerProcess process, String text) {
		return process.output().lines().filter((line) -> line.contains(text)).count();
	}

	private void sendHalfRequests(int port, int count) {
		for (int i = 0; i < count; i++) {
			HttpConnection connection = HttpConnection.from("127.0.1." + (1 + i / 60), port);
			this.opened.add(connection);
			connection.sendRaw("GET /ok HTTP/1.1\r\n");
		}
	}

	@Test
	void connectionsLeaveDescriptorsForTheApplication() throws IOException {
		try (ProbeServerProcess process = fewDescriptors()) {
			int port = process.awaitPort();
			assertThat(status(port, "/ok")).isEqualTo(200);
			sendHalfRequests(port, 300);
			for (int i = 0; i < 10; i++) {
				assertThat(status(port, "/ok")).isEqualTo(200);
			}
			assertThat(process.output())
				.contains("the process may open only 256 files, of which 64 may be its connections")
				.doesNotContain("cannot accept", "Exception");
		}
	}

	@Test
	void proberIsAnsweredIfNoDescriptorIsLeft() throws IOException {
		try (ProbeServerProcess process = fewDescriptors()) {
			int port = process.awaitPort();
			assertThat(status(port, "/ok")).isEqualTo(200);
			assertThat(status(port, "/leak")).isEqualTo(200);
			for (int i = 0; i < 10; i++) {
				assertThat(status(port, "/ok")).isEqualTo(200);
			}
			sendHalfRequests(port, 30);
			for (int i = 0; i < 10; i++) {
				assertThat(status(port, "/ok")).isEqualTo(200);
			}
			assertThat(lines(process, "Probe server cannot accept a connection (Too many open files)")).isEqualTo(1);
			assertThat(process.output()).doesNotContain("Exception");
		}
	}

	private ProbeServerProcess fewDescriptors() throws IOException {
		return ProbeServerProcess.start(this.directory, "bash", "-c", "ulimit -n 256; exec \"$@\"", "bash");
	}

	@Test
	void requestThatNeedsAThreadIsRefusedIfNoneCanBeStarted() throws Exception {
		try (ProbeServerProcess process = ProbeServerProcess.start(this.directory, asNobody())) {
			int port = process.awaitPort();
			Assumptions.assumeTrue(port > 0, () -> "No process of another user: " + process.output());
			assertThat(status(port, "/ok")).isEqualTo(200);
			List<String> limit = new ArrayList<>(List.of(asNobody()));
			limit.addAll(List.of("prlimit", "--pid", String.valueOf(process.pid()), "--nproc=1:1"));
			assertThat(new ProcessBuilder(limit).inheritIO().start().waitFor()).isZero();
			for (int i = 0; i < 3; i++) {
				assertThat(status(port, "/blocking")).isEqualTo(503);
				assertThat(status(port, "/ok")).isEqualTo(200);
			}
			assertThat(lines(process, "of a thread (unable to create native thread")).isEqualTo(1);
		}
	}

	// Nothing limits the threads of root
	private static String[] asNobody() {
		return "root".equals(System.getProperty("user.name"))
				? new String[] { "setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups",
						"--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search" }
				: new String[0];
	}

}
