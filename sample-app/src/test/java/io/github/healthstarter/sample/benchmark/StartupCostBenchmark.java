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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.healthstarter.sample.JavaProcess;
import io.github.healthstarter.sample.servers.SharedServers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures what the starter adds to the start of the sample application: as it is, and
 * without the starter's classes, in turns. What counts is the fastest of the starts: all
 * else that goes on in the machine only ever slows one down. The bound is 300 ms for an
 * application that starts in 5 s, both for the start itself and for the first order
 * served: without the starter, it is that order which waits for the connection to Redis.
 * Not a part of the build, because it takes minutes:
 *
 * <pre>
 * mvn verify -pl sample-app -am -Dtest=StartupCostBenchmark -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
class StartupCostBenchmark {

	private static final int ROUNDS = Integer.getInteger("startup.rounds", 15);

	private static final Pattern MEASURED = Pattern.compile("Measured: (\\d+) (\\d+) (\\d+) (\\d+)");

	private static final String HEAD = """
			| the sample application | started (ms) | CPU until then (ms) | ready (ms) | first order served (ms) |
			| --- | ---: | ---: | ---: | ---: |
			""";

	private final Map<Variant, List<Start>> starts = new EnumMap<>(Variant.class);

	@TempDir
	private Path directory;

	@Test
	void starterAddsLittle() throws IOException {
		List<Variant> order = new ArrayList<>(List.of(Variant.values()));
		for (int round = -1; round < ROUNDS; round++) {
			for (Variant variant : order) {
				Start start = start(variant);
				if (round >= 0) {
					this.starts.computeIfAbsent(variant, (key) -> new ArrayList<>()).add(start);
				}
			}
			Collections.rotate(order, 1);
		}
		System.out.println(Stream.of(Variant.values())
			.flatMap((variant) -> Stream.of(at(variant, 0).row(variant.label + ", fastest"),
					at(variant, ROUNDS / 2).row(variant.label + ", median")))
			.collect(Collectors.joining("", HEAD, "")));
		Start with = at(Variant.WITH, 0);
		Start without = at(Variant.WITHOUT, 0);
		long started = with.started() - without.started();
		long served = with.served() - without.served();
		System.out.printf("Added to the start: %d ms, to the first order: %d ms%n", started, served);
		assertThat(started).isLessThanOrEqualTo(budget(without.started()));
		assertThat(served).isLessThanOrEqualTo(budget(without.served()));
	}

	// 300 ms for an application that starts in 5 s, and no more for one that starts
	// sooner
	private static long budget(long without) {
		return Math.max(300, 300 * without / 5000);
	}

	private Start start(Variant variant) throws IOException {
		List<String> arguments = new ArrayList<>(SharedServers.arguments());
		// The application's own default: the schema is looked after at each start
		arguments.removeIf((argument) -> argument.startsWith("--spring.sql.init.mode"));
		arguments.add("--server.port=0");
		try (JavaProcess process = JavaProcess.start(this.directory.resolve("log"), List.of("-cp", variant.classPath()),
				MeasuredStart.class, arguments)) {
			MatchResult measured = process.await(MEASURED);
			return new Start(Long.parseLong(measured.group(1)), Long.parseLong(measured.group(2)),
					Long.parseLong(measured.group(3)), Long.parseLong(measured.group(4)));
		}
	}

	private Start at(Variant variant, int rank) {
		List<Start> starts = this.starts.getOrDefault(variant, List.of());
		return new Start(at(starts, rank, Start::started), at(starts, rank, Start::processor),
				at(starts, rank, Start::ready), at(starts, rank, Start::served));
	}

	private static long at(List<Start> starts, int rank, ToLongFunction<Start> value) {
		return starts.stream().mapToLong(value).sorted().toArray()[rank];
	}

	/**
	 * What one start took, in milliseconds from the start of the process.
	 *
	 * @param started until the moment up to which Spring Boot counts the start: the
	 * context has been built and the web server listens
	 * @param processor the processor time of all threads until then
	 * @param ready until the readiness probe passed, where there is one
	 * @param served until an order had been looked up in Redis and PostgreSQL
	 */
	private record Start(long started, long processor, long ready, long served) {

		String row(String label) {
			return "| %s | %d | %d | %d | %d |%n".formatted(label, this.started, this.processor, this.ready,
					this.served);
		}

	}

	/**
	 * What is started.
	 */
	private enum Variant {

		/**
		 * The application as it is.
		 */
		WITH("with the starter"),

		/**
		 * The auto-configurations are not there.
		 */
		WITHOUT("without the starter's classes");

		private final String label;

		Variant(String label) {
			this.label = label;
		}

		private String classPath() {
			return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
				.filter((entry) -> this != WITHOUT || !entry.contains("health-starter-autoconfigure"))
				.collect(Collectors.joining(File.pathSeparator));
		}

	}

}
