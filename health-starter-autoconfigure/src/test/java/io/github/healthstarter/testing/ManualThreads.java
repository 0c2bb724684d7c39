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

package io.github.healthstarter.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/**
 * Makes threads that run their task at once on the thread that starts them or, while
 * {@link #hold() held}, not until {@link #release()}. For tests on a single thread.
 */
public final class ManualThreads implements ThreadFactory {

	private final List<Runnable> held = new ArrayList<>();

	private boolean holding;

	private int started;

	private int interrupted;

	/**
	 * Keep back what is started from now on.
	 */
	public void hold() {
		this.holding = true;
	}

	/**
	 * Run what was kept back, and keep nothing back from now on.
	 */
	public void release() {
		this.holding = false;
		List<Runnable> tasks = List.copyOf(this.held);
		this.held.clear();
		tasks.forEach(Runnable::run);
	}

	/**
	 * Return how many threads have been started so far.
	 */
	public int started() {
		return this.started;
	}

	/**
	 * Return how many times a thread has been interrupted so far.
	 */
	public int interrupted() {
		return this.interrupted;
	}

	@Override
	public Thread newThread(Runnable task) {
		return new ManualThread(task);
	}

	private final class ManualThread extends Thread {

		private final Runnable task;

		ManualThread(Runnable task) {
			this.task = task;
		}

		@Override
		public synchronized void start() {
			ManualThreads.this.started++;
			if (ManualThreads.this.holding) {
				ManualThreads.this.held.add(this.task);
			}
			else {
				this.task.run();
			}
		}

		@Override
		public void interrupt() {
			ManualThreads.this.interrupted++;
		}

	}

}
