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
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * without the starter's classes. Both are started at the same moment, again and again, so
 * that whatever else goes on in the machine slows down both. Which of them is launched
 * first makes a difference, so each round starts them in both orders; what counts is the
 * median of the rounds' ratios. The bound is 300 ms for an application that starts in 5
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

	private final List<Map<Variant, Start>> rounds = new ArrayList<>();

	@TempDir
	private Path directory;

	@Test
	void starterAddsLittle() throws IOException {
		List<Variant> order = new ArrayList<>(List.of(Variant.values()));
		startTogether(order);
		for (int round = 0; round < ROUNDS; round++) {
			this.rounds.add(startInBothOrders(order));
		}
		System.out.println(Stream.of(Variant.values())
			.map((variant) -> median(variant).row(variant.label))
			.collect(Collectors.joining("", HEAD, "")));
		long started = added(Start::started);
		long served = added(Start::served);
		System.out.printf("Ratios of the starts: %s%n", Arrays.toString(ratios(Start::started)));
		System.out.printf("Added to 5 s: %d ms to the start, %d ms to the first order%n", started, served);
		assertThat(started).isLessThanOrEqualTo(BOUND);
		assertThat(served).isLessThanOrEqualTo(BOUND);
	}

	private long added(ToLongFunction<Start> value) {
		double[] ratios = ratios(value);
		return Math.round((ratios[ratios.length / 2] - 1) * 5000);
	}

	private double[] ratios(ToLongFunction<Start> value) {
		return this.rounds.stream()
			.mapToDouble((pair) -> (double) value.applyAsLong(get(pair, Variant.WITH))
					/ value.applyAsLong(get(pair, Variant.WITHOUT)))
			.sorted()
			.toArray();
	}

	private Map<Variant, Start> startInBothOrders(List<Variant> order) throws IOException {
		Map<Variant, Start> both = startTogether(order);
		Collections.reverse(order);
		startTogether(order).forEach((variant, start) -> both.merge(variant, start, Start::mean));
		return both;
	}

	private Map<Variant, Start> startTogether(List<Variant> order) throws IOException {
		Map<Variant, Start> pair = new EnumMap<>(Variant.class);
		try (JavaProcess first = start(order.get(0)); JavaProcess second = start(order.get(1))) {
			pair.put(order.get(0), measured(first));
			pair.put(order.get(1), measured(second));
		}
		return pair;
	}

	private JavaProcess start(Variant variant) throws IOException {
		List<String> arguments = new ArrayList<>(SharedServers.arguments());
		// The application's own default: the schema is looked after at each start
		arguments.removeIf((argument) -> argument.startsWith("--spring.sql.init.mode"));
		arguments.add("--server.port=0");
		return JavaProcess.start(this.directory.resolve(variant.name()), List.of("-cp", variant.classPath()),
				MeasuredStart.class, arguments);
	}

	private static Start measured(JavaProcess process) {
		MatchResult measured = process.await(MEASURED);
		return new Start(Long.parseLong(measured.group(1)), Long.parseLong(measured.group(2)),
				Long.parseLong(measured.group(3)), Long.parseLong(measured.group(4)));
	}

	private Start median(Variant variant) {
		return new Start(median(variant, Start::started), median(variant, Start::processor),
				median(variant, Start::ready), median(variant, Start::served));
	}

	private long median(Variant variant, ToLongFunction<Start> value) {
		long[] sorted = this.rounds.stream()
			.mapToLong((pair) -> value.applyAsLong(get(pair, variant)))
			.sorted()
			.toArray();
		return sorted[sorted.length / 2];
	}

	private static Start get(Map<Variant, Start> pair, Variant variant) {
		return Objects.requireNonNull(pair.get(variant));
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
