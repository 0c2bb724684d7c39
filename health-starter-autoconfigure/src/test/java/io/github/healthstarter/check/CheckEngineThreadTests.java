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
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CheckEngine} on real threads.
 */
@Timeout(60)
class CheckEngineThreadTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final Duration SHORT = Duration.ofMillis(20);

	private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

	private final CheckEngine engine = FactoryThreads.engine(Scheduler.start("health-checks-under-test"),
			TimeSource.system(), (name) -> (task) -> newThread(name, task));

	private final CountDownLatch block = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.block.countDown();
		this.engine.close();
		Awaitility.await().atMost(LIMIT).until(() -> this.threads.stream().noneMatch(Thread::isAlive));
	}

	@Test
	void checksRunAgainAndAgainOnThreadsOfTheirOwn() {
		AtomicInteger asked = new AtomicInteger();
		start("db", () -> {
			assertThat(Thread.currentThread().getName()).isEqualTo("db");
			asked.incrementAndGet();
			return Health.up().build();
		}, true);
		await((state) -> asked.get() >= 5 && state.status() == CheckStatus.UP);
	}

	@Test
	void checkRunsOnAPlatformThreadThatIsNamedAfterItAndKeepsNothingAlive() {
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		try (CheckEngine engine = new CheckEngine(Scheduler.start("health-checks-under-test"), TimeSource.system())) {
			engine.start(List.of(new CheckDefinition("db", "db", () -> {
				thread.complete(Thread.currentThread());
				return Health.up().build();
			}, CheckPolicy.DEFAULT)));
			assertThat(thread).succeedsWithin(LIMIT).satisfies((found) -> {
				assertThat(found.getName()).isEqualTo("health-check-db");
				assertThat(found.isDaemon()).isTrue();
				assertThat(found.toString()).startsWith("Thread[");
			});
		}
	}

	@Test
	void hungIndicatorTimesOutAndKeepsItsOneThread() {
		start("db", () -> {
			awaitUninterrupted(this.block);
			return Health.up().build();
		}, true);
		await((state) -> state.consecutiveFailures() >= 10);
		assertThat(state().error()).startsWith("timed out after 20ms, stuck for");
		assertThat(this.threads).hasSize(2);
		this.block.countDown();
		await((state) -> state.status() == CheckStatus.UP);
	}

	@Test
	void hungIndicatorIsInterruptedAndAskedAgain() {
		AtomicInteger asked = new AtomicInteger();
		start("db", () -> {
			if (asked.incrementAndGet() < 3) {
				awaitInterrupted();
			}
			return Health.up().build();
		}, true);
		await((state) -> asked.get() >= 3 && state.status() == CheckStatus.UP);
	}

	@Test
	void hungIndicatorIsNotInterruptedWhereConfigured() {
		AtomicInteger interrupted = new AtomicInteger();
		start("db", () -> {
			try {
				this.block.await();
			}
			catch (InterruptedException ex) {
				interrupted.incrementAndGet();
			}
			return Health.up().build();
		}, false);
		await((state) -> state.consecutiveFailures() >= 5);
		assertThat(interrupted).hasValue(0);
	}

	@Test
	void indicatorThatExhaustsTheStackIsAFailedCheck() {
		AtomicInteger asked = new AtomicInteger();
		start("db", () -> (asked.incrementAndGet() < 3) ? recurse() : Health.up().build(), true);
		await((state) -> asked.get() >= 3 && state.status() == CheckStatus.UP);
	}

	@Test
	void closeInterruptsIndicatorsAndEndsTheScheduler() {
		CountDownLatch interrupted = new CountDownLatch(1);
		start("db", () -> {
			try {
				this.block.await();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
			}
			return Health.up().build();
		}, false);
		Awaitility.await().atMost(LIMIT).until(() -> this.threads.size() == 2);
		this.engine.close();
		Awaitility.await().atMost(LIMIT).until(() -> interrupted.getCount() == 0);
		Awaitility.await().atMost(LIMIT).until(() -> !isRunning("health-checks-under-test"));
		Awaitility.await().atMost(LIMIT).until(() -> this.threads.stream().noneMatch(Thread::isAlive));
	}

	private void start(String name, HealthIndicator indicator, boolean interruptOnTimeout) {
		CheckPolicy policy = new CheckPolicy(Impact.REQUIRED, SHORT, SHORT, SHORT, 1, 1, interruptOnTimeout, null);
		this.engine.start(List.of(new CheckDefinition(name, name, afterAPass(indicator), policy)));
	}

	// The first run has time
	private static HealthIndicator afterAPass(HealthIndicator indicator) {
		AtomicBoolean passed = new AtomicBoolean();
		return () -> passed.compareAndSet(false, true) ? Health.up().build() : indicator.health();
	}

	private void await(Predicate<CheckState> condition) {
		Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(() -> condition.test(state()));
	}

	private CheckState state() {
		return this.engine.snapshot().states().iterator().next();
	}

	private Thread newThread(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		this.threads.add(thread);
		return thread;
	}

	@SuppressWarnings("InfiniteRecursion")
	private static @Nullable Health recurse() {
		return recurse();
	}

	private static void awaitInterrupted() {
		try {
			new CountDownLatch(1).await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void awaitUninterrupted(CountDownLatch latch) {
		boolean released = false;
		while (!released) {
			try {
				latch.await();
				released = true;
			}
			catch (InterruptedException ex) {
				// A call that cannot be interrupted.
			}
		}
	}

	private static boolean isRunning(String threadName) {
		return Thread.getAllStackTraces().keySet().stream().anyMatch((thread) -> thread.getName().equals(threadName));
	}

}
