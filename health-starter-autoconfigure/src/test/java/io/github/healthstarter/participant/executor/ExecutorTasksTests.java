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

package io.github.healthstarter.participant.executor;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

import io.github.healthstarter.drain.DrainParticipant;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;

/**
 * Tests for {@link ExecutorTasks}.
 */
class ExecutorTasksTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final ManualTime time = new ManualTime();

	private final List<Runnable> decorated = new CopyOnWriteArrayList<>();

	@Test
	void tasksOfAThreadPoolCountWhileTheyRunAndWhileTheyWait() {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
		assertThatTasksCount(executor, null);
		executor.shutdown();
	}

	@Test
	void tasksOfSpringsThreadPoolCountWhileTheyRunAndWhileTheyWait() {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setCorePoolSize(1);
		executor.initialize();
		assertThatTasksCount(executor, Duration.ofSeconds(7));
		executor.shutdown();
	}

	@Test
	void tasksOfSpringsExecutorWithoutAPoolCount() {
		assertThatTasksCount(new SimpleAsyncTaskExecutor(), Duration.ofSeconds(7));
	}

	private Runnable decorate(Runnable task) {
		this.decorated.add(task);
		return task;
	}

	@Test
	void applicationsOwnDecoratorGoesOn() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor();
		executor.setTaskDecorator(this::decorate);
		assertThatTasksCount(executor, Duration.ofSeconds(7));
		assertThat(this.decorated).hasSize(3);
	}

	@Test
	void decoratorOfAnExecutorBehindAProxyGoesOnToo() {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setTaskDecorator(this::decorate);
		executor.initialize();
		ProxyFactory proxies = new ProxyFactory(executor);
		proxies.setProxyTargetClass(true);
		assertThatTasksCount((Executor) proxies.getProxy(), Duration.ofSeconds(7));
		assertThat(this.decorated).hasSize(3);
		executor.shutdown();
	}

	@Test
	void decoratorOfAnExecutorThatPassesEverythingOnGoesOnToo() {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setTaskDecorator(this::decorate);
		executor.initialize();
		ExecutorTasks.of("reports", new PassingOn(executor), this.time);
		executor.execute(() -> {
		});
		assertThat(this.decorated).hasSize(1);
		executor.shutdown();
	}

	@Test
	void taskThatThrowsHasEnded() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor();
		DrainParticipant participant = ExecutorTasks.of("reports", executor, this.time);
		assertThat(participant).isNotNull();
		Thread.UncaughtExceptionHandler handler = mock();
		executor.setThreadFactory((task) -> {
			Thread thread = new Thread(task);
			thread.setUncaughtExceptionHandler(handler);
			return thread;
		});
		executor.execute(() -> {
			throw new IllegalStateException("broken");
		});
		then(handler).should(timeout(LIMIT.toMillis())).uncaughtException(any(), any());
		assertThat(participant.inFlight()).isZero();
	}

	private void assertThatTasksCount(Executor executor, @Nullable Duration age) {
		DrainParticipant participant = ExecutorTasks.of("reports", executor, this.time);
		assertThat(participant).isNotNull();
		assertThat(participant.name()).isEqualTo("reports");
		assertThat(participant.inFlight()).isZero();
		assertThat(participant.oldestAge()).isNull();
		CountDownLatch latch = new CountDownLatch(1);
		participant.startDraining();
		for (int i = 0; i < 3; i++) {
			executor.execute(() -> await(latch));
		}
		Awaitility.await().atMost(LIMIT).until(() -> participant.inFlight() == 3);
		if (age != null) {
			// One that its thread has taken counts a moment before it runs
			Awaitility.await().atMost(LIMIT).until(() -> participant.oldestAge() != null);
		}
		this.time.advance(Duration.ofSeconds(7));
		assertThat(participant.oldestAge()).isEqualTo(age);
		latch.countDown();
		Awaitility.await().atMost(LIMIT).until(() -> participant.inFlight() == 0);
		participant.cancelDraining();
	}

	@Test
	void tasksOfASchedulerCountOnlyWhileTheyRun() {
		ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
		scheduler.initialize();
		DrainParticipant participant = ExecutorTasks.of("reports", scheduler, this.time);
		assertThat(participant).isNotNull();
		ScheduledFuture<?> later = scheduler.scheduleAtFixedRate(() -> {
		}, scheduler.getClock().instant().plusSeconds(3600), Duration.ofHours(1));
		// A thread that is being started counts for a moment
		Awaitility.await().atMost(LIMIT).until(() -> participant.inFlight() == 0);
		CountDownLatch latch = new CountDownLatch(1);
		scheduler.execute(() -> await(latch));
		Awaitility.await().atMost(LIMIT).until(() -> participant.inFlight() == 1);
		Awaitility.await().atMost(LIMIT).until(() -> participant.oldestAge() != null);
		latch.countDown();
		later.cancel(false);
		scheduler.shutdown();
	}

	@Test
	void noTaskSeenOnceIsNotTheEnd() {
		Deque<Integer> active = new ArrayDeque<>(List.of(1, 1, 0, 1, 0, 0, 0));
		ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {

			@Override
			public int getActiveCount() {
				return active.remove();
			}

		};
		DrainParticipant participant = ExecutorTasks.of("reports", executor, this.time);
		assertThat(participant).isNotNull();
		participant.startDraining();
		assertThat(LongStream.generate(participant::inFlight).limit(6)).containsExactly(1L, 1L, 1L, 1L, 0L, 0L);
		executor.shutdown();
	}

	@Test
	void executorThatDoesNotTellOfItsTasksIsNone() {
		assertThat(ExecutorTasks.of("reports", ForkJoinPool.commonPool(), this.time)).isNull();
		assertThat(ExecutorTasks.of("reports", new SimpleAsyncTaskScheduler(), this.time)).isNull();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static final class PassingOn extends ThreadPoolTaskExecutor {

		private static final long serialVersionUID = 1L;

		private final transient ThreadPoolTaskExecutor target;

		PassingOn(ThreadPoolTaskExecutor target) {
			this.target = target;
		}

		@Override
		public void setTaskDecorator(TaskDecorator decorator) {
			this.target.setTaskDecorator(decorator);
		}

		@Override
		public ThreadPoolExecutor getThreadPoolExecutor() {
			return this.target.getThreadPoolExecutor();
		}

	}

}
