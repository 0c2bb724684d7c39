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

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * A JVM with the tests' class path, and what it writes. Killed when closed.
 *
 * @param process the process
 * @param output the file with its output
 */
public record JavaProcess(Process process, Path output) implements AutoCloseable {

	public static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1");

	private static final Duration LIMIT = Duration.ofMinutes(2);

	public static JavaProcess start(Path output, Class<?> main, String... arguments) throws IOException {
		return start(output, QUICK_START, main, List.of(arguments));
	}

	public static JavaProcess start(Path output, List<String> options, Class<?> main, List<String> arguments)
			throws IOException {
		return start(output, List.of(), options, main, arguments);
	}

	/**
	 * Starts a JVM in the place of a command that runs it.
	 * @param output the file that gets its output
	 * @param launcher the command with its own arguments, such as {@code env}; may be
	 * empty
	 * @param options options of the JVM
	 * @param main the main class
	 * @param arguments arguments of the main class
	 * @return the process
	 * @throws IOException if it cannot be started
	 */
	public static JavaProcess start(Path output, List<String> launcher, List<String> options, Class<?> main,
			List<String> arguments) throws IOException {
		List<String> command = new ArrayList<>(launcher);
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-cp", System.getProperty("java.class.path")));
		command.addAll(options);
		command.add(main.getName());
		command.addAll(arguments);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		return new JavaProcess(process, output);
	}

	/**
	 * Returns the tests' class path as it is without the starter.
	 * @return the class path
	 */
	public static String classPathWithoutStarter() {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.contains("health-starter-autoconfigure"))
			.collect(Collectors.joining(File.pathSeparator));
	}

	public MatchResult await(Pattern pattern) {
		return Awaitility.await().atMost(LIMIT).until(() -> find(pattern), Optional::isPresent).orElseThrow();
	}

	private Optional<MatchResult> find(Pattern pattern) throws IOException {
		boolean alive = this.process.isAlive();
		String written = Files.readString(this.output);
		Optional<MatchResult> found = pattern.matcher(written).results().findFirst();
		if (!alive && found.isEmpty()) {
			throw new IllegalStateException("The process has ended: " + written);
		}
		return found;
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
