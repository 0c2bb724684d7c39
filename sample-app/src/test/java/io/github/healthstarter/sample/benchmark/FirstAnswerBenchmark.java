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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.healthstarter.sample.JavaProcess;
import io.github.healthstarter.sample.SampleApplication;
import io.github.healthstarter.sample.http.HttpConnection;
import io.github.healthstarter.sample.servers.SharedServers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures when a process that starts gives its first answer, and when its first that it
 * is ready: the sample application with a probe server, in alternation with the same
 * application that answers on its main port alone. The bounds are 0.28 of the time until
 * it is ready for the first answer, and a start 1.03 times as long. Not a part of the
 * build, because it takes minutes:
 *
 * <pre>
 * mvn verify -pl sample-app -am -Dtest=FirstAnswerBenchmark -Dsurefire.failIfNoSpecifiedTests=false -Djacoco.skip
 * </pre>
 */
class FirstAnswerBenchmark {

	private static final int PAIRS = Integer.getInteger("startup.pairs", 12);

	private static final double ANSWER_BOUND = 0.28;

	private static final double START_BOUND = 1.03;

	private static final Pattern STARTED = Pattern.compile("process running for ([\\d.]+)");

	@TempDir
	private Path directory;

	@Test
	void firstAnswerComesEarlyAndCostsLittle() throws IOException {
		PairedStarts<Answered> starts = PairedStarts.measure(PAIRS, this::withProbeServer, this::onMainPort);
		System.out.printf("%n| answers | first answer (ms) | started (ms) | ready (ms) | first answer / ready |%n"
				+ "| --- | ---: | ---: | ---: | ---: |%n");
		double share = print("on the probe server", starts.ones());
		print("on the main port", starts.others());
		double started = starts.ratio(Answered::started);
		System.out.printf("The start with a probe server takes %.3f times as long%n", started);
		assertThat(share).isLessThanOrEqualTo(ANSWER_BOUND);
		assertThat(started).isLessThanOrEqualTo(START_BOUND);
	}

	private static double print(String label, List<Answered> starts) {
		long answered = PairedStarts.median(starts, Answered::answered);
		long ready = PairedStarts.median(starts, Answered::ready);
		double share = (double) answered / ready;
		System.out.printf("| %s | %d | %d | %d | %.2f |%n", label, answered,
				PairedStarts.median(starts, Answered::started), ready, share);
		return share;
	}

	private Answered withProbeServer() throws IOException {
		int port = freePort();
		return launch("server", port, "--health.server.port=" + port, "--server.port=0");
	}

	private Answered onMainPort() throws IOException {
		int port = freePort();
		return launch("main", port, "--server.port=" + port);
	}

	private Answered launch(String name, int port, String... ports) throws IOException {
		List<String> arguments = new ArrayList<>(SharedServers.arguments());
		arguments.addAll(List.of(ports));
		Asker asker = new Asker(port, System.nanoTime());
		try (JavaProcess process = JavaProcess.start(this.directory.resolve(name), List.of(), SampleApplication.class,
				arguments)) {
			long answered = asker.await((status) -> status != 0, 10);
			// More often would take the processor time that the start is to have
			long ready = asker.await((status) -> status == 200, 50);
			double started = Double.parseDouble(process.await(STARTED).group(1));
			return new Answered(answered, Math.round(started * 1000), ready);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	/**
	 * What one start took, in milliseconds from its launch.
	 *
	 * @param answered until the first answer of any kind
	 * @param started until the context had been built and the web server listened
	 * @param ready until the readiness probe passed
	 */
	private record Answered(long answered, long started, long ready) {

	}

	/**
	 * Asks for readiness again and again, until an answer is as wanted.
	 */
	private record Asker(int port, long launchedAt) {

		private static final long LIMIT_MILLIS = 120_000;

		long await(IntPredicate status, int everyMillis) {
			while (millis() < LIMIT_MILLIS) {
				if (status.test(status(everyMillis))) {
					return millis();
				}
			}
			throw new IllegalStateException("Not ready after " + LIMIT_MILLIS + " ms");
		}

		private int status(int afterMillis) {
			try {
				Thread.sleep(afterMillis);
				return HttpConnection.ask(this.port, "GET", "/readyz").status();
			}
			catch (IOException ex) {
				return 0;
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		private long millis() {
			return (System.nanoTime() - this.launchedAt) / 1_000_000;
		}

	}

}
