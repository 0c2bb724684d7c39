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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DrainLog}.
 */
@ExtendWith(OutputCaptureExtension.class)
class DrainLogTests {

	private final DrainLog log = new DrainLog(Runnable::run);

	@Test
	void onStartedNamesTriggerAndWhatIsWaitedFor(CapturedOutput output) {
		this.log.onStarted(progress(DrainTrigger.SIGTERM, "min-wait", "2 probers"));
		this.log.onStarted(progress(DrainTrigger.API));
		assertThat(lines(output)).hasSize(2);
		assertThat(lines(output).get(0)).contains("INFO")
			.endsWith("Drain begun by SIGTERM, waiting for min-wait, 2 probers");
		assertThat(lines(output).get(1)).endsWith("Drain begun by api, nothing to wait for");
	}

	@Test
	void onEndedSaysWhatHasComeOfIt(CapturedOutput output) {
		this.log.onEnded(new DrainSummary(DrainTrigger.SIGTERM, DrainOutcome.TIMED_OUT, Duration.ofMillis(1234), 5, 2,
				List.of()));
		assertThat(lines(output)).hasSize(1);
		assertThat(lines(output).get(0)).contains("INFO")
			.endsWith("Drain timed out after 1234ms, 5 requests served meanwhile, 2 under way");
	}

	@Test
	void onEndedNamesParticipantsThatWereNotDone(CapturedOutput output) {
		this.log.onEnded(new DrainSummary(DrainTrigger.SIGTERM, DrainOutcome.TIMED_OUT, Duration.ofMillis(1234), 5, 2,
				List.of(new ParticipantProgress("kafka", 3L, null, null))));
		assertThat(lines(output).get(0)).endsWith("2 under way, unfinished: kafka (3)");
	}

	@Test
	void onUndoneSaysSo(CapturedOutput output) {
		this.log.onUndone(new DrainSummary(DrainTrigger.API, DrainOutcome.CANCELLED, Duration.ZERO, 0, 0, List.of()));
		assertThat(lines(output)).hasSize(1);
		assertThat(lines(output).get(0)).endsWith("Drain undone, its waiting had been over");
	}

	@Test
	void linesAreWrittenByTheExecutorAlone(CapturedOutput output) {
		List<Runnable> handedOn = new ArrayList<>();
		DrainLog log = new DrainLog(handedOn::add);
		log.onStarted(progress(DrainTrigger.API));
		assertThat(lines(output)).isEmpty();
		handedOn.forEach(Runnable::run);
		assertThat(lines(output)).hasSize(1);
	}

	private static DrainProgress progress(DrainTrigger trigger, String... waitingFor) {
		return new DrainProgress(trigger, ManualTime.START, Duration.ZERO, 0, List.of(), List.of(waitingFor), null);
	}

	private static List<String> lines(CapturedOutput output) {
		return output.getOut().lines().filter((line) -> line.contains("Drain ")).toList();
	}

}
