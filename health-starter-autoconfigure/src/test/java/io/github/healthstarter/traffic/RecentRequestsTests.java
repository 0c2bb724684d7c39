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

package io.github.healthstarter.traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.testing.Race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link RecentRequests}.
 */
@Timeout(30)
class RecentRequestsTests {

	private final ManualTime time = new ManualTime();

	private final RecentRequests requests = new RecentRequests(this.time.nanos());

	private void add(Duration duration) {
		this.requests.add(this.time.nanos(), duration.toNanos());
	}

	private void addMillis(long millis) {
		add(Duration.ofMillis(millis));
	}

	private TrafficSummary summary() {
		return this.requests.summary(this.time.nanos(), 0);
	}

	private long count(Duration span) {
		return Math.round(summary().perSecond() * span.toNanos() / Duration.ofSeconds(1).toNanos());
	}

	@Test
	void summaryOfNothingHasNoLatencies() {
		assertThat(this.requests.summary(this.time.nanos(), 3)).isEqualTo(new TrafficSummary(3, 0, null, null));
	}

	@Test
	void meanIsExact() {
		addMillis(1);
		addMillis(2);
		add(Duration.ofNanos(4_503_999));
		assertThat(summary().mean()).isEqualTo(Duration.ofNanos(2_501_000));
	}

	@Test
	void rateOfAYoungInstanceIsThatOfItsLife() {
		add(Duration.ZERO);
		assertThat(summary().perSecond()).isEqualTo(1);
		this.time.advance(Duration.ofSeconds(4));
		add(Duration.ZERO);
		assertThat(summary().perSecond()).isEqualTo(0.5);
	}

	@Test
	void rateIsThatOfTheLastMinute() {
		for (int second = 0; second < 300; second++) {
			for (int i = 0; i < 7; i++) {
				addMillis(5);
			}
			this.time.advance(Duration.ofSeconds(1));
			assertThat(summary().perSecond()).isCloseTo(7, within(0.01));
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 2500, 4999 })
	void requestCountsForAMinuteAndNoLongerThan65Seconds(long offset) {
		this.time.advance(Duration.ofSeconds(70).plusMillis(offset));
		addMillis(100);
		this.time.advance(Duration.ofSeconds(60));
		assertThat(summary().p99()).isNotNull();
		this.time.advance(Duration.ofSeconds(5));
		assertThat(summary()).isEqualTo(new TrafficSummary(0, 0, null, null));
	}

	@Test
	void slotThatIsUsedAgainBeginsAnew() {
		for (int lap = 0; lap < 40; lap++) {
			addMillis(lap + 1);
			assertThat(summary().mean()).isEqualTo(Duration.ofMillis(lap + 1));
			this.time.advance(Duration.ofSeconds(65));
		}
		this.time.advance(Duration.ofDays(300));
		addMillis(3);
		assertThat(summary().mean()).isEqualTo(Duration.ofMillis(3));
		assertThat(count(Duration.ofSeconds(60))).isEqualTo(1);
	}

	@Test
	void threadThatWasHeldUpForAMinuteDisturbsNothing() {
		long before = this.time.nanos();
		this.time.advance(Duration.ofSeconds(65));
		addMillis(8);
		this.requests.add(before, Duration.ofMillis(8).toNanos());
		addMillis(8);
		assertThat(count(Duration.ofSeconds(60))).isEqualTo(2);
		assertThat(summary().mean()).isEqualTo(Duration.ofMillis(8));
	}

	@Test
	void p99IsTheLatencyThatOneInAHundredExceeds() {
		for (int i = 0; i < 99; i++) {
			addMillis(10);
		}
		addMillis(1000);
		assertThat(summary().p99()).isBetween(Duration.ofNanos(9_687_500), Duration.ofNanos(10_312_500));
		addMillis(1000);
		assertThat(summary().p99()).isBetween(Duration.ofMillis(968), Duration.ofMillis(1032));
	}

	@Test
	void p99OfOneIsThatOne() {
		add(Duration.ofNanos(7_400));
		assertThat(summary().p99()).isEqualTo(Duration.ofNanos(7_000));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 10, 99, 100, 101, 1000, 12_345 })
	void p99IsOffByOnePartIn32AtTheMost(int count) {
		Random random = new Random(count);
		List<Long> micros = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			micros.add((long) Math.exp(random.nextDouble() * 18));
			add(Duration.ofNanos(micros.get(i) * 1000));
			this.time.advance(Duration.ofNanos(Duration.ofSeconds(55).toNanos() / count));
		}
		Collections.sort(micros);
		double exact = micros.get((int) Math.ceil(count * 0.99) - 1);
		Duration p99 = summary().p99();
		assertThat(p99).isNotNull();
		assertThat(p99.toNanos() / 1000.0).isCloseTo(exact, within(exact / 32));
	}

	@Test
	void latencyBeyondTheScaleIsItsEnd() {
		add(Duration.ofDays(100));
		add(Duration.ofNanos(Long.MAX_VALUE));
		assertThat(summary().p99()).isBetween(Duration.ofMinutes(69), Duration.ofMinutes(72));
		assertThat(summary().mean()).isBetween(Duration.ofMinutes(71), Duration.ofMinutes(72));
	}

	@Test
	void clockThatRunsBackwardsDoesNoHarm() {
		this.requests.add(this.time.nanos() - 5, -5);
		assertThat(summary().mean()).isZero();
		assertThat(summary().p99()).isZero();
	}

	@Test
	void sumThatIsTooLargeStaysAtItsLimit() {
		for (int i = 0; i < 1000; i++) {
			add(Duration.ofHours(1));
		}
		assertThat(count(Duration.ofSeconds(1))).isEqualTo(1000);
		assertThat(summary().mean()).isBetween(Duration.ofMinutes(18), Duration.ofMinutes(19));
	}

	@Test
	void nothingIsLostUnderContentionAcrossSlots() throws Exception {
		int perThread = 200_000;
		Callable<Long> load = () -> {
			for (int i = 0; i < perThread; i++) {
				this.requests.add(this.time.nanos(), 2_000_000);
			}
			return 0L;
		};
		Callable<Long> clock = () -> {
			for (int i = 0; i < 50; i++) {
				this.time.advance(Duration.ofSeconds(1));
				assertThat(summary().perSecond()).isNotNegative();
			}
			return 0L;
		};
		Race.run(List.of(load, load, load, clock));
		TrafficSummary summary = summary();
		assertThat(count(Duration.ofSeconds(50))).isEqualTo(3L * perThread);
		assertThat(summary.mean()).isEqualTo(Duration.ofMillis(2));
	}

}
