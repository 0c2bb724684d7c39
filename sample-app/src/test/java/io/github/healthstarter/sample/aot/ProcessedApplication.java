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

package io.github.healthstarter.sample.aot;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import org.springframework.boot.SpringApplicationAotProcessor;

import io.github.healthstarter.sample.JavaProcess;
import io.github.healthstarter.sample.SampleApplication;
import io.github.healthstarter.sample.SampleProcess;
import io.github.healthstarter.sample.servers.SharedServers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample application, processed ahead of time as {@code spring-boot:process-aot} does
 * it.
 *
 * @param directory where sources, resources and classes have been generated
 */
record ProcessedApplication(Path directory) {

	private static final Duration LIMIT = Duration.ofMinutes(2);

	static ProcessedApplication in(Path directory) throws IOException, InterruptedException {
		ProcessedApplication application = new ProcessedApplication(directory);
		application.process();
		application.compile();
		return application;
	}

	private void process() throws IOException, InterruptedException {
		List<String> arguments = new ArrayList<>(List.of(SampleApplication.class.getName(), path("sources"),
				path("resources"), path("classes"), "io.github.healthstarter", "sample-app"));
		arguments.addAll(SharedServers.arguments());
		try (JavaProcess processing = JavaProcess.start(this.directory.resolve("log"),
				SpringApplicationAotProcessor.class, arguments.toArray(String[]::new))) {
			assertThat(processing.process().waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
			assertThat(processing.process().exitValue()).as("exit code; %s", log()).isZero();
		}
	}

	/**
	 * Returns what has been written while the application was processed.
	 * @return the log
	 * @throws IOException if it cannot be read
	 */
	String log() throws IOException {
		return Files.readString(this.directory.resolve("log"));
	}

	private void compile() throws IOException {
		List<String> arguments = new ArrayList<>(
				List.of("-nowarn", "-proc:none", "-parameters", "-d", path("classes"), "-cp", classPath()));
		try (Stream<Path> sources = Files.walk(this.directory.resolve("sources"))) {
			sources.map(Path::toString).filter((file) -> file.endsWith(".java")).forEach(arguments::add);
		}
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();
	}

	SampleProcess start(Path log, String... arguments) throws IOException {
		return SampleProcess.start(log, options(), arguments);
	}

	/**
	 * Returns what lets a JVM run it.
	 * @return the options
	 */
	List<String> options() {
		return List.of("-cp", classPath(), "-Dspring.aot.enabled=true");
	}

	private String classPath() {
		return String.join(File.pathSeparator, path("classes"), path("resources"),
				System.getProperty("java.class.path"));
	}

	private String path(String name) {
		return this.directory.resolve(name).toString();
	}

}
