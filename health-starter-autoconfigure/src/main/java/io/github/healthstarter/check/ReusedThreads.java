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
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Daemon threads that are named after the check that they run. A thread ends soon after a
 * run unless another run begins: starting one is most of what a cheap check costs, and an
 * instance with a few checks has none at rest.
 */
final class ReusedThreads implements CheckThreads {

	private static final String NAME_PREFIX = "health-check-";

	private static final Duration KEEP_ALIVE = Duration.ofMillis(100);

	private final ThreadPoolExecutor executor = new ThreadPoolExecutor(0, Integer.MAX_VALUE, KEEP_ALIVE.toMillis(),
			TimeUnit.MILLISECONDS, new SynchronousQueue<>(), ReusedThreads::newThread,
			new ThreadPoolExecutor.DiscardPolicy());

	private static Thread newThread(Runnable worker) {
		Thread thread = new Thread(worker, NAME_PREFIX);
		thread.setDaemon(true);
		return thread;
	}

	@Override
	public Started start(String check, Runnable run) {
		InterruptibleRun task = new InterruptibleRun(NAME_PREFIX + check, run);
		this.executor.execute(task);
		return task;
	}

	@Override
	public void close() {
		this.executor.shutdown();
	}

	/**
	 * A run whose interrupt never reaches the next run of its thread.
	 */
	private static final class InterruptibleRun implements Runnable, Started {

		private final String threadName;

		private final Runnable run;

		private @Nullable Thread thread;

		private boolean interrupted;

		InterruptibleRun(String threadName, Runnable run) {
			this.threadName = threadName;
			this.run = run;
		}

		@Override
		public void run() {
			begin(Thread.currentThread());
			try {
				this.run.run();
			}
			finally {
				end();
			}
		}

		private synchronized void begin(Thread thread) {
			if (!thread.getName().equals(this.threadName)) {
				thread.setName(this.threadName);
			}
			this.thread = thread;
			if (this.interrupted) {
				thread.interrupt();
			}
		}

		private synchronized void end() {
			this.thread = null;
			boolean unused = Thread.interrupted();
		}

		@Override
		public synchronized void interrupt() {
			this.interrupted = true;
			if (this.thread != null) {
				this.thread.interrupt();
			}
		}

	}

}
