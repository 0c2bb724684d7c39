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

import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DrainEvents}. That they come in time is for the tests of the
 * application's availability to show.
 */
class DrainEventsTests {

	private final List<Object> published = new ArrayList<>();

	private final DrainListener events = DrainListener.publishing(this.published::add, Runnable::run);

	@Test
	void startIsPublishedAsTheLogTellsIt() {
		this.events.onStarted(new DrainProgress(DrainTrigger.SIGTERM, ManualTime.START, Duration.ZERO, 2, List.of(),
				List.of("1 prober", "2 requests"), null));
		assertThat(this.published).containsExactly(
				new DrainStartedEvent(DrainTrigger.SIGTERM, ManualTime.START, 2, List.of("1 prober", "2 requests")));
	}

	@Test
	void endIsPublishedWithTheSummary() {
		DrainSummary summary = new DrainSummary(DrainTrigger.API, DrainOutcome.TIMED_OUT, Duration.ofSeconds(15), 7, 1,
				List.of());
		this.events.onEnded(summary);
		assertThat(this.published).containsExactly(new DrainCompletedEvent(summary));
	}

}
