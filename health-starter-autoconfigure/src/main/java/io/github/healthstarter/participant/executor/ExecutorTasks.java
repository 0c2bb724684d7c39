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

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;

import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

import io.github.healthstarter.drain.DrainParticipant;

/**
 * Tasks of an executor, those that run and those in its queue. The queue of a scheduler
 * is for later and does not count. The executor is not stopped, because work in progress
 * may need it.
 */
public final class ExecutorTasks implements DrainParticipant {

	private final String name;

	private final ThreadPoolExecutor executor;

	// Belongs to the participant's thread

	private boolean wasIdle = true;

	private ExecutorTasks(String name, ThreadPoolExecutor executor) {
		this.name = name;
		this.executor = executor;
	}

	/**
	 * Create a participant for an executor.
	 * @param name the participant's name
	 * @param executor the executor
	 * @return the participant, {@code null} if the tasks of the executor cannot be
	 * counted
	 */
	public static @Nullable DrainParticipant of(String name, Object executor) {
		ThreadPoolExecutor pool = pool(executor);
		return (pool != null) ? new ExecutorTasks(name, pool) : null;
	}

	private static @Nullable ThreadPoolExecutor pool(Object executor) {
		if (executor instanceof ThreadPoolTaskExecutor spring) {
			return spring.getThreadPoolExecutor();
		}
		if (executor instanceof ThreadPoolTaskScheduler spring) {
			return spring.getScheduledThreadPoolExecutor();
		}
		return (executor instanceof ThreadPoolExecutor pool) ? pool : null;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public void startDraining() {
		this.wasIdle = tasks() == 0;
	}

	@Override
	public void cancelDraining() {
	}

	/**
	 * Return the number of tasks. A task that a thread has taken from the queue and not
	 * begun is in neither count for a moment, so zero is returned only when it has been
	 * seen twice in a row.
	 * @return the number of tasks
	 */
	@Override
	public long inFlight() {
		long tasks = tasks();
		boolean idle = tasks == 0;
		long inFlight = (idle && !this.wasIdle) ? 1 : tasks;
		this.wasIdle = idle;
		return inFlight;
	}

	private long tasks() {
		// The order matters: read the other way round, a task that begins in between
		// would not be counted at all.
		long queued = (this.executor instanceof ScheduledThreadPoolExecutor) ? 0 : this.executor.getQueue().size();
		return queued + this.executor.getActiveCount();
	}

}
