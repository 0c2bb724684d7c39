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
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

import io.github.healthstarter.drain.DrainParticipant;
import io.github.healthstarter.time.TimeSource;

/**
 * The tasks of an executor, those that run and those in its queue. What waits in the
 * queue of a scheduler is for later and does not count. The executor is not stopped: what
 * is under way may need it. How old a task is can be known of Spring's executors alone.
 */
public final class ExecutorTasks implements DrainParticipant {

	private final String name;

	private final LongSupplier tasks;

	private final @Nullable RunningTasks running;

	// Belongs to the participant's thread

	private boolean wasIdle = true;

	private ExecutorTasks(String name, LongSupplier tasks, @Nullable RunningTasks running) {
		this.name = name;
		this.tasks = tasks;
		this.running = running;
	}

	/**
	 * Create a participant for an executor.
	 * @param name the participant's name
	 * @param executor the executor
	 * @param time the time source
	 * @return the participant, {@code null} where the executor does not tell of its tasks
	 */
	public static @Nullable DrainParticipant of(String name, Object executor, TimeSource time) {
		if (executor instanceof ThreadPoolExecutor pool) {
			return new ExecutorTasks(name, () -> tasks(pool), null);
		}
		if (executor instanceof ThreadPoolTaskExecutor spring) {
			ThreadPoolExecutor pool = spring.getThreadPoolExecutor();
			return new ExecutorTasks(name, () -> tasks(pool), RunningTasks.of(spring, time));
		}
		if (executor instanceof ThreadPoolTaskScheduler spring) {
			ThreadPoolExecutor pool = spring.getScheduledThreadPoolExecutor();
			return new ExecutorTasks(name, () -> tasks(pool), RunningTasks.of(spring, time));
		}
		// One that schedules runs some of its tasks beside the decorator
		if (executor instanceof SimpleAsyncTaskExecutor spring && !(executor instanceof TaskScheduler)) {
			RunningTasks running = RunningTasks.of(spring, time);
			return (running != null) ? new ExecutorTasks(name, running::count, running) : null;
		}
		return null;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public void startDraining() {
		this.wasIdle = this.tasks.getAsLong() == 0;
	}

	@Override
	public void cancelDraining() {
	}

	/**
	 * Return how many tasks there are. One that a thread has taken from the queue and not
	 * begun is neither here nor there for a moment, so there are none when that has been
	 * seen twice in a row.
	 * @return the number of tasks
	 */
	@Override
	public long inFlight() {
		long tasks = this.tasks.getAsLong();
		boolean isIdle = tasks == 0;
		long inFlight = (isIdle && !this.wasIdle) ? 1 : tasks;
		this.wasIdle = isIdle;
		return inFlight;
	}

	@Override
	public @Nullable Duration oldestAge() {
		return (this.running != null) ? this.running.oldestAge() : null;
	}

	private static long tasks(ThreadPoolExecutor executor) {
		// The order matters: read the other way round, a task that is begun in between
		// would not be counted at all.
		long queued = (executor instanceof ScheduledThreadPoolExecutor) ? 0 : executor.getQueue().size();
		return queued + executor.getActiveCount();
	}

}
