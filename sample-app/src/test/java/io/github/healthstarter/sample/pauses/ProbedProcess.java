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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import io.github.healthstarter.sample.JavaProcess;
import io.github.healthstarter.sample.TestProcess;
import io.github.healthstarter.sample.http.HttpAnswer;
import io.github.healthstarter.sample.http.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The {@link ProbedApplication} in a process of its own, with a probe server. Killed when
 * closed, also if it is stopped.
 */
final class ProbedProcess implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final JavaProcess process;

	private ProbedProcess(JavaProcess process) {
		this.process = process;
	}

	/**
	 * Starts the application.
	 * @param log the file that gets its output
	 * @param launcher the command that runs the JVM in its own place
	 * @param dependency what the application depends on
	 * @param arguments arguments of the application
	 * @return the process, which is starting
	 * @throws IOException if the process cannot be started
	 */
	static ProbedProcess start(Path log, List<String> launcher, Dependency dependency, String... arguments)
			throws IOException {
		List<String> options = new ArrayList<>(JavaProcess.QUICK_START);
		options.addAll(List.of("-XX:ActiveProcessorCount=1",
				"-D" + ProbedApplication.DEPENDENCY_PORT + "=" + dependency.port()));
		List<String> allArguments = new ArrayList<>(List.of("--server.port=0", "--health.server.port=0",
				"--health.server.metrics=true", "--health.access.trusted=127.0.0.1",
				"--health.checks.dependency.impact=required", "--health.checks.dependency.interval=500ms"));
		allArguments.addAll(List.of(arguments));
		return new ProbedProcess(JavaProcess.start(log, launcher, options, ProbedApplication.class, allArguments));
	}

	ProbedProcess awaitRunning() {
		awaitLog("Health: \\w+ -> running");
		return this;
	}

	MatchResult awaitLog(String pattern) {
		return this.process.await(Pattern.compile(pattern));
	}

	int port() {
		return port("Tomcat started on port (\\d+)");
	}

	HttpAnswer get(String path) throws IOException {
		return HttpConnection.ask(port(), "GET", path);
	}

	private int port(String pattern) {
		return Integer.parseInt(awaitLog(pattern).group(1));
	}

	HttpAnswer probe(String path) throws IOException {
		return send("GET", path, "");
	}

	HttpAnswer send(String method, String path, String body) throws IOException {
		byte[] head = HttpConnection.request(method, path, "Content-Length: " + body.length());
		String request = new String(head, StandardCharsets.US_ASCII) + body;
		try (HttpConnection connection = HttpConnection.open(port("Probe server listening on port (\\d+)"))) {
			return connection.send(request.getBytes(StandardCharsets.US_ASCII));
		}
	}

	/**
	 * Waits until the instance is ready, or not.
	 * @param status the status of its readiness probe
	 * @return the answer
	 */
	HttpAnswer awaitReadiness(int status) {
		return await().until(() -> probe("/readyz"), (answer) -> answer.status() == status);
	}

	/**
	 * Fails unless the readiness probe has a status for a time, from now on.
	 * @param status the status
	 * @param duration the time
	 */
	void assertReadiness(int status, Duration duration) {
		Awaitility.await()
			.during(duration)
			.failFast("readiness changes", () -> probe("/readyz").status() != status)
			.atMost(duration.plus(LIMIT))
			.until(() -> true);
	}

	static ConditionFactory await() {
		return Awaitility.await().atMost(LIMIT);
	}

	void signal(String name) {
		new TestProcess(this.process.process().pid()).signal(name);
	}

	/**
	 * Stops the process and lets it continue.
	 * @param duration how long it is stopped
	 * @param meanwhile run while it is stopped
	 * @throws IOException if that fails
	 */
	void pause(Duration duration, Task meanwhile) throws IOException {
		signal("STOP");
		meanwhile.run();
		await().pollDelay(duration).until(() -> true);
		signal("CONT");
	}

	int awaitExit() throws InterruptedException {
		assertThat(this.process.process().waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		return this.process.process().exitValue();
	}

	String log() throws IOException {
		return Files.readString(this.process.output());
	}

	@Override
	public void close() {
		this.process.close();
	}

	/**
	 * Something that is done while the process is stopped.
	 */
	@FunctionalInterface
	interface Task {

		void run() throws IOException;

	}

}
