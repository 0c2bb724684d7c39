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
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.healthstarter.sample.JavaProcess;
import io.github.healthstarter.sample.TestProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of an application that is asked to end while it starts.
 */
class StartupAbortTests {

	private static final Pattern PROBE_SERVER = Pattern.compile("Probe server listening on port (\\d+)");

	private static final Pattern STATE = Pattern.compile("\"state\":\"(\\w+)\"");

	@TempDir
	private Path directory;

	@Test
	void signalWhileABeanIsBeingMadeEndsTheProcessInTime() throws Exception {
		Path log = this.directory.resolve("log");
		try (JavaProcess application = JavaProcess.start(log, List.of("-Dmodel.seconds=60"), SlowApplication.class,
				List.of("--server.port=0"))) {
			application.await(Pattern.compile("Loading the model"));
			long signalled = System.nanoTime();
			new TestProcess(application.process().pid()).signal("TERM");
			assertThat(application.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(Duration.ofNanos(System.nanoTime() - signalled)).isBetween(Duration.ofMillis(2900),
					Duration.ofSeconds(5));
			assertThat(application.process().exitValue()).isEqualTo(143);
			assertThat(log).content().contains("still starting 3s after SIGTERM");
		}
	}

	@Test
	void startThatIsDoneInTimeIsShutDownInOrder() throws Exception {
		Path log = this.directory.resolve("log");
		try (JavaProcess application = JavaProcess.start(log, List.of("-Dmodel.seconds=1"), SlowApplication.class,
				List.of("--server.port=0", "--health.drain.abort-startup-after=1m"))) {
			application.await(Pattern.compile("Loading the model"));
			new TestProcess(application.process().pid()).signal("TERM");
			assertThat(application.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(application.process().exitValue()).isEqualTo(143);
			assertThat(log).content().contains("Shutdown: ").doesNotContain("still starting");
		}
	}

	@Test
	void startThatIsAskedToEndIsSeenStoppingFromThenOn() throws Exception {
		Path log = this.directory.resolve("log");
		try (JavaProcess application = JavaProcess.start(log, List.of("-Dmodel.seconds=2"), SlowApplication.class,
				List.of("--server.port=0", "--health.server.port=0", "--health.drain.abort-startup-after=1m"))) {
			int port = Integer.parseInt(application.await(PROBE_SERVER).group(1));
			application.await(Pattern.compile("Loading the model"));
			try (SteadyProber prober = SteadyProber.start(port, Duration.ofMillis(20))) {
				new TestProcess(application.process().pid()).signal("TERM");
				assertThat(application.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
				assertThat(prober.seen()).noneMatch((seen) -> seen.status() == 200);
				List<String> states = states(prober);
				assertThat(states).startsWith("starting").contains("stopping");
				assertThat(states.subList(states.indexOf("stopping"), states.size())).containsOnly("stopping");
			}
			assertThat(log).content()
				.containsSubsequence("The consumer takes no more", "The consumer is done",
						"Shutdown: trigger=SIGTERM drain=quiesced");
		}
	}

	private static List<String> states(SteadyProber prober) {
		return prober.seen()
			.stream()
			.flatMap((seen) -> STATE.matcher(seen.body()).results())
			.map((state) -> state.group(1))
			.toList();
	}

	@Test
	void signalWhileARunnerRunsDrainsAndWaits() throws Exception {
		endInOrder("Importing", "-Dmodel.seconds=0", "-Dimporter.seconds=60");
	}

	@Test
	void signalToAWorkerThatRunsDrainsAndWaits() throws Exception {
		endInOrder("Health: \\w+ -> running", "-Dmodel.seconds=0");
	}

	private void endInOrder(String signalAt, String... options) throws Exception {
		Path log = this.directory.resolve("log");
		try (JavaProcess worker = JavaProcess.start(log, List.of(options), SlowApplication.class,
				List.of("--spring.main.web-application-type=none", "--spring.main.keep-alive=true",
						"--health.server.port=0"))) {
			worker.await(Pattern.compile(signalAt));
			new TestProcess(worker.process().pid()).signal("TERM");
			assertThat(worker.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(worker.process().exitValue()).isEqualTo(143);
			assertThat(log).content()
				.containsSubsequence("The consumer takes no more", "The consumer is done",
						"Shutdown: trigger=SIGTERM drain=quiesced")
				.doesNotContain("The consumer goes on", "still starting");
		}
	}

}
