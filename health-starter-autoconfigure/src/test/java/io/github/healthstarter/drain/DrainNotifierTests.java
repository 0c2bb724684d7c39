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

package io.github.healthstarter.drain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.healthstarter.notification.Notifications;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DrainNotifier}.
 */
@ExtendWith(OutputCaptureExtension.class)
class DrainNotifierTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	@AutoClose
	private final Notifications notifications = new Notifications();

	private final DrainListener notifier = DrainListener.notifying(this.notifications);

	private final List<Object> events = new ArrayList<>();

	@BeforeEach
	void connect() {
		this.notifications.connect(this.events::add);
	}

	@Test
	void onStartedNamesTriggerAndWhatIsWaitedFor(CapturedOutput output) throws Exception {
		this.notifier.onStarted(progress(DrainTrigger.SIGTERM, "min-wait", "2 probers"));
		this.notifier.onStarted(progress(DrainTrigger.API));
		assertThat(lines(output)).hasSize(2);
		assertThat(lines(output).get(0)).contains("INFO")
			.endsWith("Drain begun by SIGTERM, waiting for min-wait, 2 probers");
		assertThat(lines(output).get(1)).endsWith("Drain begun by api, nothing to wait for");
	}

	@Test
	void onEndedSaysWhatHasComeOfIt(CapturedOutput output) throws Exception {
		this.notifier.onEnded(new DrainSummary(DrainTrigger.SIGTERM, DrainOutcome.TIMED_OUT, Duration.ofMillis(1234), 5,
				2, List.of()));
		assertThat(lines(output)).hasSize(1);
		assertThat(lines(output).get(0)).contains("INFO")
			.endsWith("Drain timed out after 1234ms, 5 requests served meanwhile, 2 in flight");
	}

	@Test
	void onEndedNamesParticipantsThatWereNotDone(CapturedOutput output) throws Exception {
		this.notifier.onEnded(new DrainSummary(DrainTrigger.SIGTERM, DrainOutcome.TIMED_OUT, Duration.ofMillis(1234), 5,
				2, List.of(new ParticipantProgress("kafka", 3L, null, null))));
		assertThat(lines(output).get(0)).endsWith("2 in flight, unfinished: kafka (3)");
	}

	@Test
	void onUndoneSaysSo(CapturedOutput output) throws Exception {
		this.notifier
			.onUndone(new DrainSummary(DrainTrigger.API, DrainOutcome.CANCELLED, Duration.ZERO, 0, 0, List.of()));
		assertThat(lines(output)).hasSize(1);
		assertThat(lines(output).get(0)).endsWith("Drain undone after its wait was over");
	}

	@Test
	void onStartedPublishesWhatTheLogSays() throws Exception {
		this.notifier.onStarted(new DrainProgress(DrainTrigger.SIGTERM, ManualTime.START, Duration.ZERO, 2, List.of(),
				List.of("1 prober", "2 requests"), null));
		assertThat(events()).containsExactly(
				new DrainStartedEvent(DrainTrigger.SIGTERM, ManualTime.START, 2, List.of("1 prober", "2 requests")));
	}

	@Test
	void onEndedPublishesTheSummary() throws Exception {
		DrainSummary summary = summary(DrainOutcome.TIMED_OUT);
		this.notifier.onEnded(summary);
		assertThat(events()).containsExactly(new DrainCompletedEvent(summary));
	}

	@Test
	void onUndonePublishesTheSummary() throws Exception {
		DrainSummary summary = summary(DrainOutcome.CANCELLED);
		this.notifier.onUndone(summary);
		assertThat(events()).containsExactly(new DrainCompletedEvent(summary));
	}

	private static DrainSummary summary(DrainOutcome outcome) {
		return new DrainSummary(DrainTrigger.API, outcome, Duration.ofSeconds(15), 7, 1, List.of());
	}

	private List<Object> events() throws InterruptedException {
		assertThat(this.notifications.flush(LIMIT)).isTrue();
		return this.events;
	}

	private static DrainProgress progress(DrainTrigger trigger, String... waitingFor) {
		return new DrainProgress(trigger, ManualTime.START, Duration.ZERO, 0, List.of(), List.of(waitingFor), null);
	}

	private List<String> lines(CapturedOutput output) throws InterruptedException {
		assertThat(this.notifications.flush(LIMIT)).isTrue();
		return output.getOut().lines().filter((line) -> line.contains("Drain ")).toList();
	}

}
