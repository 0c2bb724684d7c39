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

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;

import io.github.healthstarter.access.AccessRules;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainListener;
import io.github.healthstarter.drain.DrainSettings;
import io.github.healthstarter.drain.DrainSummary;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.health.ServiceInfo;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.instance.InstanceSettings;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.time.TimeSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ShutdownDeadline}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ShutdownDeadlineTests {

	private static final StaticApplicationContext CONTEXT = new StaticApplicationContext();

	private final TimeSource time = TimeSource.system();

	private final CountDownLatch halted = new CountDownLatch(1);

	@TempDir
	private Path directory;

	private Path terminationMessage;

	private HealthInstance instance;

	private DrainController drain;

	private ShutdownReport report;

	@BeforeEach
	void prepare() throws Exception {
		this.terminationMessage = Files.createFile(this.directory.resolve("termination-log"));
		DrainSettings settings = new DrainSettings(Duration.ZERO, Duration.ofMinutes(1), Duration.ZERO, 3);
		this.instance = new HealthInstance(
				new InstanceSettings(AccessRules.LOOPBACK, settings, false, this.terminationMessage, true, false),
				new ServiceInfo(null, null, null, null), this.time);
		this.report = new ShutdownReport(CONTEXT, this.instance);
		this.drain = this.instance.drain();
		this.instance.traffic().requests().begin();
	}

	@AfterEach
	void close() {
		this.instance.close();
	}

	@Test
	void drainThatGoesOnIsNamed(CapturedOutput output) throws Exception {
		this.drain.begin(DrainTrigger.SIGTERM);
		expire();
		assertThat(output).contains("100ms after SIGTERM: halting. Requests in flight: 1,"
				+ " the drain waits for: [1 request], the context is being closed by: nobody yet");
		assertThat(output).containsPattern(
				"Shutdown: trigger=SIGTERM drain=timed_out .* cutOff=1 haltedAfterMillis=100 haltedDuring=drain");
		assertThat(this.terminationMessage).content()
			.startsWith("Shutdown: trigger=SIGTERM drain=timed_out")
			.endsWith("haltedAfterMillis=100 haltedDuring=drain\n");
	}

	@Test
	void webServerThatGoesOnIsNamedWithTheStackOfTheOneThatWaits(CapturedOutput output) throws Exception {
		drainInVain();
		expire();
		assertThat(output).containsPattern("cutOff=1 haltedAfterMillis=100 haltedDuring=webServer");
		assertThat(output).contains("the drain waits for: [], the context is being closed by:\n\""
				+ Thread.currentThread().getName() + "\"\n\tat ");
		assertThat(this.terminationMessage).content()
			.contains("haltedDuring=webServer\n\"", getClass().getName() + ".expire(");
	}

	@Test
	void beansThatGoOnAreNamedAndTheReportOfTheWebServerIsKept(CapturedOutput output) throws Exception {
		drainInVain();
		this.report.stop();
		String line = Files.readString(this.terminationMessage).strip();
		this.instance.traffic().requests().end();
		expire();
		assertThat(output).contains(line + " haltedAfterMillis=100 haltedDuring=stop");
		assertThat(this.terminationMessage).content().startsWith(line + " haltedAfterMillis=100 haltedDuring=stop\n");
	}

	@Test
	void exitThatGoesOnAfterTheContextHasBeenClosedIsNamed(CapturedOutput output) throws Exception {
		Thread closing = new Thread(this::drainInVain, "test-closing");
		closing.start();
		closing.join();
		this.report.stop();
		expire();
		assertThat(output).containsPattern("Shutdown: .* haltedDuring=exit");
	}

	@ParameterizedTest
	@CsvSource({ "PRE_STOP, 10, 9000", "PRE_STOP, 19, 0", "PRE_STOP, 40, 0", "API, 10, 19000" })
	void hookThatHasBegunTheDrainHasTakenItsTimeOffTheGracePeriod(DrainTrigger begunBy, long seconds, long leftMillis) {
		ManualTime time = new ManualTime();
		DrainController drain = controller(time, Duration.ofMinutes(1));
		drain.begin(begunBy);
		time.advance(Duration.ofSeconds(seconds));
		assertThat(new ShutdownDeadline(Duration.ofSeconds(20), drain, this.report).limit())
			.isEqualTo(Duration.ofMillis(leftMillis));
	}

	@Test
	void hookThatWasOverLongBeforeTheSignalHasTakenNoMoreThanItsWaiting() {
		ManualTime time = new ManualTime();
		DrainController drain = controller(time, Duration.ofSeconds(5));
		drain.begin(DrainTrigger.PRE_STOP);
		time.advance(Duration.ofHours(1));
		assertThat(new ShutdownDeadline(Duration.ofSeconds(20), drain, this.report).limit())
			.isEqualTo(Duration.ofSeconds(14));
	}

	@Test
	void stackIsCutWhereKubernetesWouldCutIt() throws Exception {
		drainInVain();
		recurse(100);
		assertThat(Files.size(this.terminationMessage)).isBetween(3000L, 4096L);
	}

	@Test
	void logThatHangsKeepsNobody() throws Exception {
		CountDownLatch never = new CountDownLatch(1);
		this.drain.addListener(new DrainListener() {

			@Override
			public void onEnded(DrainSummary summary) {
				try {
					never.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}

		});
		this.drain.begin(DrainTrigger.SIGTERM);
		expire();
		assertThat(this.terminationMessage).isEmptyFile();
		never.countDown();
	}

	private DrainController controller(ManualTime time, Duration maxWait) {
		return new DrainController(() -> DrainSettings.DEFAULT.withMaxWait(maxWait), new Lifecycle(time, Duration.ZERO),
				this.instance.traffic(), new ManualScheduler(time), time);
	}

	private void recurse(int depth) throws Exception {
		if (depth > 0) {
			recurse(depth - 1);
		}
		else {
			expire();
		}
	}

	private void drainInVain() {
		this.drain.begin(DrainTrigger.SIGTERM);
		this.drain.endWaiting();
		this.report.onApplicationEvent(new ContextClosedEvent(CONTEXT));
	}

	private void expire() throws InterruptedException {
		new ShutdownDeadline(Duration.ofMillis(200), this.drain, this.report).start(DrainTrigger.SIGTERM,
				this.halted::countDown);
		assertThat(this.halted.await(10, TimeUnit.SECONDS)).isTrue();
	}

}
