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
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.traffic.ProberKey;
import io.github.healthstarter.traffic.Traffic;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DrainRun}.
 */
class DrainRunTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final ManualTime time = new ManualTime();

	private final Traffic traffic = new Traffic(this.time);

	private final Work work = new Work(this.traffic, new Participants());

	@Test
	void waitingForWithoutAnyTrafficIsEmpty() {
		assertThat(begin(DrainSettings.DEFAULT).waitingFor()).isEmpty();
	}

	@Test
	void waitingForMinWaitUntilItHasPassed() {
		DrainRun run = begin(new DrainSettings(Duration.ofSeconds(5), Duration.ofSeconds(15), SECOND, 3));
		assertThat(run.waitingFor()).containsExactly("min-wait");
		this.time.advance(Duration.ofSeconds(5).minusNanos(1));
		assertThat(run.waitingFor()).containsExactly("min-wait");
		this.time.advance(Duration.ofNanos(1));
		assertThat(run.waitingFor()).isEmpty();
	}

	@Test
	void waitingForRequestsUntilTheyHaveEnded() {
		this.traffic.requests().begin();
		this.traffic.requests().begin();
		this.time.advance(SECOND);
		DrainRun run = begin(DrainSettings.DEFAULT);
		assertThat(run.waitingFor()).containsExactly("2 requests");
		this.traffic.requests().end();
		assertThat(run.waitingFor()).containsExactly("1 request");
		this.traffic.requests().end();
		assertThat(run.waitingFor()).isEmpty();
	}

	@Test
	void waitingForAMomentAfterRecentTrafficWhereNobodyProbes() {
		request();
		DrainRun run = begin(DrainSettings.DEFAULT);
		assertThat(run.waitingFor()).containsExactly("quiet-period");
		this.time.advance(Duration.ofMillis(100));
		assertThat(run.waitingFor()).isEmpty();
	}

	@Test
	void waitingForQuietPeriodWhileTrafficGoesOn() {
		request();
		DrainRun run = begin(DrainSettings.DEFAULT);
		for (int i = 0; i < 20; i++) {
			this.time.advance(Duration.ofMillis(50));
			request();
			assertThat(run.waitingFor()).containsExactly("quiet-period");
		}
		this.time.advance(SECOND.minusNanos(1));
		assertThat(run.waitingFor()).containsExactly("quiet-period");
		this.time.advance(Duration.ofNanos(1));
		assertThat(run.waitingFor()).isEmpty();
	}

	@Test
	void waitingForQuietPeriodAfterTrafficThatCameLate() {
		DrainRun run = begin(new DrainSettings(SECOND, Duration.ofSeconds(15), SECOND, 3));
		this.time.advance(SECOND);
		request();
		assertThat(run.waitingFor()).containsExactly("quiet-period");
	}

	@Test
	void waitingForQuietPeriodOfZeroIsNever() {
		request();
		assertThat(begin(new DrainSettings(Duration.ZERO, SECOND, Duration.ZERO, 3)).waitingFor()).isEmpty();
	}

	@Test
	void waitingForProberUntilItHasSeenTheFailures() {
		probe(false, 4, "10.0.0.1");
		DrainRun run = begin(DrainSettings.DEFAULT);
		for (int i = 0; i < 3; i++) {
			assertThat(run.waitingFor()).containsExactly("1 prober");
			probe(true, 1, "10.0.0.1");
		}
		assertThat(run.waitingFor()).isEmpty();
	}

	@Test
	void waitingForEachOfTwoProbers() {
		probe(false, 4, "10.0.0.1", "10.0.0.2");
		DrainRun run = begin(DrainSettings.DEFAULT);
		assertThat(run.waitingFor()).containsExactly("2 probers");
		probe(true, 2, "10.0.0.1", "10.0.0.2");
		assertThat(run.waitingFor()).containsExactly("2 probers");
		probe(true, 1, "10.0.0.1");
		assertThat(run.waitingFor()).containsExactly("1 prober");
		probe(true, 1, "10.0.0.2");
		assertThat(run.waitingFor()).isEmpty();
	}

	@Test
	void waitingForProberEndsWhenItFallsSilent() {
		probe(false, 4, "10.0.0.1");
		DrainRun run = begin(DrainSettings.DEFAULT);
		this.time.advance(Duration.ofMillis(2250));
		assertThat(run.waitingFor()).containsExactly("1 prober");
		this.time.advance(Duration.ofMillis(1));
		assertThat(run.waitingFor()).isEmpty();
	}

	@Test
	void waitingForNobodyWhoseIntervalIsNotSteady() {
		for (int i = 0; i < 5; i++) {
			this.time.advance(Duration.ofMillis((i % 2 == 0) ? 100 : 900));
			this.traffic.probers().recordProbe(key("10.0.0.1"), false);
		}
		assertThat(begin(DrainSettings.DEFAULT).waitingFor()).isEmpty();
	}

	@Test
	void waitingForQuietPeriodInFullWhereSomebodyProbes() {
		probe(false, 4, "10.0.0.1");
		request();
		DrainRun run = begin(new DrainSettings(Duration.ZERO, Duration.ofSeconds(15), Duration.ofSeconds(5), 1));
		probe(true, 4, "10.0.0.1");
		assertThat(run.waitingFor()).containsExactly("quiet-period");
		probe(true, 1, "10.0.0.1");
		assertThat(run.waitingFor()).isEmpty();
	}

	@Test
	void waitingForNamesAllThatIsMissing() {
		probe(false, 4, "10.0.0.1", "10.0.0.2");
		this.traffic.requests().begin();
		DrainRun run = begin(new DrainSettings(SECOND, SECOND, SECOND, 3));
		assertThat(run.waitingFor()).containsExactly("min-wait", "2 probers", "quiet-period", "1 request");
	}

	@Test
	void createOfASecondRunDoesNotDelayTheFirst() {
		probe(false, 4, "10.0.0.1");
		DrainRun run = begin(DrainSettings.DEFAULT);
		for (int i = 0; i < 3; i++) {
			probe(true, 1, "10.0.0.1");
			begin(DrainSettings.DEFAULT);
		}
		assertThat(run.waitingFor()).isEmpty();
	}

	@Test
	void remainingCountsDownFromMaxWait() {
		DrainRun run = begin(DrainSettings.DEFAULT);
		this.time.advance(SECOND);
		assertThat(run.remaining()).isEqualTo(Duration.ofSeconds(14));
		this.time.advance(Duration.ofSeconds(20));
		assertThat(run.remaining()).isNegative();
	}

	@Test
	void endTellsWhatHappenedMeanwhile() {
		request();
		this.traffic.requests().begin();
		DrainRun run = begin(DrainSettings.DEFAULT);
		request();
		this.traffic.requests().end();
		this.traffic.requests().begin();
		this.time.advance(SECOND);
		assertThat(run.end(DrainOutcome.TIMED_OUT))
			.isEqualTo(new DrainSummary(DrainTrigger.API, DrainOutcome.TIMED_OUT, SECOND, 2, 1, List.of()));
		assertThat(run.isOver()).isTrue();
	}

	@Test
	void endAgainReturnsNullAndKeepsTheFirst() {
		DrainRun run = begin(DrainSettings.DEFAULT);
		run.end(DrainOutcome.QUIESCED);
		assertThat(run.end(DrainOutcome.CANCELLED)).isNull();
		assertThat(run.progress().outcome()).isEqualTo(DrainOutcome.QUIESCED);
	}

	@Test
	void progressWhileWaitingTellsHowFarItHasCome() {
		this.traffic.requests().begin();
		this.time.advance(SECOND);
		DrainRun run = begin(DrainSettings.DEFAULT);
		this.time.advance(SECOND);
		assertThat(run.progress()).isEqualTo(new DrainProgress(DrainTrigger.API, ManualTime.START.plusSeconds(1),
				SECOND, 1, List.of(), List.of("1 request"), null));
	}

	@Test
	void progressWhenOverKeepsItsElapsedTime() {
		this.traffic.requests().begin();
		DrainRun run = begin(DrainSettings.DEFAULT);
		this.time.advance(SECOND);
		run.end(DrainOutcome.TIMED_OUT);
		this.time.advance(SECOND);
		assertThat(run.progress()).isEqualTo(new DrainProgress(DrainTrigger.API, ManualTime.START, SECOND, 1, List.of(),
				List.of(), DrainOutcome.TIMED_OUT));
	}

	@Test
	void waitingForRequestsAloneWhereNeverReady() {
		for (int i = 0; i < 5; i++) {
			this.traffic.probers().recordProbe(key("10.0.0.1"), false);
			this.time.advance(SECOND);
		}
		request();
		this.traffic.requests().begin();
		DrainSettings settings = new DrainSettings(SECOND, Duration.ofSeconds(15), SECOND, 3);
		DrainRun run = new DrainRun(DrainTrigger.CONTEXT, settings, this.work, this.time, false);
		assertThat(run.waitingFor()).containsExactly("1 request");
		this.traffic.requests().end();
		assertThat(run.waitingFor()).isEmpty();
	}

	private DrainRun begin(DrainSettings settings) {
		return new DrainRun(DrainTrigger.API, settings, this.work, this.time, true);
	}

	private static ProberKey key(String address) {
		return new ProberKey(address, null, "/readyz", "");
	}

	private void request() {
		this.traffic.requests().begin();
		this.traffic.requests().end();
	}

	private void probe(boolean draining, int times, String... addresses) {
		for (int i = 0; i < times; i++) {
			this.time.advance(SECOND);
			for (String address : addresses) {
				this.traffic.probers().recordProbe(key(address), draining);
			}
		}
	}

}
