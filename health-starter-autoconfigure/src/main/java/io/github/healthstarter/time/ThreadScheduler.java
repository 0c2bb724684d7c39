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
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * A {@link Scheduler} on one daemon thread.
 */
final class ThreadScheduler implements Scheduler {

	private static final Log logger = LogFactory.getLog(Scheduler.class);

	private static final RejectedExecutionHandler DROP = new ThreadPoolExecutor.DiscardPolicy();

	private final String threadName;

	private final ScheduledThreadPoolExecutor executor;

	ThreadScheduler(String threadName) {
		this.threadName = threadName;
		this.executor = new ScheduledThreadPoolExecutor(1, this::newThread, DROP);
		this.executor.setRemoveOnCancelPolicy(true);
		this.executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	private Thread newThread(Runnable task) {
		Thread thread = new Thread(task, this.threadName);
		thread.setDaemon(true);
		return thread;
	}

	@Override
	public Scheduled schedule(Duration delay, Runnable task) {
		Future<?> future = this.executor.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
		return () -> future.cancel(false);
	}

	private void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			logger.error("A task of " + this.threadName + " failed", ex);
		}
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
