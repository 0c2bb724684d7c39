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

package io.github.healthstarter.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.drain.ParticipantProgress;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DrainDescriptor}.
 */
class DrainDescriptorTests {

	@Test
	void participantsAreNamedWithTheirCountTheOldestAgeAndWhatIsWrong() {
		DrainDescriptor.Progress progress = progress(
				new ParticipantProgress("kafka-listeners", 3L, Duration.ofSeconds(7), null),
				new ParticipantProgress("mailer", null, null, "no answer within 2s"));
		assertThat(progress.participants()).containsExactly(
				new DrainDescriptor.Participant("kafka-listeners", 3L, 7000L, null),
				new DrainDescriptor.Participant("mailer", null, null, "no answer within 2s"));
	}

	@Test
	void participantsAreLeftOutWhereThereIsNone() {
		assertThat(progress().participants()).isNull();
	}

	private static DrainDescriptor.Progress progress(ParticipantProgress... participants) {
		return DrainDescriptor.Progress.of(new DrainProgress(DrainTrigger.API, Instant.EPOCH, Duration.ZERO, 0,
				List.of(participants), List.of(), null));
	}

}
