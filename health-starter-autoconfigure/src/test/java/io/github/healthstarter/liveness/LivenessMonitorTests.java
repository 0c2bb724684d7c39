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

package io.github.healthstarter.liveness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LivenessMonitor}.
 */
@ExtendWith(OutputCaptureExtension.class)
class LivenessMonitorTests {

	private static final LivenessFailure FAILURE = new LivenessFailure("first", "broken", "stacks at first");

	private final ManualTime time = new ManualTime();

	private final ManualScheduler scheduler = new ManualScheduler(this.time);

	private final FakeSignal first = new FakeSignal("first");

	private final FakeSignal second = new FakeSignal("second");

	private final LivenessMonitor monitor = new LivenessMonitor(List.of(this.first, this.second), this.scheduler,
			this.time);

	@Test
	void currentBeforeTheFirstLookIsAlive() {
		assertThat(this.monitor.current().isAlive()).isTrue();
		assertThat(this.first.looks).isZero();
	}

	@Test
	void startLooksAtEachInterval() {
		this.monitor.start();
		this.time.advance(LivenessMonitor.INTERVAL.minusNanos(1));
		assertThat(this.first.looks).isZero();
		this.time.advance(Duration.ofNanos(1));
		assertThat(this.first.looks).isEqualTo(1);
		this.time.advance(LivenessMonitor.INTERVAL.multipliedBy(10));
		assertThat(this.first.looks).isEqualTo(11);
		assertThat(this.second.looks).isEqualTo(11);
	}

	@Test
	void looksGoOnAfterMemoryHasRunOut() {
		this.monitor.start();
		this.time.runDue();
		this.scheduler.exhaustAfter(1);
		this.time.advance(LivenessMonitor.INTERVAL.multipliedBy(4));
		int looks = this.first.looks;
		assertThat(looks).isBetween(2, 3);
		this.time.advance(LivenessMonitor.INTERVAL.multipliedBy(4));
		assertThat(this.first.looks).isEqualTo(looks + 4);
	}

	@Test
	void lookAtLeastEveryLooksMoreOftenAndNeverLess() {
		this.monitor.start();
		this.monitor.lookAtLeastEvery(Duration.ofSeconds(2));
		this.monitor.lookAtLeastEvery(Duration.ofSeconds(30));
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.first.looks).isZero();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.first.looks).isEqualTo(1);
		this.time.advance(Duration.ofSeconds(20));
		assertThat(this.first.looks).isEqualTo(11);
		assertThat(this.scheduler.waiting()).isEqualTo(1);
	}

	@Test
	void lookFindsEachFailureAndItsEnd() {
		this.monitor.start();
		this.first.finding = () -> FAILURE;
		this.second.finding = () -> new LivenessFailure("second", "starved", "");
		this.time.advance(LivenessMonitor.INTERVAL);
		assertThat(this.monitor.current().failures()).hasToString("[first: broken, second: starved]");
		this.first.finding = () -> null;
		this.time.advance(LivenessMonitor.INTERVAL);
		assertThat(this.monitor.current().failures()).hasToString("[second: starved]");
		this.second.finding = () -> null;
		this.time.advance(LivenessMonitor.INTERVAL);
		assertThat(this.monitor.current().isAlive()).isTrue();
	}

	@Test
	void lookKeepsTheFirstStacksOfAFailureThatGoesOn() {
		this.monitor.start();
		this.first.finding = () -> FAILURE;
		this.time.advance(LivenessMonitor.INTERVAL);
		this.first.finding = () -> new LivenessFailure("first", "broken", "stacks later");
		this.time.advance(LivenessMonitor.INTERVAL);
		assertThat(this.monitor.current().failures()).containsExactly(FAILURE);
		this.first.finding = () -> new LivenessFailure("first", "broken otherwise", "stacks later");
		this.time.advance(LivenessMonitor.INTERVAL);
		assertThat(this.monitor.current().failures())
			.containsExactly(new LivenessFailure("first", "broken otherwise", "stacks later"));
	}

	@Test
	void signalThatThrowsIsHealthyAndLoggedOnceInARow(CapturedOutput output) {
		this.monitor.start();
		this.first.finding = () -> {
			throw new StackOverflowError("of a signal");
		};
		this.second.finding = () -> new LivenessFailure("second", "starved", "");
		this.time.advance(LivenessMonitor.INTERVAL.multipliedBy(3));
		assertThat(this.monitor.current().failures()).hasToString("[second: starved]");
		assertThat(output).containsOnlyOnce("threw and is taken as healthy").containsOnlyOnce("of a signal");
		Supplier<@Nullable LivenessFailure> throwing = this.first.finding;
		this.first.finding = () -> null;
		this.time.advance(LivenessMonitor.INTERVAL);
		this.first.finding = throwing;
		this.time.advance(LivenessMonitor.INTERVAL.multipliedBy(3));
		assertThat(output.getOut().split("threw and is taken as healthy", -1)).hasSize(3);
	}

	@Test
	void listenerIsToldAfterEachLook() {
		List<Boolean> heard = new ArrayList<>();
		this.monitor.addListener(() -> heard.add(this.monitor.current().isAlive()));
		this.monitor.start();
		this.time.advance(LivenessMonitor.INTERVAL);
		this.first.finding = () -> FAILURE;
		this.time.advance(LivenessMonitor.INTERVAL.multipliedBy(2));
		assertThat(heard).containsExactly(true, false, false);
	}

	@Test
	void listenerThatThrowsStopsNothing(CapturedOutput output) {
		List<Boolean> heard = new ArrayList<>();
		this.monitor.addListener(() -> {
			throw new StackOverflowError("of a listener");
		});
		this.monitor.addListener(() -> heard.add(true));
		this.monitor.start();
		this.time.advance(LivenessMonitor.INTERVAL.multipliedBy(2));
		assertThat(heard).hasSize(2);
		assertThat(output).contains("A liveness listener failed").contains("of a listener");
	}

	@Test
	void refreshLooksOnceMore() {
		this.monitor.start();
		this.time.advance(Duration.ofSeconds(1));
		this.first.finding = () -> FAILURE;
		this.monitor.refresh();
		this.time.advance(LivenessMonitor.INTERVAL);
		assertThat(this.monitor.current().failures()).containsExactly(FAILURE);
		this.time.advance(Duration.ofSeconds(4));
		assertThat(this.first.looks).isEqualTo(3);
		assertThat(this.scheduler.waiting()).isEqualTo(1);
	}

	@Test
	void eachLookIsFreshForAMinute() {
		this.monitor.start();
		this.time.advance(Duration.ofSeconds(10));
		Liveness current = this.monitor.current();
		assertThat(current.freshUntil() - this.time.nanos()).isEqualTo(Duration.ofSeconds(60).toNanos());
		this.scheduler.close();
		this.time.advance(Duration.ofSeconds(60));
		assertThat(this.monitor.current()).isSameAs(current);
		assertThat(current.asOf(this.time.nanos()).isAlive()).isFalse();
	}

	@Test
	void closeStopsLooking() {
		this.monitor.start();
		this.time.advance(LivenessMonitor.INTERVAL);
		this.monitor.close();
		this.time.advance(Duration.ofMinutes(1));
		assertThat(this.first.looks).isEqualTo(1);
		assertThat(this.scheduler.isClosed()).isTrue();
	}

	private static final class FakeSignal implements LivenessSignal {

		private final String name;

		private Supplier<@Nullable LivenessFailure> finding = () -> null;

		private int looks;

		FakeSignal(String name) {
			this.name = name;
		}

		@Override
		public String name() {
			return this.name;
		}

		@Override
		public @Nullable LivenessFailure look() {
			this.looks++;
			return this.finding.get();
		}

	}

}
