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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.healthstarter.sample.SampleProcess;
import io.github.healthstarter.sample.http.HttpAnswer;
import io.github.healthstarter.sample.http.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests of the ways in which the sample application ends, as a process of its own.
 */
class ShutdownTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String REPORT = "Shutdown: trigger=(\\w+) drain=(\\w+) drainMillis=(\\d+)"
			+ " servedWhileDraining=(\\d+) webServerMillis=(\\d+) cutOff=(\\d+)";

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource({ "TERM, 143", "INT, 130" })
	@Execution(ExecutionMode.CONCURRENT)
	void signalWhenNobodyAsksEndsTheProcessWithoutWaiting(String signal, int exitCode) throws Exception {
		assumeThat(isIgnored(signal)).isFalse();
		try (SampleProcess application = SampleProcess.start(this.directory.resolve("log"))) {
			application.signal(signal);
			assertThat(application.exitCode(LIMIT)).isEqualTo(exitCode);
			MatchResult report = application.awaitLog(REPORT);
			assertThat(report.group(1)).isEqualTo("SIG" + signal);
			assertThat(report.group(2)).isEqualTo("quiesced");
			assertThat(Long.parseLong(report.group(3))).isLessThanOrEqualTo(100);
			assertThat(Long.parseLong(report.group(5))).isLessThanOrEqualTo(1000);
		}
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	void drainTakesNoLongerThanTheProberNeedsToNotice() throws Exception {
		try (SampleProcess application = SampleProcess.start(this.directory.resolve("log"));
				SteadyProber prober = SteadyProber.start(application.port(), Duration.ofSeconds(1))) {
			application.signal("TERM");
			assertThat(application.exitCode(LIMIT)).isEqualTo(143);
			assertThat(prober.seen()).filteredOn(SteadyProber.Seen::isDraining).hasSizeGreaterThanOrEqualTo(3);
			MatchResult report = application.awaitLog(REPORT);
			assertThat(report.group(2)).isEqualTo("quiesced");
			assertThat(Long.parseLong(report.group(3))).isLessThanOrEqualTo(3 * 1000 + 2000);
		}
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	void secondSignalEndsTheWaitingAndThirdHalts() throws Exception {
		try (SampleProcess application = SampleProcess.start(this.directory.resolve("log"),
				"--health.drain.min-wait=10s", "--health.drain.max-wait=30s");
				SteadyProber prober = SteadyProber.start(application.port())) {
			CompletableFuture<HttpAnswer> report = report(application.port(), "5s");
			application.signal("TERM");
			prober.awaitFailures(1);
			application.signal("TERM");
			application.awaitLog("A second signal \\(SIGTERM\\): not waiting any longer");
			assertThat(application.awaitLog("Drain timed out after (\\d+)ms").group(1)).hasSizeLessThan(5);
			application.awaitLog("Commencing graceful shutdown");
			assertThat(report).isNotDone();
			assertThat(application.isRunning()).isTrue();

			application.signal("TERM");
			assertThat(application.exitCode(LIMIT)).isEqualTo(143);
			assertThat(application.log()).contains("A third signal (SIGTERM): ending at once")
				.doesNotContain("Graceful shutdown complete", "Shutdown: ");
			assertThatExceptionOfType(CompletionException.class).isThrownBy(report::join)
				.withCauseInstanceOf(IOException.class);
		}
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	void requestUnderWayIsAnsweredAndReported() throws Exception {
		Path terminationMessage = Files.createFile(this.directory.resolve("termination-log"));
		try (SampleProcess application = SampleProcess.start(this.directory.resolve("log"),
				"--health.drain.termination-message-path=" + terminationMessage)) {
			CompletableFuture<HttpAnswer> answer = report(application.port(), "3s");
			application.awaitLog("Completed initialization");
			application.signal("TERM");
			assertThat(answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).satisfies((report) -> {
				assertThat(report.status()).isEqualTo(200);
				assertThat(report.closesConnection()).isTrue();
			});
			assertThat(application.exitCode(LIMIT)).isEqualTo(143);
			MatchResult report = application.awaitLog(REPORT);
			assertThat(List.of(report.group(1), report.group(2), report.group(4), report.group(6)))
				.containsExactly("SIGTERM", "quiesced", "1", "0");
			assertThat(Long.parseLong(report.group(3))).isBetween(1000L, 5000L);
			assertThat(terminationMessage).hasContent(report.group());
		}
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	void requestThatOutlastsAllTimeLimitsIsReportedAsCutOff() throws Exception {
		Path terminationMessage = this.directory.resolve("termination-log");
		try (SampleProcess application = SampleProcess.start(this.directory.resolve("log"),
				"--health.drain.max-wait=500ms", "--spring.lifecycle.timeout-per-shutdown-phase=500ms",
				"--health.drain.termination-message-path=" + terminationMessage)) {
			CompletableFuture<HttpAnswer> answer = report(application.port(), "5s");
			application.awaitLog("Completed initialization");
			application.signal("TERM");
			assertThat(application.exitCode(LIMIT)).isEqualTo(143);
			MatchResult report = application.awaitLog(REPORT);
			assertThat(List.of(report.group(1), report.group(2), report.group(4), report.group(6)))
				.containsExactly("SIGTERM", "timed_out", "0", "1");
			assertThat(answer).isCompletedExceptionally();
			assertThat(terminationMessage).doesNotExist();
		}
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	void drainByApiCanBeUndoneAndIsNotRepeatedBySigterm() throws Exception {
		try (SampleProcess application = SampleProcess.start(this.directory.resolve("log"),
				"--health.drain.min-wait=1s"); SteadyProber prober = SteadyProber.start(application.port())) {
			assertThat(application.ask("POST", "/admin/drain").status()).isEqualTo(202);
			prober.awaitFailures(1);
			assertThat(application.ask("DELETE", "/admin/drain").status()).isEqualTo(200);
			assertThat(application.ask("GET", "/readyz").status()).isEqualTo(200);

			assertThat(application.ask("POST", "/admin/drain").status()).isEqualTo(202);
			Awaitility.await()
				.atMost(LIMIT)
				.until(() -> application.ask("GET", "/admin/drain").body().contains("\"outcome\":\"quiesced\""));
			assertThat(application.ask("GET", "/orders").status()).isEqualTo(200);
			application.signal("TERM");
			assertThat(application.exitCode(LIMIT)).isEqualTo(143);
			MatchResult report = application.awaitLog(REPORT);
			assertThat(List.of(report.group(1), report.group(2))).containsExactly("api", "quiesced");
			assertThat(Pattern.compile("Drain begun by (\\w+)").matcher(application.log()).results())
				.extracting((begun) -> begun.group(1))
				.containsExactly("api", "api");
		}
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	void closedContextDrainsWhereTheJvmKeepsItsSignals() throws Exception {
		try (SampleProcess application = SampleProcess.start(this.directory.resolve("log"), List.of("-Xrs"),
				"--management.endpoint.shutdown.access=unrestricted",
				"--management.endpoints.web.exposure.include=shutdown", "--health.drain.min-wait=1s");
				SteadyProber prober = SteadyProber.start(application.port())) {
			assertThat(application.log()).containsOnlyOnce("(-Xrs): SIGTERM ends this process at once");
			CompletableFuture<HttpAnswer> answer = report(application.port(), "2s");
			assertThat(application.ask("POST", "/actuator/shutdown").status()).isEqualTo(200);
			prober.awaitFailures(3);
			assertThat(prober.seen()).anyMatch(SteadyProber.Seen::isDraining);
			assertThat(application.ask("GET", "/orders").closesConnection()).isTrue();
			assertThat(answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).satisfies((report) -> {
				assertThat(report.status()).isEqualTo(200);
				assertThat(report.closesConnection()).isTrue();
			});
			assertThat(application.exitCode(LIMIT)).isZero();
			MatchResult report = application.awaitLog(REPORT);
			assertThat(List.of(report.group(1), report.group(2), report.group(6))).containsExactly("context",
					"quiesced", "0");
		}
	}

	private static CompletableFuture<HttpAnswer> report(int port, String delay) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return HttpConnection.ask(port, "GET", "/orders/report?delay=" + delay);
			}
			catch (IOException ex) {
				throw new CompletionException(ex);
			}
		}, (task) -> new Thread(task, "report").start());
	}

	// What a shell without job control starts in the background ignores SIGINT, and so do
	// its children
	private static boolean isIgnored(String signal) throws IOException {
		Path status = Path.of("/proc/self/status");
		if (!signal.equals("INT") || !Files.exists(status)) {
			return false;
		}
		String mask = Files.readAllLines(status)
			.stream()
			.filter((line) -> line.startsWith("SigIgn:"))
			.findFirst()
			.orElse("SigIgn: 0")
			.substring("SigIgn:".length())
			.strip();
		return (Long.parseUnsignedLong(mask, 16) & 0b10) != 0;
	}

}
