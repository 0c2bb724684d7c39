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

package io.github.healthstarter.sample.pauses;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a real process that is stopped for longer than its results are fresh, and
 * continues.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(180)
class PausedProcessTests {

	// With the interval and the timeout of the check, a result is stale after 3 s
	private static final Duration PAUSE = Duration.ofSeconds(4);

	@TempDir
	private Path directory;

	@Test
	void resultsHoldAfterAPauseUntilEverythingIsMeasuredAgain() throws Exception {
		try (Dependency dependency = Dependency.start();
				ProbedProcess application = ProbedProcess.start(this.directory.resolve("log"), List.of(), dependency,
						"--health.checks.dependency.timeout=1s")) {
			application.awaitRunning();
			assertVerdictHolds(application);
			assertFailureIsFound(application, dependency);
			assertDeadScheduleIsFound(application);
		}
	}

	private static void assertVerdictHolds(ProbedProcess application) throws Exception {
		application.pause(PAUSE, () -> {
		});
		assertThat(application.probe("/healthz").status()).isEqualTo(200);
		assertThat(application.probe("/readyz").status()).isEqualTo(200);
		application.assertReadiness(200, Duration.ofSeconds(1));
		assertThat(application.log()).doesNotContain(" ERROR ", "running -> ", "is down", "not measured");
	}

	private static void assertFailureIsFound(ProbedProcess application, Dependency dependency) throws Exception {
		application.pause(PAUSE, dependency::stop);
		assertThat(application.awaitReadiness(503).body()).contains("refused");
		assertThat(application.probe("/healthz").status()).isEqualTo(200);
		assertThat(application.log()).contains("running -> failing: dependency: ").doesNotContain("not measured");
		dependency.startAgain();
		application.awaitReadiness(200);
	}

	private static void assertDeadScheduleIsFound(ProbedProcess application) throws Exception {
		assertThat(application.get("/hang").status()).isEqualTo(200);
		application.awaitLog(ProbedApplication.HANGING);
		application.pause(PAUSE, () -> {
		});
		assertThat(application.probe("/readyz").status()).isEqualTo(200);
		assertThat(application.awaitReadiness(503).body()).contains("not measured for");
		assertThat(application.probe("/healthz").status()).isEqualTo(200);
	}

}
