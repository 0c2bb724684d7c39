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

package io.github.healthstarter.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.awaitility.core.ConditionTimeoutException;

import io.github.healthstarter.sample.http.HttpAnswer;
import io.github.healthstarter.sample.http.HttpConnection;
import io.github.healthstarter.sample.servers.SharedServers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample application in a process of its own, with the servers that all tests share,
 * from the moment that it is ready. Nobody has asked it for anything until then.
 */
public final class SampleProcess implements AutoCloseable {

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private static final Pattern READY = Pattern.compile("Health: \\w+ -> running");

	private static final Pattern STARTED = Pattern.compile("Started SampleApplication");

	private static final String TOKEN = "secret";

	private final JavaProcess process;

	private final int port;

	private SampleProcess(JavaProcess process, int port) {
		this.process = process;
		this.port = port;
	}

	public static SampleProcess start(Path log, String... arguments) throws IOException {
		return start(log, List.of(), arguments);
	}

	public static SampleProcess start(Path log, List<String> options, String... arguments) throws IOException {
		return start(log, READY, options, List.of(arguments));
	}

	/**
	 * Starts the application without the starter's classes, as plain Spring Boot has it.
	 * @param log the file that gets its output
	 * @param options options of the JVM
	 * @param arguments arguments of the application
	 * @return the process, once it has started
	 * @throws IOException if the JVM cannot be started
	 */
	public static SampleProcess startPlain(Path log, List<String> options, String... arguments) throws IOException {
		List<String> allOptions = new ArrayList<>(options);
		allOptions.addAll(List.of("-cp", JavaProcess.classPathWithoutStarter()));
		return start(log, STARTED, allOptions, List.of(arguments));
	}

	private static SampleProcess start(Path log, Pattern started, List<String> options, List<String> arguments)
			throws IOException {
		List<String> allOptions = new ArrayList<>(JavaProcess.QUICK_START);
		allOptions.addAll(options);
		List<String> allArguments = new ArrayList<>(SharedServers.arguments());
		allArguments.add("--health.access.token=" + TOKEN);
		allArguments.addAll(arguments);
		if (arguments.stream().noneMatch((argument) -> argument.startsWith("--server.port="))) {
			allArguments.add("--server.port=0");
		}
		JavaProcess process = JavaProcess.start(log, allOptions, SampleApplication.class, allArguments);
		try {
			process.await(started);
			return new SampleProcess(process, Integer.parseInt(process.await(PORT).group(1)));
		}
		catch (ConditionTimeoutException ex) {
			process.close();
			throw new IllegalStateException(Files.readString(log), ex);
		}
	}

	public int port() {
		return this.port;
	}

	public HttpAnswer ask(String method, String path) throws IOException {
		return HttpConnection.ask(this.port, method, path, "Authorization: Bearer " + TOKEN);
	}

	public void signal(String name) {
		new TestProcess(this.process.process().pid()).signal(name);
	}

	public MatchResult awaitLog(String pattern) {
		return this.process.await(Pattern.compile(pattern));
	}

	public String log() {
		try {
			return Files.readString(this.process.output());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public boolean isRunning() {
		return this.process.process().isAlive();
	}

	/**
	 * Waits until the process has ended.
	 * @param limit how long that may take
	 * @return its exit code
	 * @throws InterruptedException if the waiting is interrupted
	 */
	public int exitCode(Duration limit) throws InterruptedException {
		assertThat(this.process.process().waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
			.as("process has ended within %s", limit)
			.isTrue();
		return this.process.process().exitValue();
	}

	@Override
	public void close() {
		this.process.close();
	}

}
