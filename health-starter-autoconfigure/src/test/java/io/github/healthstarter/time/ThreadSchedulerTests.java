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

package io.github.healthstarter.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ThreadScheduler}.
 */
@Timeout(30)
@ExtendWith(OutputCaptureExtension.class)
class ThreadSchedulerTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final Scheduler scheduler = Scheduler.start("scheduler-under-test");

	private final List<String> ran = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() {
		this.scheduler.close();
	}

	@Test
	void executeRunsOnNamedDaemonThread() {
		Thread thread = thread();
		assertThat(thread.getName()).isEqualTo("scheduler-under-test");
		assertThat(thread.isDaemon()).isTrue();
	}

	@Test
	void executeRunsInOrder() {
		this.scheduler.execute(() -> this.ran.add("first"));
		this.scheduler.execute(() -> this.ran.add("second"));
		awaitTasks();
		assertThat(this.ran).containsExactly("first", "second");
	}

	@Test
	void scheduleRunsNotBeforeDelay() {
		long begun = TimeSource.system().nanos();
		AtomicReference<Duration> delay = new AtomicReference<>();
		this.scheduler.schedule(Duration.ofMillis(50), () -> delay.set(TimeSource.system().since(begun)));
		Awaitility.await().atMost(LIMIT).until(() -> delay.get() != null);
		assertThat(delay.get()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
	}

	@Test
	void executeWhenTaskThrowsLogsAndRunsTheNext(CapturedOutput output) {
		this.scheduler.execute(() -> {
			throw new StackOverflowError("of a task");
		});
		this.scheduler.execute(() -> this.ran.add("next"));
		awaitTasks();
		assertThat(this.ran).containsExactly("next");
		assertThat(output).containsOnlyOnce("A task of scheduler-under-test failed").contains("of a task");
	}

	@Test
	void recoveryRunsAfterATaskHasThrownUntilItReturns() {
		this.scheduler.recoverWith(() -> {
			this.ran.add("recovery");
			if (this.ran.size() == 1) {
				throw new OutOfMemoryError("still");
			}
		});
		this.scheduler.execute(() -> {
			throw new OutOfMemoryError("of a task");
		});
		Awaitility.await().atMost(LIMIT).until(() -> this.ran.size() == 2);
		Awaitility.await()
			.during(Duration.ofMillis(1200))
			.atMost(LIMIT)
			.until(() -> this.ran.equals(List.of("recovery", "recovery")));
	}

	@Test
	void recoveryIsNotPutOffByFurtherFailures() {
		AtomicInteger failures = new AtomicInteger();
		this.scheduler.recoverWith(() -> this.ran.add("recovery"));
		Runnable failing = new Runnable() {

			@Override
			public void run() {
				if (failures.incrementAndGet() < 40) {
					ThreadSchedulerTests.this.scheduler.schedule(Duration.ofMillis(100), this);
				}
				throw new OutOfMemoryError("again");
			}

		};
		this.scheduler.execute(failing);
		Awaitility.await().atMost(LIMIT).until(() -> this.ran.contains("recovery"));
		assertThat(failures).hasValueLessThan(40);
	}

	@Test
	void taskThatInterruptsItsThreadStopsNothing() {
		this.scheduler.execute(() -> Thread.currentThread().interrupt());
		awaitTasks();
		this.scheduler.schedule(Duration.ofMillis(5), () -> this.ran.add("next"));
		Awaitility.await().atMost(LIMIT).until(() -> this.ran.contains("next"));
	}

	@Test
	void executeFromManyThreadsRunsEachTaskOnce() throws InterruptedException {
		List<Thread> threads = new ArrayList<>();
		AtomicInteger count = new AtomicInteger();
		for (int i = 0; i < 4; i++) {
			Thread thread = new Thread(() -> {
				for (int j = 0; j < 5_000; j++) {
					this.scheduler.schedule(Duration.ofMillis(100), count::incrementAndGet).cancel();
					this.scheduler.schedule(Duration.ofNanos(j % 3), count::incrementAndGet);
				}
			});
			thread.start();
			threads.add(thread);
		}
		for (Thread thread : threads) {
			thread.join();
		}
		Awaitility.await().atMost(LIMIT).until(() -> count.get() >= 20_000);
		Awaitility.await().during(Duration.ofMillis(200)).atMost(LIMIT).until(() -> count.get() == 20_000);
	}

	@Test
	void cancelWithdrawsTask() throws InterruptedException {
		CountDownLatch block = blockThread();
		Scheduler.Scheduled scheduled = this.scheduler.schedule(Duration.ZERO, () -> this.ran.add("cancelled"));
		scheduled.cancel();
		block.countDown();
		awaitTasks();
		assertThat(this.ran).isEmpty();
	}

	@Test
	void cancelAfterTaskHasRunDoesNothing() {
		Scheduler.Scheduled scheduled = this.scheduler.schedule(Duration.ZERO, () -> this.ran.add("ran"));
		awaitTasks();
		scheduled.cancel();
		assertThat(this.ran).containsExactly("ran");
	}

	@Test
	void closeEndsThread() {
		Thread thread = thread();
		this.scheduler.close();
		Awaitility.await().atMost(LIMIT).until(() -> !thread.isAlive());
	}

	@Test
	void closeDropsWhatHasNotBegun() throws InterruptedException {
		Thread thread = thread();
		CountDownLatch block = blockThread();
		this.scheduler.execute(() -> this.ran.add("executed"));
		this.scheduler.schedule(Duration.ofMillis(1), () -> this.ran.add("scheduled"));
		this.scheduler.close();
		block.countDown();
		Awaitility.await().atMost(LIMIT).until(() -> !thread.isAlive());
		assertThat(this.ran).isEmpty();
	}

	@Test
	void scheduleAfterCloseDropsTask() {
		Thread thread = thread();
		this.scheduler.close();
		Scheduler.Scheduled scheduled = this.scheduler.schedule(Duration.ZERO, () -> this.ran.add("dropped"));
		scheduled.cancel();
		Awaitility.await().atMost(LIMIT).until(() -> !thread.isAlive());
		assertThat(this.ran).isEmpty();
	}

	@Test
	void closeFromOwnTaskEndsThread() {
		Thread thread = thread();
		this.scheduler.execute(this.scheduler::close);
		Awaitility.await().atMost(LIMIT).until(() -> !thread.isAlive());
	}

	private Thread thread() {
		AtomicReference<Thread> thread = new AtomicReference<>();
		this.scheduler.execute(() -> thread.set(Thread.currentThread()));
		Awaitility.await().atMost(LIMIT).until(() -> thread.get() != null);
		return thread.get();
	}

	private void awaitTasks() {
		thread();
	}

	private CountDownLatch blockThread() throws InterruptedException {
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch block = new CountDownLatch(1);
		this.scheduler.execute(() -> {
			entered.countDown();
			boolean released = false;
			while (!released) {
				try {
					block.await();
					released = true;
				}
				catch (InterruptedException ex) {
					// Goes on until the test releases it.
				}
			}
		});
		assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
		return block;
	}

}
