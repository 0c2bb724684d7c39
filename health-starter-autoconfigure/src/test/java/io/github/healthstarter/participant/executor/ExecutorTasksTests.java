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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

import io.github.healthstarter.drain.DrainParticipant;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ExecutorTasks}.
 */
class ExecutorTasksTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	@Test
	void tasksOfAThreadPoolCountWhileTheyRunAndWhileTheyWait() {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
		assertThatTasksCount(executor);
		executor.shutdown();
	}

	@Test
	void tasksOfSpringsThreadPoolCountWhileTheyRunAndWhileTheyWait() {
		ThreadPoolTaskExecutor executor = springsThreadPool();
		assertThatTasksCount(executor);
		executor.shutdown();
	}

	@Test
	void tasksOfSpringsThreadPoolBehindAProxyCount() {
		ThreadPoolTaskExecutor executor = springsThreadPool();
		ProxyFactory proxies = new ProxyFactory(executor);
		proxies.setProxyTargetClass(true);
		assertThatTasksCount((Executor) proxies.getProxy());
		executor.shutdown();
	}

	private static ThreadPoolTaskExecutor springsThreadPool() {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setCorePoolSize(1);
		executor.initialize();
		return executor;
	}

	private void assertThatTasksCount(Executor executor) {
		DrainParticipant participant = participant(executor);
		assertThat(participant.name()).isEqualTo("reports");
		assertThat(participant.inFlight()).isZero();
		CountDownLatch latch = new CountDownLatch(1);
		participant.startDraining();
		for (int i = 0; i < 3; i++) {
			executor.execute(() -> await(latch));
		}
		Awaitility.await().atMost(LIMIT).until(() -> participant.inFlight() == 3);
		latch.countDown();
		Awaitility.await().atMost(LIMIT).until(() -> participant.inFlight() == 0);
		participant.cancelDraining();
	}

	@Test
	void tasksOfASchedulerCountOnlyWhileTheyRun() {
		ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
		scheduler.initialize();
		DrainParticipant participant = participant(scheduler);
		ScheduledFuture<?> later = scheduler.scheduleAtFixedRate(() -> {
		}, scheduler.getClock().instant().plusSeconds(3600), Duration.ofHours(1));
		// A thread that is being started counts for a moment
		Awaitility.await().atMost(LIMIT).until(() -> participant.inFlight() == 0);
		CountDownLatch latch = new CountDownLatch(1);
		scheduler.execute(() -> await(latch));
		Awaitility.await().atMost(LIMIT).until(() -> participant.inFlight() == 1);
		latch.countDown();
		later.cancel(false);
		scheduler.shutdown();
	}

	@Test
	void inFlightWhenNoTaskIsSeenOnceIsNotZero() {
		Deque<Integer> active = new ArrayDeque<>(List.of(1, 1, 0, 1, 0, 0, 0));
		ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {

			@Override
			public int getActiveCount() {
				return active.remove();
			}

		};
		DrainParticipant participant = participant(executor);
		participant.startDraining();
		assertThat(LongStream.generate(participant::inFlight).limit(6)).containsExactly(1L, 1L, 1L, 1L, 0L, 0L);
		executor.shutdown();
	}

	@Test
	void executorWhoseTasksCannotBeCountedIsNoParticipant() {
		assertThat(ExecutorTasks.of("reports", ForkJoinPool.commonPool())).isNull();
		assertThat(ExecutorTasks.of("reports", new SimpleAsyncTaskExecutor())).isNull();
	}

	private static DrainParticipant participant(Object executor) {
		DrainParticipant participant = ExecutorTasks.of("reports", executor);
		assertThat(participant).isNotNull();
		return participant;
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
