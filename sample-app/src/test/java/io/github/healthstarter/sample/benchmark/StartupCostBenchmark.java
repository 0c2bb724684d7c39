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

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.healthstarter.sample.JavaProcess;
import io.github.healthstarter.sample.benchmark.PairedStarts.Launched;
import io.github.healthstarter.sample.servers.SharedServers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures what the starter adds to the start of the sample application: as it is, and
 * without the starter's classes. The bound is 300 ms for an application that starts in 5
 * s, both for the start itself and for the first order served: without the starter, it is
 * that order which waits for the connection to Redis. Not a part of the build, because it
 * takes minutes:
 *
 * <pre>
 * mvn verify -pl sample-app -am -Dtest=StartupCostBenchmark -Dsurefire.failIfNoSpecifiedTests=false -Djacoco.skip
 * </pre>
 */
class StartupCostBenchmark {

	private static final int ROUNDS = Integer.getInteger("startup.rounds", 9);

	private static final long BOUND = 300;

	private static final Pattern MEASURED = Pattern.compile("Measured: (\\d+) (\\d+) (\\d+) (\\d+)");

	private static final String HEAD = """
			| the sample application | started (ms) | CPU until then (ms) | ready (ms) | first order served (ms) |
			| --- | ---: | ---: | ---: | ---: |
			""";

	@TempDir
	private Path directory;

	@Test
	void starterAddsLittle() throws IOException {
		PairedStarts<Start> starts = PairedStarts.measure(ROUNDS, () -> launch(Variant.WITH),
				() -> launch(Variant.WITHOUT), Start::mean);
		System.out.println(HEAD + row(Variant.WITH, starts.ones()) + row(Variant.WITHOUT, starts.others()));
		System.out.printf("Ratios of the starts: %s%n", Arrays.toString(starts.ratios(Start::started)));
		long started = starts.added(Start::started);
		long served = starts.added(Start::served);
		System.out.printf("Added to 5 s: %d ms to the start, %d ms to the first order%n", started, served);
		assertThat(started).isLessThanOrEqualTo(BOUND);
		assertThat(served).isLessThanOrEqualTo(BOUND);
	}

	private static String row(Variant variant, List<Start> starts) {
		return "| %s | %d | %d | %d | %d |%n".formatted(variant.label, PairedStarts.median(starts, Start::started),
				PairedStarts.median(starts, Start::processor), PairedStarts.median(starts, Start::ready),
				PairedStarts.median(starts, Start::served));
	}

	private Launched<Start> launch(Variant variant) throws IOException {
		return new Measured(start(variant));
	}

	private JavaProcess start(Variant variant) throws IOException {
		List<String> arguments = new ArrayList<>(SharedServers.arguments());
		// The application's own default: the schema is looked after at each start
		arguments.removeIf((argument) -> argument.startsWith("--spring.sql.init.mode"));
		arguments.add("--server.port=0");
		return JavaProcess.start(this.directory.resolve(variant.name()), List.of("-cp", variant.classPath()),
				MeasuredStart.class, arguments);
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

		Start mean(Start other) {
			return new Start((this.started + other.started) / 2, (this.processor + other.processor) / 2,
					(this.ready + other.ready) / 2, (this.served + other.served) / 2);
		}

	}

	/**
	 * A process that tells what its start took.
	 */
	private record Measured(JavaProcess process) implements Launched<Start> {

		@Override
		public Start await() {
			MatchResult measured = this.process.await(MEASURED);
			return new Start(Long.parseLong(measured.group(1)), Long.parseLong(measured.group(2)),
					Long.parseLong(measured.group(3)), Long.parseLong(measured.group(4)));
		}

		@Override
		public void close() {
			this.process.close();
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
			return (this == WITH) ? System.getProperty("java.class.path") : JavaProcess.classPathWithoutStarter();
		}

	}

}
