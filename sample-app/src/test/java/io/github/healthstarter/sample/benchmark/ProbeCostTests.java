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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.healthstarter.sample.JavaProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what probes cost, as measured by {@link ProbeCost} in a process of its own,
 * free of the agents of a build. Prints the whole table.
 */
class ProbeCostTests {

	private static final double MAX_CPU_RATIO = 0.7;

	private static final long MAX_BYTES = 4096;

	private static List<Cost> costs;

	@BeforeAll
	static void measure(@TempDir Path directory) throws Exception {
		Path table = directory.resolve("table.md");
		Path log = directory.resolve("log");
		try (JavaProcess java = JavaProcess.start(log, List.of(), ProbeCost.class, List.of(table.toString()))) {
			assertThat(java.process().waitFor(5, TimeUnit.MINUTES)).isTrue();
			assertThat(java.process().exitValue()).as(() -> read(log)).isZero();
		}
		System.out.println(Files.readString(table));
		try (var lines = Files.lines(table)) {
			costs = Cost.read(lines);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/readyz", "/readyz, untrusted", "/healthz" })
	void probeCostsLessThanTheSimplestController(String probe) {
		assertThat(cost(probe).cpuRatio()).isBetween(0.1, MAX_CPU_RATIO);
		assertThat(cost(probe).bytes()).isBetween(100L, MAX_BYTES);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/health/readiness", "/actuator/health/liveness" })
	void actuatorsProbeCostsMoreThanTheSimplestController(String probe) {
		assertThat(cost(probe).cpuRatio()).isGreaterThan(1);
		assertThat(cost(probe).bytes()).isGreaterThan(cost(ProbeCost.PLAIN).bytes());
	}

	@Test
	void ordinaryRequestCostsHardlyMoreWithTheStarter() {
		long added = cost(ProbeCost.PLAIN).bytes() - cost(ProbeCost.PLAIN_WITHOUT_STARTER).bytes();
		assertThat(added).isLessThan(512);
	}

	private static Cost cost(String name) {
		return costs.stream().filter((cost) -> cost.name().equals(name)).findFirst().orElseThrow();
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

}
