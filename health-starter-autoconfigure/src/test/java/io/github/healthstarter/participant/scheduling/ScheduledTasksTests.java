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

package io.github.healthstarter.participant.scheduling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.UserConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.SchedulingAwareRunnable;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.config.ScheduledTaskHolder;

import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.testing.StarterContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ScheduledTasks} in a context whose tasks are really run.
 */
@Timeout(60)
class ScheduledTasksTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

	private final ApplicationContextRunner runner = StarterContext.runner().withUserConfiguration(Tasks.class);

	@Test
	void tasksOfAThreadPoolRunNoMoreUntilTheDrainIsUndone() {
		this.runner.withUserConfiguration(Pool.class)
			.run((context) -> assertThatTasksDrain(context.getBean(ScheduledTasks.class), context.getBean(Tasks.class),
					context.getBean(TaskScheduler.class)));
	}

	@Test
	void tasksOnThreadsOfTheirOwnRunNoMoreUntilTheDrainIsUndone() {
		this.runner.withUserConfiguration(Threads.class)
			.run((context) -> assertThatTasksDrain(context.getBean(ScheduledTasks.class), context.getBean(Tasks.class),
					context.getBean(TaskScheduler.class)));
	}

	@ParameterizedTest
	@ValueSource(classes = { Chosen.class, ChosenByAnother.class })
	void tasksOfASchedulerThatHasBeenChosenDrain(Class<?> choice) {
		this.runner.withUserConfiguration(Pool.class)
			.withConfiguration((choice == Chosen.class) ? UserConfigurations.of(choice) : AutoConfigurations.of(choice))
			.run((context) -> assertThatTasksDrain(context.getBean(ScheduledTasks.class), context.getBean(Tasks.class),
					context.getBean(TaskScheduler.class)));
	}

	private static void assertThatTasksDrain(ScheduledTasks participant, Tasks tasks, TaskScheduler scheduler) {
		Awaitility.await().atMost(LIMIT).until(() -> tasks.slow.get() > 0 && tasks.fast.get() > 0);
		participant.startDraining();
		Awaitility.await().atMost(LIMIT).until(() -> participant.inFlight() == 1);
		Duration age = participant.oldestAge();
		assertThat(age).isNotNull();
		int fast = tasks.fast.get();
		int slow = tasks.slow.get();
		AtomicInteger own = new AtomicInteger();
		ScheduledFuture<?> future = scheduler.scheduleAtFixedRate(own::incrementAndGet, Duration.ofMillis(5));
		Awaitility.await().atMost(LIMIT).until(() -> own.get() > 20);
		assertThat(tasks.fast.get()).isEqualTo(fast);
		assertThat(participant.inFlight()).isEqualTo(1);
		assertThat(participant.oldestAge()).isGreaterThan(age);
		tasks.latch.countDown();
		Awaitility.await().atMost(LIMIT).until(() -> participant.inFlight() == 0);
		assertThat(tasks.slow.get()).isEqualTo(slow);
		participant.cancelDraining();
		Awaitility.await().atMost(LIMIT).until(() -> tasks.fast.get() > fast && tasks.slow.get() > slow);
		future.cancel(false);
	}

	@Test
	void taskThatIsToRunOnceRunsWhenTheDrainIsUndone() {
		TaskGate gate = new TaskGate(new ManualTime());
		SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
		AtomicInteger runs = new AtomicInteger();
		AtomicInteger others = new AtomicInteger();
		gate.shut();
		ScheduledFuture<?> once = new GatedScheduler(scheduler, gate).schedule(runs::incrementAndGet,
				scheduler.getClock().instant());
		ScheduledFuture<?> regular = scheduler.scheduleAtFixedRate(others::incrementAndGet, Duration.ofMillis(5));
		Awaitility.await().atMost(LIMIT).until(() -> others.get() > 10);
		assertThat(runs).hasValue(0);
		gate.open();
		Awaitility.await().atMost(LIMIT).until(() -> runs.get() == 1);
		gate.open();
		Awaitility.await().atMost(LIMIT).until(() -> others.get() > 20);
		assertThat(runs).hasValue(1);
		assertThat(once.isDone()).isTrue();
		regular.cancel(false);
		scheduler.close();
	}

	@Test
	void taskThatThrowsIsNoLongerUnderWay() {
		TaskGate gate = new TaskGate(new ManualTime());
		GatedTask task = new GatedTask(() -> {
			assertThat(gate.running()).isEqualTo(1);
			throw new IllegalStateException("no");
		}, gate, null);
		assertThatIllegalStateException().isThrownBy(task::run);
		assertThat(gate.running()).isZero();
		assertThat(gate.oldestAge()).isNull();
	}

	@Test
	void taskKeepsItsQualifier() {
		SchedulingAwareRunnable task = new SchedulingAwareRunnable() {

			@Override
			public void run() {
			}

			@Override
			public String getQualifier() {
				return "reports";
			}

			@Override
			public boolean isLongLived() {
				return true;
			}

		};
		GatedTask gated = new GatedTask(task, new TaskGate(new ManualTime()), null);
		assertThat(gated.getQualifier()).isEqualTo("reports");
		assertThat(gated.isLongLived()).isTrue();
		assertThat(gated).hasToString(task.toString());
		GatedTask plain = new GatedTask(Thread::onSpinWait, new TaskGate(new ManualTime()), null);
		assertThat(plain.getQualifier()).isNull();
		assertThat(plain.isLongLived()).isFalse();
	}

	@Test
	void tasksAreStillShownAsWhatTheyAre() {
		this.runner.run((context) -> {
			List<String> tasks = new ArrayList<>();
			context.getBeansOfType(ScheduledTaskHolder.class)
				.values()
				.forEach((holder) -> holder.getScheduledTasks().forEach((task) -> tasks.add(task.toString())));
			assertThat(tasks).hasSize(2).allMatch((task) -> task.startsWith(Tasks.class.getName()));
		});
	}

	@Test
	void participantIsAbsentWhereNothingIsScheduled() {
		StarterContext.runner().run((context) -> assertThat(context).doesNotHaveBean(ScheduledTasks.class));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	static class Tasks {

		final AtomicInteger fast = new AtomicInteger();

		final AtomicInteger slow = new AtomicInteger();

		final CountDownLatch latch = new CountDownLatch(1);

		@Scheduled(fixedRate = 5)
		void fast() {
			this.fast.incrementAndGet();
		}

		@Scheduled(cron = "* * * * * *")
		void slow() throws InterruptedException {
			if (this.slow.incrementAndGet() == 1) {
				this.latch.await();
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Pool {

		@Bean
		ThreadPoolTaskScheduler taskScheduler() {
			ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
			scheduler.setPoolSize(3);
			return scheduler;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Chosen {

		@Bean
		SchedulingConfigurer choice(TaskScheduler scheduler) {
			return (registrar) -> registrar.setTaskScheduler(scheduler);
		}

	}

	@AutoConfiguration
	static class ChosenByAnother {

		@Bean
		@Order
		SchedulingConfigurer choice(TaskScheduler scheduler) {
			return (registrar) -> registrar.setTaskScheduler(scheduler);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Threads {

		@Bean
		SimpleAsyncTaskScheduler taskScheduler() {
			SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
			scheduler.setVirtualThreads(Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS);
			return scheduler;
		}

	}

}
