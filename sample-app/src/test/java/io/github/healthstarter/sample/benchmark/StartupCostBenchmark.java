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

package io.github.healthstarter.sample.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.StringUtils;

import io.github.healthstarter.sample.JavaProcess;
import io.github.healthstarter.sample.benchmark.PairedStarts.Interval;
import io.github.healthstarter.sample.servers.SharedServers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures what the starter adds to the start of the sample application, against the same
 * application without the starter's classes, which has Actuator alone: the time and the
 * processor time of whole processes until the first request has been answered. Not a part
 * of the build, because it takes minutes:
 *
 * <pre>
 * mvn verify -pl sample-app -am -Dtest=StartupCostBenchmark -Dsurefire.failIfNoSpecifiedTests=false -Djacoco.skip
 * </pre>
 */
class StartupCostBenchmark {

	private static final int PAIRS = Integer.getInteger("startup.pairs", 12);

	private static final double BOUND = 1.03;

	private final Map<String, Path> jars = new HashMap<>();

	@TempDir
	private Path directory;

	@Test
	void starterAddsLittle() throws IOException {
		PairedStarts<MeasuredStart> starts = measure("JIT", List.of(), List.of());
		assertThat(starts.ratio(MeasuredStart::millis)).isLessThanOrEqualTo(BOUND);
		assertThat(starts.ratio(MeasuredStart::processorMillis)).isLessThanOrEqualTo(BOUND);
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_25)
	void starterAddsNothingThatCanBeToldWithAnAotCache() throws Exception {
		PairedStarts<MeasuredStart> starts = measure("AOT cache", train("with", withStarter()),
				train("without", withoutStarter()));
		assertThat(starts.difference(MeasuredStart::processorMillis).low()).isLessThanOrEqualTo(0);
	}

	private PairedStarts<MeasuredStart> measure(String name, List<String> options, List<String> plainOptions)
			throws IOException {
		String classPath = withStarter();
		String plainClassPath = withoutStarter();
		PairedStarts<MeasuredStart> starts = PairedStarts.measure(PAIRS, () -> measureOne(classPath, options),
				() -> measureOne(plainClassPath, plainOptions));
		System.out.printf("%n| Java %s, %s | first answer (ms) | CPU until then (ms) | classes loaded |%n"
				+ "| --- | ---: | ---: | ---: |%n", Runtime.version().feature(), name);
		print("with the starter", starts.ones());
		print("without the starter's classes", starts.others());
		Interval added = starts.difference(MeasuredStart::processorMillis);
		System.out.printf("| median of the ratios | %.3f | %.3f | %.3f |%n", starts.ratio(MeasuredStart::millis),
				starts.ratio(MeasuredStart::processorMillis), starts.ratio(MeasuredStart::classes));
		System.out.printf("CPU added: %d to %d ms (95 %% interval of %d pairs)%n", added.low(), added.high(), PAIRS);
		return starts;
	}

	private static void print(String label, List<MeasuredStart> starts) {
		System.out.printf("| %s | %d | %d | %d |%n", label, PairedStarts.median(starts, MeasuredStart::millis),
				PairedStarts.median(starts, MeasuredStart::processorMillis),
				PairedStarts.median(starts, MeasuredStart::classes));
	}

	private MeasuredStart measureOne(String classPath, List<String> options) throws IOException {
		try (JavaProcess process = launch(classPath, options)) {
			return MeasuredStart.await(process);
		}
	}

	private List<String> train(String name, String classPath) throws Exception {
		Path cache = this.directory.resolve(name + ".aot");
		try (JavaProcess process = launch(classPath, List.of("-XX:AOTCacheOutput=" + cache))) {
			process.process().waitFor();
		}
		assertThat(cache).exists();
		return List.of("-XX:AOTCache=" + cache);
	}

	private JavaProcess launch(String classPath, List<String> options) throws IOException {
		List<String> allOptions = new ArrayList<>(List.of("-cp", classPath));
		allOptions.addAll(options);
		List<String> arguments = new ArrayList<>(SharedServers.arguments());
		arguments.add("--server.port=0");
		return JavaProcess.start(this.directory.resolve("log"), allOptions, MeasuredStart.class, arguments);
	}

	private String withStarter() throws IOException {
		return asJars(System.getProperty("java.class.path"));
	}

	private String withoutStarter() throws IOException {
		return asJars(JavaProcess.classPathWithoutStarter());
	}

	// As applications are run, and as a cache needs it
	private String asJars(String classPath) throws IOException {
		List<String> entries = new ArrayList<>();
		for (String entry : StringUtils.delimitedListToStringArray(classPath, File.pathSeparator)) {
			entries.add(Files.isDirectory(Path.of(entry)) ? jar(entry).toString() : entry);
		}
		return entries.stream().collect(Collectors.joining(File.pathSeparator));
	}

	private Path jar(String classes) throws IOException {
		Path existing = this.jars.get(classes);
		if (existing != null) {
			return existing;
		}
		Path root = Path.of(classes);
		Path jar = this.directory.resolve("classes-" + this.jars.size() + ".jar");
		try (JarOutputStream output = new JarOutputStream(Files.newOutputStream(jar));
				Stream<Path> files = Files.walk(root)) {
			for (Path file : files.filter((path) -> !path.equals(root)).toList()) {
				String name = root.relativize(file).toString();
				output.putNextEntry(new JarEntry(Files.isDirectory(file) ? name + "/" : name));
				if (Files.isRegularFile(file)) {
					Files.copy(file, output);
				}
				output.closeEntry();
			}
		}
		this.jars.put(classes, jar);
		return jar;
	}

}
