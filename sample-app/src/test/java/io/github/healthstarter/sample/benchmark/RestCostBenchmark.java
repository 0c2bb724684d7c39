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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.healthstarter.sample.JavaProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures what the starter costs an application that has nothing to do, in processor
 * time of the whole process: two processes run side by side, with the starter and without
 * its classes, so that whatever else the machine does meets both alike.
 */
class RestCostBenchmark {

	private static final Duration WARM_UP = Duration.ofSeconds(60);

	private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("rest.seconds", 30));

	private static final int ROUNDS = 5;

	private static final Pattern STARTED = Pattern.compile("process running for");

	private static final String HEAD = """
			| checks | plain Actuator (ms/s) | with the starter (ms/s) | added (ms/s) |
			| ---: | ---: | ---: | ---: |
			""";

	@TempDir
	private Path directory;

	@Test
	void starterCostsLittleAtRest() throws IOException, InterruptedException {
		Rest few = measure(5);
		Rest many = measure(1000);
		System.out.println(HEAD + few.row() + many.row());
		assertThat(few.added()).isLessThanOrEqualTo(3);
		assertThat(many.added()).isLessThanOrEqualTo(50);
	}

	private Rest measure(int checks) throws IOException, InterruptedException {
		try (JavaProcess plain = start(checks, "plain", JavaProcess.classPathWithoutStarter());
				JavaProcess starter = start(checks, "starter", System.getProperty("java.class.path"))) {
			plain.await(STARTED);
			starter.await(STARTED);
			rest(plain, WARM_UP);
			List<Double> plainRounds = new ArrayList<>();
			List<Double> starterRounds = new ArrayList<>();
			for (int round = 0; round < ROUNDS; round++) {
				long before = System.nanoTime();
				Duration plainBefore = processorTime(plain);
				Duration starterBefore = processorTime(starter);
				rest(plain, ROUND);
				double seconds = (System.nanoTime() - before) / 1e9;
				plainRounds.add(processorTime(plain).minus(plainBefore).toNanos() / 1e6 / seconds);
				starterRounds.add(processorTime(starter).minus(starterBefore).toNanos() / 1e6 / seconds);
			}
			return new Rest(checks, plainRounds, starterRounds);
		}
	}

	private JavaProcess start(int checks, String variant, String classPath) throws IOException {
		return JavaProcess.start(this.directory.resolve(variant + checks), List.of("-cp", classPath),
				RestingApplication.class, List.of(String.valueOf(checks)));
	}

	private static void rest(JavaProcess process, Duration duration) throws InterruptedException {
		assertThat(process.process().waitFor(duration.toMillis(), TimeUnit.MILLISECONDS)).as("ended").isFalse();
	}

	private static Duration processorTime(JavaProcess process) {
		return process.process().info().totalCpuDuration().orElseThrow();
	}

	/**
	 * Processor time of two processes at rest, in milliseconds a second.
	 *
	 * @param checks the number of checks
	 * @param plain the rounds of the process without the starter
	 * @param starter the rounds of the process with it
	 */
	private record Rest(int checks, List<Double> plain, List<Double> starter) {

		double added() {
			return median(IntStream.range(0, this.plain.size())
				.mapToDouble((round) -> this.starter.get(round) - this.plain.get(round))
				.toArray());
		}

		String row() {
			return "| %d | %.1f | %.1f | %.1f |%n".formatted(this.checks, median(array(this.plain)),
					median(array(this.starter)), added());
		}

		private static double[] array(List<Double> values) {
			return values.stream().mapToDouble(Double::doubleValue).toArray();
		}

		private static double median(double[] values) {
			Arrays.sort(values);
			return values[values.length / 2];
		}

	}

}
