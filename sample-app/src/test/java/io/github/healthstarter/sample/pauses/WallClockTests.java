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

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.healthstarter.sample.http.HttpAnswer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a real process whose wall clock jumps by an hour, ahead and back.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(180)
class WallClockTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private static final Duration MOMENT = Duration.ofSeconds(1);

	private static final Pattern SECONDS = Pattern
		.compile("(?<![\\w.])(-?[\\d.]+)s\\b|\\bhealth_\\w+_seconds(?:_sum|_max)?(?:\\{.*})? (-?[\\d.]+(?:E-?\\d+)?)");

	private static final Pattern MILLIS = Pattern.compile("(?<![\\w.])(-?[\\d.]+)ms\\b|[mM]illis(?:\":|=)(-?[\\d.]+)");

	@TempDir
	private Path directory;

	private WallClock clock;

	@BeforeEach
	void findLibrary() throws IOException {
		Optional<Path> library = WallClock.findLibrary();
		Assumptions.assumeTrue(library.isPresent(), "The package faketime (libfaketimeMT.so.1) is needed");
		this.clock = WallClock.of(library.orElseThrow(), this.directory.resolve("clock"));
	}

	@Test
	void jumpsOfTheWallClockChangeNoDuration() throws Exception {
		try (Dependency dependency = Dependency.start(); ProbedProcess application = start(dependency)) {
			application.awaitLog("Starting ProbedApplication");
			this.clock.set(HOUR);
			application.awaitRunning();
			assertDurations(application);
			assertFailureStaysClosed(application, dependency);
			assertMaintenanceLasts(application);
			assertMaintenanceEnds(application);
			assertDurations(application);
			assertDrainIsComplete(application);
		}
	}

	private ProbedProcess start(Dependency dependency) throws IOException {
		return ProbedProcess.start(this.directory.resolve("log"), this.clock.launcher(), dependency,
				"--health.checks.dependency.fail-open-after=10m", "--health.drain.min-wait=2s",
				"--management.endpoints.web.exposure.include=checks");
	}

	private void assertFailureStaysClosed(ProbedProcess application, Dependency dependency) throws Exception {
		jump(application, Duration.ZERO);
		dependency.stop();
		application.awaitReadiness(503);
		jump(application, HOUR);
		application.assertReadiness(503, MOMENT);
		jump(application, Duration.ZERO);
		application.assertReadiness(503, MOMENT);
		assertThat(application.probe("/readyz").body()).contains("\"state\":\"failing\"", "\"impact\":\"required\"");
		jump(application, HOUR.negated());
		dependency.startAgain();
		application.awaitReadiness(200);
		application.awaitLog("Check 'dependency' is up again after ");
	}

	private void assertMaintenanceLasts(ProbedProcess application) throws Exception {
		enterMaintenance(application, "30m");
		jump(application, HOUR);
		application.assertReadiness(503, MOMENT);
		assertThat(application.probe("/readyz").body()).contains("\"state\":\"maintenance\"");
		application.send("DELETE", "/admin/maintenance", "");
		application.awaitReadiness(200);
	}

	private void assertMaintenanceEnds(ProbedProcess application) throws Exception {
		enterMaintenance(application, "2s");
		jump(application, HOUR.negated());
		application.awaitReadiness(200);
	}

	private static void enterMaintenance(ProbedProcess application, String duration) throws IOException {
		String request = "{\"mode\": \"maintenance\", \"for\": \"" + duration + "\"}";
		assertThat(application.send("PUT", "/admin/maintenance", request).body()).contains("\"state\":\"maintenance\"");
	}

	private void assertDrainIsComplete(ProbedProcess application) throws Exception {
		application.signal("TERM");
		application.awaitLog("-> draining");
		this.clock.set(HOUR.multipliedBy(-2));
		assertThat(application.awaitExit()).isEqualTo(143);
		assertThat(application.log()).containsPattern("Shutdown: trigger=SIGTERM drain=quiesced drainMillis=\\d+ ")
			.doesNotContain(" ERROR ");
		assertThat(assertPlausible(application.log())).isPositive();
	}

	// The process has to have seen it
	private void jump(ProbedProcess application, Duration ahead) throws IOException {
		this.clock.set(ahead);
		Instant expected = Instant.now().plus(ahead);
		ProbedProcess.await()
			.until(() -> date(application.probe("/healthz")),
					(seen) -> Duration.between(expected, seen).abs().compareTo(Duration.ofMinutes(5)) < 0);
	}

	private static Instant date(HttpAnswer answer) {
		String date = answer.header("Date").get(0);
		return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
	}

	private static void assertDurations(ProbedProcess application) throws IOException {
		assertPlausible(application.log());
		for (String path : List.of("/readyz", "/startupz", "/metrics")) {
			assertThat(assertPlausible(application.probe(path).body())).as(path).isPositive();
		}
		assertThat(assertPlausible(application.get("/actuator/checks").body())).isPositive();
	}

	private static int assertPlausible(String text) {
		return assertPlausible(text, SECONDS, (double) HOUR.toSeconds())
				+ assertPlausible(text, MILLIS, (double) HOUR.toMillis());
	}

	private static int assertPlausible(String text, Pattern pattern, double tooLong) {
		List<MatchResult> durations = pattern.matcher(text).results().toList();
		assertThat(durations).allSatisfy((duration) -> {
			String number = (duration.group(1) != null) ? duration.group(1) : duration.group(2);
			assertThat(Double.parseDouble(number)).as(duration.group()).isBetween(0.0, tooLong / 2);
		});
		return durations.size();
	}

}
