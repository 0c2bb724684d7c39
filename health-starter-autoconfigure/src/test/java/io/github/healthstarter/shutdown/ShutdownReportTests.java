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

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.core.Ordered;

import io.github.healthstarter.drain.DrainParticipant;
import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.health.ServiceInfo;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.instance.InstanceSettings;
import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.traffic.RequestLoad;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ShutdownReport}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ShutdownReportTests {

	private static final StaticApplicationContext CONTEXT = new StaticApplicationContext();

	private static final String LINE = "Shutdown: trigger=SIGTERM drain=quiesced drainMillis=1500"
			+ " servedWhileDraining=7 webServerMillis=250 cutOff=1";

	private final ManualTime time = new ManualTime();

	@AutoClose
	private final HealthInstance instance = new HealthInstance(InstanceSettings.DEFAULT,
			new ServiceInfo(null, null, null, null), this.time, (name) -> new ManualScheduler(this.time));

	private final RequestLoad requests = this.instance.traffic().requests();

	ShutdownReportTests() {
		this.instance.lifecycle().ready();
		this.instance.lifecycle().started();
	}

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
		this.instance.drain().addParticipant("kafka", new Consumer());
		this.instance.drain().begin(DrainTrigger.SIGTERM);
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> waitingFor().contains("kafka (3)"));
		this.instance.drain().endWaiting();
		stop(report(null));
		assertThat(lines(output)).singleElement()
			.asString()
			.contains(" drain=timed_out ")
			.endsWith(" unfinished=[kafka (3)]");
	}

	@Test
	void stopNamesOpenStreams(CapturedOutput output) {
		this.instance.drain().begin(DrainTrigger.SIGTERM);
		this.requests.setStreams(() -> 1);
		stop(report(null));
		assertThat(lines(output).get(0)).endsWith(" streams=1");
	}

	@Test
	void stopWithoutDrainLogsNothing(CapturedOutput output) {
		stop(report(null));
		assertThat(lines(output)).isEmpty();
	}

	@Test
	void stopWhileTheContextStaysOpenLogsNothing(CapturedOutput output) {
		this.instance.drain().begin(DrainTrigger.API);
		report(null).stop();
		assertThat(lines(output)).isEmpty();
	}

	@Test
	void stopAfterCancelledDrainLogsNothing(CapturedOutput output) {
		this.requests.begin();
		this.instance.drain().begin(DrainTrigger.API);
		this.instance.drain().cancel();
		stop(report(null));
		assertThat(lines(output)).isEmpty();
	}

	@Test
	void stopAfterADrainThatWasUndoneWhenItsWaitWasOverLogsNothing(CapturedOutput output) {
		this.instance.drain().begin(DrainTrigger.API);
		this.instance.drain().endWaiting();
		this.instance.drain().cancel();
		stop(report(null));
		assertThat(lines(output)).isEmpty();
	}

	@Test
	void stopLongAfterDrainByHandCountsTheWebServersTimeAlone(CapturedOutput output) {
		ShutdownReport report = report(null);
		this.instance.drain().begin(DrainTrigger.API);
		this.time.advance(Duration.ofHours(1));
		close(report);
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
		for (int i = 0; i < 7; i++) {
			this.requests.begin();
		}
		this.instance.drain().begin(DrainTrigger.SIGTERM);
		this.time.advance(Duration.ofMillis(1490));
		for (int i = 0; i < 7; i++) {
			this.requests.end();
		}
		this.time.advance(Duration.ofMillis(10));
		this.requests.begin();
		close(report);
		this.time.advance(Duration.ofMillis(250));
		report.stop();
	}

	private static void stop(ShutdownReport report) {
		close(report);
		report.stop();
	}

	@Test
	void endOfAChildContextIsNotTheEnd(CapturedOutput output) {
		ShutdownReport report = report(null);
		report.onApplicationEvent(new ContextClosedEvent(new StaticApplicationContext(CONTEXT)));
		report.halting(DrainTrigger.SIGTERM, Duration.ofSeconds(1), List.of());
		assertThat(output).contains("haltedDuring=drain");
	}

	private static void close(ShutdownReport report) {
		report.onApplicationEvent(new ContextClosedEvent(CONTEXT));
	}

	private ShutdownReport report(@Nullable Path terminationMessage) {
		InstanceSettings settings = InstanceSettings.DEFAULT;
		this.instance.reconfigure(new InstanceSettings(settings.access(), settings.drain(), settings.envoyHeaders(),
				terminationMessage, settings.awaitChecks(), settings.deadlockSignal()));
		return new ShutdownReport(CONTEXT, this.instance);
	}

	private List<String> waitingFor() {
		DrainProgress progress = this.instance.drain().progress();
		return (progress != null) ? progress.waitingFor() : List.of();
	}

	private static List<String> lines(CapturedOutput output) {
		return output.getOut().lines().filter((line) -> line.contains("Shutdown:")).toList();
	}

	/**
	 * Has three pieces of work under way for ever.
	 */
	private static final class Consumer implements DrainParticipant {

		@Override
		public String name() {
			return "kafka";
		}

		@Override
		public void startDraining() {
		}

		@Override
		public void cancelDraining() {
		}

		@Override
		public long inFlight() {
			return 3;
		}

	}

}
