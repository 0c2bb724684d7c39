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

package io.github.healthstarter.check;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualThreads;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RepeatedTask}.
 */
@ExtendWith(OutputCaptureExtension.class)
class RepeatedTaskTests {

	private static final Duration INTERVAL = Duration.ofSeconds(5);

	private final ManualTime time = new ManualTime();

	private final ManualScheduler scheduler = new ManualScheduler(this.time);

	private final ManualThreads threads = new ManualThreads();

	private final AtomicInteger runs = new AtomicInteger();

	private final AtomicInteger stuck = new AtomicInteger();

	private boolean exhausted;

	private final RepeatedTask task = FactoryThreads.engine(this.scheduler, this.time, (name) -> (run) -> {
		if (this.exhausted) {
			throw new InternalError("no thread");
		}
		return this.threads.newThread(run);
	}).repeat("discovery", this.runs::incrementAndGet, this.stuck::incrementAndGet);

	@Test
	void runsAtEachIntervalUntilItIsStopped() {
		start();
		this.time.advance(INTERVAL.multipliedBy(3));
		assertThat(this.runs).hasValue(3);
		this.task.stop();
		this.time.advance(INTERVAL.multipliedBy(3));
		assertThat(this.runs).hasValue(3);
		assertThat(this.scheduler.waiting()).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2 })
	void goesOnWhereverMemoryRunsOutOnce(int scheduled) {
		start();
		this.scheduler.exhaustAfter(scheduled);
		this.time.advance(Duration.ofMinutes(1));
		int before = this.runs.get();
		this.time.advance(INTERVAL.multipliedBy(2));
		assertThat(this.runs).hasValue(before + 2);
		assertThat(this.scheduler.waiting()).isEqualTo(1);
	}

	@Test
	void runThatCannotBeginIsTriedAgainAndLogsNothing(CapturedOutput output) {
		start();
		this.exhausted = true;
		this.time.advance(INTERVAL.multipliedBy(3));
		this.exhausted = false;
		this.time.advance(INTERVAL);
		assertThat(this.runs).hasValue(1);
		assertThat(this.stuck).hasValue(0);
		assertThat(output).isEmpty();
	}

	@Test
	void runThatDoesNotEndIsReportedOnceAndHasNoOtherBesideIt() {
		this.threads.hold();
		start();
		this.time.advance(INTERVAL.multipliedBy(4));
		assertThat(this.stuck).hasValue(1);
		assertThat(this.threads.started()).isEqualTo(1);
		this.threads.release();
		this.time.advance(INTERVAL);
		assertThat(this.runs).hasValue(2);
	}

	@Test
	void runThatIsUnderWayDuringAPauseIsNotReported() {
		this.threads.hold();
		start();
		this.time.advance(INTERVAL);
		this.time.pause(Duration.ofSeconds(75));
		this.time.runDue();
		this.threads.release();
		this.time.advance(INTERVAL);
		assertThat(this.runs).hasValue(2);
		assertThat(this.stuck).hasValue(0);
	}

	private void start() {
		this.task.start(INTERVAL);
		this.time.runDue();
	}

}
