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

package io.github.healthstarter.sample.shutdown;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.healthstarter.sample.SampleProcess;
import io.github.healthstarter.sample.load.DirectClient;
import io.github.healthstarter.sample.load.Load;
import io.github.healthstarter.sample.load.Outcome;
import io.github.healthstarter.sample.load.Outcome.Result;
import io.github.healthstarter.sample.shutdown.SteadyProber.Seen;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of SIGTERM under 100 requests a second. A request has failed when bytes of it
 * were sent and no complete answer with the code 200 came back. That a connection is
 * refused, so that nothing was sent, is a failure too until the drain is over.
 */
class DrainUnderLoadTests {

	private static final Duration MAX_WAIT = Duration.ofSeconds(3);

	private static final Duration CLOSING = Duration.ofSeconds(3);

	private static final String REPORT = "Shutdown: trigger=SIGTERM drain=(\\w+) drainMillis=(\\d+)"
			+ " servedWhileDraining=(\\d+) webServerMillis=\\d+ cutOff=(\\d+)";

	/**
	 * As a balancer that takes its instances out after three failures, and needs another
	 * half second until all of it knows.
	 */
	@Test
	void sigtermWhenBalancerNoticesDropsNoRequest(@TempDir Path directory) throws Exception {
		try (SampleProcess application = SampleProcess.start(directory.resolve("log"));
				SteadyProber prober = SteadyProber.start(application.port());
				Load load = load(application)) {
			awaitKeptAliveConnections(load);
			long signalled = signal(application);
			// The JVM may take its time to hand the signal on
			application.awaitLog("Drain begun by SIGTERM");
			int probesBefore = prober.awaitNext();
			prober.awaitFailures(3);
			awaitRequestsSentAfter(load, System.nanoTime(), 50);
			List<Outcome> outcomes = load.stop();
			long stopped = System.nanoTime();
			assertThat(application.exitCode(Duration.ofSeconds(1).plus(CLOSING))).isEqualTo(143);

			assertThat(describe(outcomes, signalled, (outcome) -> !outcome.isAnswered())).isEmpty();
			List<Seen> probes = prober.seen().stream().skip(probesBefore).toList();
			assertThat(probes).filteredOn((probe) -> probe.answeredAt() - stopped < 0)
				.hasSizeGreaterThanOrEqualTo(3)
				.allMatch(Seen::isDraining);
			assertServedWhileDraining(outcomes, probes.get(0).answeredAt(), application);
		}
	}

	private static void assertServedWhileDraining(List<Outcome> outcomes, long drainingSince,
			SampleProcess application) {
		List<Outcome> duringDrain = outcomes.stream().filter((outcome) -> outcome.sentAfter(drainingSince)).toList();
		assertThat(duringDrain).hasSizeGreaterThan(50).allMatch(Outcome::closesConnection);
		MatchResult report = application.awaitLog(REPORT);
		assertThat(report.group(1)).isEqualTo("quiesced");
		assertThat(Integer.parseInt(report.group(3))).isBetween(duringDrain.size(), outcomes.size());
		assertThat(report.group(4)).isEqualTo("0");
	}

	/**
	 * As clients whom nobody tells to go elsewhere. They are answered until the longest
	 * wait is over and the port is closed; no request is cut off.
	 */
	@Test
	void sigtermWhenLoadNeverEndsServesUntilMaxWait(@TempDir Path directory) throws Exception {
		try (SampleProcess application = SampleProcess.start(directory.resolve("log"),
				"--health.drain.max-wait=" + MAX_WAIT.toMillis() + "ms");
				SteadyProber prober = SteadyProber.start(application.port());
				Load load = load(application)) {
			awaitKeptAliveConnections(load);
			prober.awaitNext();
			long signalled = signal(application);
			assertThat(application.exitCode(MAX_WAIT.plus(CLOSING))).isEqualTo(143);
			List<Outcome> outcomes = load.stop();

			long drainEnd = signalled + MAX_WAIT.toNanos();
			assertThat(
					describe(outcomes, signalled, (outcome) -> !outcome.isAnswered() && outcome.sentBefore(drainEnd)))
				.isEmpty();
			assertThat(describe(outcomes, signalled, (outcome) -> outcome.result() == Result.BROKEN)).isEmpty();
			assertThat(outcomes).anyMatch((outcome) -> outcome.result() == Result.REFUSED);
			MatchResult report = application.awaitLog(REPORT);
			assertThat(report.group(1)).isEqualTo("timed_out");
			assertThat(Long.parseLong(report.group(2))).isBetween(MAX_WAIT.toMillis(), MAX_WAIT.toMillis() + 500);
			assertThat(report.group(4)).isEqualTo("0");
		}
	}

	// Every third request comes on a new connection, the others on one that was kept
	// alive
	private static Load load(SampleProcess application) {
		return Load.start(new DirectClient(application.port(), (number) -> number % 3 == 0));
	}

	private static long signal(SampleProcess application) {
		long now = System.nanoTime();
		application.signal("TERM");
		return now;
	}

	private static void awaitKeptAliveConnections(Load load) {
		awaitRequestsSentAfter(load, System.nanoTime(), 150);
		assertThat(load.outcomes()).anyMatch((outcome) -> !outcome.closesConnection());
	}

	private static void awaitRequestsSentAfter(Load load, long nanos, int number) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> load.outcomes().stream().filter((outcome) -> outcome.sentAfter(nanos)).count() >= number);
	}

	private static String describe(List<Outcome> outcomes, long origin, Predicate<Outcome> which) {
		return outcomes.stream()
			.filter(which)
			.map((outcome) -> outcome.describe(origin))
			.collect(Collectors.joining("\n"));
	}

}
