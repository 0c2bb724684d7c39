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

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ExecutorSignal}.
 */
class ExecutorSignalTests {

	private final ManualTime time = new ManualTime();

	private final List<Runnable> queue = new ArrayList<>();

	private @Nullable Executor executor = this.queue::add;

	private final ExecutorSignal signal = new ExecutorSignal(new Watched(), Duration.ofSeconds(60),
			ManagementFactory.getThreadMXBean(), this.time);

	@Test
	void lookPassesWhereThereIsNoExecutorYet() {
		this.executor = null;
		assertThat(this.signal.look()).isNull();
		this.time.advance(Duration.ofHours(1));
		assertThat(this.signal.look()).isNull();
	}

	@Test
	void lookPassesWhereTasksAreRun() {
		this.executor = Runnable::run;
		for (int i = 0; i < 3; i++) {
			assertThat(this.signal.look()).isNull();
			this.time.advance(Duration.ofMinutes(2));
		}
	}

	@Test
	void lookFailsWhereTheTaskHasNotBeenRunForTooLong() {
		assertThat(lookFor(59)).isNull();
		this.time.advance(Duration.ofSeconds(2));
		LivenessFailure failure = this.signal.look();
		assertThat(failure).isNotNull();
		assertThat(failure.reason()).isEqualTo("no thread has been free for 61s");
		assertThat(failure.stacks()).startsWith("\"" + Thread.currentThread().getName() + "\"")
			.contains("\tat ", "ExecutorSignalTests");
	}

	@Test
	void onlyOneTaskIsEverWaiting() {
		for (int i = 0; i < 5; i++) {
			this.signal.look();
			this.time.advance(Duration.ofSeconds(30));
		}
		assertThat(this.queue).hasSize(1);
	}

	@Test
	void lookPassesAgainWhereTheTaskHasBeenRun() {
		assertThat(lookFor(120)).isNotNull();
		this.queue.remove(0).run();
		assertThat(this.signal.look()).isNull();
		assertThat(this.queue).hasSize(1);
	}

	@Test
	void taskThatWentWithItsExecutorIsForgotten() {
		assertThat(lookFor(120)).isNotNull();
		this.executor = Runnable::run;
		assertThat(this.signal.look()).isNull();
	}

	@Test
	void refusalIsWaitingTooAndTriedAgain() {
		this.executor = (task) -> {
			throw new RejectedExecutionException("full");
		};
		assertThat(lookFor(59)).isNull();
		assertThat(lookFor(1)).isNotNull();
		this.executor = Runnable::run;
		assertThat(lookFor(60)).isNull();
	}

	@Test
	void pauseOfTheProcessIsNoTimeForWhichTheTaskHasWaited() {
		assertThat(lookFor(55)).isNull();
		this.time.pause(Duration.ofSeconds(75));
		assertThat(lookFor(4)).isNull();
		assertThat(lookFor(1)).isNotNull();
	}

	// Once a second
	private @Nullable LivenessFailure lookFor(int seconds) {
		LivenessFailure failure = this.signal.look();
		for (int i = 0; i < seconds; i++) {
			this.time.advance(Duration.ofSeconds(1));
			failure = this.signal.look();
		}
		return failure;
	}

	/**
	 * Watches the test's executor, whose only thread is the test's.
	 */
	private final class Watched implements WatchedExecutor {

		@Override
		public String name() {
			return "test";
		}

		@Override
		public @Nullable Executor executor() {
			return ExecutorSignalTests.this.executor;
		}

		@Override
		public boolean isItsThread(String threadName) {
			return threadName.equals(Thread.currentThread().getName());
		}

	}

}
