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

package io.github.healthstarter.shutdown;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.core.Ordered;

import io.github.healthstarter.drain.DrainOutcome;
import io.github.healthstarter.drain.DrainSummary;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.drain.ParticipantProgress;
import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.traffic.RequestLoad;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ShutdownReport}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ShutdownReportTests {

	private static final String LINE = "Shutdown: trigger=SIGTERM drain=quiesced drainMillis=1500"
			+ " servedWhileDraining=7 webServerMillis=250 cutOff=1";

	private final ManualTime time = new ManualTime();

	private final RequestLoad requests = new RequestLoad(this.time);

	@TempDir
	private Path directory;

	@Test
	void stopLogsOneLine(CapturedOutput output) {
		shutDown(report(null));
		assertThat(lines(output)).hasSize(1);
		assertThat(lines(output).get(0)).contains("INFO").endsWith(LINE);
	}

	@Test
	void stopNamesParticipantsThatWereNotDone(CapturedOutput output) {
		ShutdownReport report = report(null);
		report.onEnded(new DrainSummary(DrainTrigger.SIGTERM, DrainOutcome.TIMED_OUT, Duration.ofMillis(1500), 7, 0,
				List.of(new ParticipantProgress("kafka", 3L, null, null),
						new ParticipantProgress("mailer", null, null, "no answer within 2s"))));
		report.stop();
		assertThat(lines(output).get(0)).endsWith(" unfinished=[kafka (3), mailer (no answer within 2s)]");
	}

	@Test
	void stopWithoutDrainLogsNothing(CapturedOutput output) {
		ShutdownReport report = report(null);
		report.start();
		report.stop();
		assertThat(lines(output)).isEmpty();
	}

	@Test
	void stopAfterCancelledDrainLogsNothing(CapturedOutput output) {
		ShutdownReport report = report(null);
		report.onEnded(summary(DrainOutcome.QUIESCED));
		report.onEnded(summary(DrainOutcome.CANCELLED));
		report.stop();
		assertThat(lines(output)).isEmpty();
	}

	@Test
	void stopAfterADrainThatWasUndoneWhenItsWaitingWasOverLogsNothing(CapturedOutput output) {
		ShutdownReport report = report(null);
		report.onEnded(summary(DrainOutcome.QUIESCED));
		report.onUndone(summary(DrainOutcome.CANCELLED));
		report.stop();
		assertThat(lines(output)).isEmpty();
	}

	@Test
	void stopLongAfterDrainByHandCountsTheWebServersTimeAlone(CapturedOutput output) {
		ShutdownReport report = report(null);
		report.onEnded(summary(DrainOutcome.QUIESCED));
		this.time.advance(Duration.ofHours(1));
		report.onApplicationEvent(new ContextClosedEvent(new StaticApplicationContext()));
		this.time.advance(Duration.ofMillis(30));
		report.stop();
		assertThat(lines(output).get(0)).contains(" webServerMillis=30 ");
	}

	@Test
	void stopWritesTerminationMessageWhereTheFileIs() throws IOException {
		Path file = Files.writeString(this.directory.resolve("termination-log"), "x".repeat(1000));
		shutDown(report(file));
		assertThat(file).hasContent(LINE);
	}

	@Test
	void stopCreatesNoTerminationMessage() {
		Path file = this.directory.resolve("termination-log");
		shutDown(report(file));
		assertThat(file).doesNotExist();
	}

	@Test
	void stopWhenTerminationMessageCannotBeWrittenWarns(CapturedOutput output) {
		shutDown(report(this.directory));
		assertThat(lines(output)).hasSize(1);
		assertThat(output).containsOnlyOnce("The termination message could not be written to " + this.directory);
	}

	@Test
	void isRunningBetweenStartAndStop() {
		ShutdownReport report = report(null);
		assertThat(report.isRunning()).isFalse();
		report.start();
		assertThat(report.isRunning()).isTrue();
		report.stop();
		assertThat(report.isRunning()).isFalse();
	}

	@Test
	void closingIsSeenRightAfterTheDrain() {
		assertThat(report(null).getOrder()).isEqualTo(Ordered.HIGHEST_PRECEDENCE + 1);
	}

	@Test
	void phaseComesBetweenTheWebServersWaitAndItsEnd() {
		assertThat(report(null).getPhase()).isLessThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE)
			.isGreaterThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE);
	}

	private void shutDown(ShutdownReport report) {
		report.start();
		this.requests.begin();
		report.onEnded(summary(DrainOutcome.QUIESCED));
		this.time.advance(Duration.ofMillis(250));
		report.stop();
	}

	private ShutdownReport report(@Nullable Path terminationMessage) {
		return new ShutdownReport(this.requests, this.time, terminationMessage);
	}

	private static DrainSummary summary(DrainOutcome outcome) {
		return new DrainSummary(DrainTrigger.SIGTERM, outcome, Duration.ofMillis(1500), 7, 0, List.of());
	}

	private static List<String> lines(CapturedOutput output) {
		return output.getOut().lines().filter((line) -> line.contains("Shutdown:")).toList();
	}

}
