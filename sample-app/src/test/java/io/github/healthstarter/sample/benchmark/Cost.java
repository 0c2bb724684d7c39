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

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a request costs the server: medians over all rounds.
 *
 * @param name the request
 * @param cpuMicros processor time
 * @param cpuRatio processor time in proportion to that of the simplest controller in the
 * same round
 * @param bytes memory allocated
 */
record Cost(String name, double cpuMicros, double cpuRatio, long bytes) {

	private static final String HEAD = """
			| request | CPU (us) | CPU, ratio | allocated (bytes) |
			| --- | ---: | ---: | ---: |
			""";

	static Cost of(Subject subject, Subject base) {
		List<Usage> rounds = subject.rounds();
		DoubleStream ratios = IntStream.range(0, rounds.size())
			.mapToDouble((round) -> rounds.get(round).cpuNanos() / base.rounds().get(round).cpuNanos());
		return new Cost(subject.name(), median(rounds.stream().mapToDouble(Usage::cpuNanos)) / 1000, median(ratios),
				Math.round(median(rounds.stream().mapToDouble(Usage::bytes))));
	}

	private static double median(DoubleStream values) {
		double[] sorted = values.sorted().toArray();
		return sorted[sorted.length / 2];
	}

	static String table(List<Cost> costs) {
		return costs.stream().map(Cost::row).collect(Collectors.joining("", HEAD, ""));
	}

	private String row() {
		return "| %s | %.1f | %.2f | %d |%n".formatted(this.name, this.cpuMicros, this.cpuRatio, this.bytes);
	}

	/**
	 * Reads what {@link #table} has written.
	 * @param table the table
	 * @return its rows
	 */
	static List<Cost> read(Stream<String> table) {
		return table.skip(HEAD.lines().count()).map((row) -> row.split("\\|", -1)).map(Cost::of).toList();
	}

	private static Cost of(String[] cells) {
		return new Cost(cells[1].strip(), Double.parseDouble(cells[2]), Double.parseDouble(cells[3]),
				Long.parseLong(cells[4].strip()));
	}

}
