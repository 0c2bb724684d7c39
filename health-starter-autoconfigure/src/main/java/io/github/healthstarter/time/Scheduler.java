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

/**
 * Runs short tasks one after another on a single thread of its own, now or later. State
 * that only its tasks touch needs no further synchronisation. A task that throws is
 * logged and stops nothing. Methods may be called from any thread.
 */
public interface Scheduler extends AutoCloseable {

	/**
	 * Run a task as soon as the thread is free. After {@link #close()} the task is
	 * dropped.
	 * @param task the task
	 */
	default void execute(Runnable task) {
		schedule(Duration.ZERO, task);
	}

	/**
	 * Run a task after a delay. After {@link #close()} the task is dropped.
	 * @param delay how long to wait, zero or more
	 * @param task the task
	 * @return a handle that withdraws the task if it has not begun
	 */
	Scheduled schedule(Duration delay, Runnable task);

	/**
	 * Add what resumes the work of tasks that schedule one another. It is run on the
	 * thread a second after a task, or the scheduling of one, has thrown: memory may have
	 * run out before the next task was scheduled. If it throws, it is run again a second
	 * later.
	 * @param recovery schedules what is not scheduled
	 */
	void recoverWith(Runnable recovery);

	/**
	 * Drop the tasks that have not begun and end the thread.
	 */
	@Override
	void close();

	/**
	 * Start a scheduler with a daemon thread.
	 * @param threadName the name of its thread
	 * @return a running scheduler, to be closed by the caller
	 */
	static Scheduler start(String threadName) {
		return new ThreadScheduler(threadName);
	}

	/**
	 * A task that has been scheduled.
	 */
	@FunctionalInterface
	interface Scheduled {

		/**
		 * Withdraw the task if it has not begun; otherwise do nothing.
		 */
		void cancel();

	}

}
