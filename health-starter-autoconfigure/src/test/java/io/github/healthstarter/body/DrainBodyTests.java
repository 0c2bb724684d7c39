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

package io.github.healthstarter.body;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.healthstarter.drain.DrainOutcome;
import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.drain.ParticipantProgress;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DrainBody}.
 */
class DrainBodyTests {

	private static DrainProgress progress(DrainOutcome outcome, ParticipantProgress... participants) {
		return new DrainProgress(DrainTrigger.API, Instant.EPOCH, Duration.ofMillis(1500), 2, List.of(participants),
				List.of("2 requests"), outcome);
	}

	@Test
	void ofDrainUnderWayHasWhatItWaitsFor() {
		assertThat(DrainBody.of(progress(null), true)).containsExactly(Map.entry("trigger", "api"),
				Map.entry("startedAt", "1970-01-01T00:00:00Z"), Map.entry("elapsedMillis", 1500L),
				Map.entry("inFlight", 2L), Map.entry("waitingFor", List.of("2 requests")));
	}

	@Test
	void ofDrainThatIsOverHasItsOutcome() {
		assertThat(DrainBody.of(progress(DrainOutcome.TIMED_OUT), true)).containsEntry("outcome", "timed_out");
	}

	@Test
	void ofDrainWithParticipantsNamesEachWithWhatIsKnown() {
		assertThat(
				DrainBody.of(progress(null, new ParticipantProgress("kafka-listeners", 3L, Duration.ofSeconds(7), null),
						new ParticipantProgress("mailer", null, null, "no answer within 2s")), true))
			.containsEntry("participants",
					List.of(Map.of("name", "kafka-listeners", "inFlight", 3L, "oldestMillis", 7000L),
							Map.of("name", "mailer", "failure", "no answer within 2s")));
	}

	@Test
	void ofDrainForOthersNamesNothingThatItWaitsFor() {
		assertThat(DrainBody.of(progress(null, new ParticipantProgress("mailer", null, null, "timed out")), false))
			.containsEntry("trigger", "api")
			.doesNotContainKeys("participants", "waitingFor");
	}

}
