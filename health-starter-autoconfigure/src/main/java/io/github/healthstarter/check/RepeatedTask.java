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

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.time.Scheduler.Scheduled;

/**
 * Task that runs again and again on a thread like those of checks, with at most one run
 * in progress. Methods may be called from any thread; the state belongs to the
 * scheduler's.
 */
public final class RepeatedTask {

	private final String name;

	private final Runnable task;

	private final Runnable onStuck;

	private final CheckRuntime runtime;

	private Duration interval = Duration.ZERO;

	private @Nullable Scheduled next;

	private volatile boolean running;

	// Runs due while another was running; a pause of the process leads to the first
	private int missed;

	RepeatedTask(String name, Runnable task, Runnable onStuck, CheckRuntime runtime) {
		this.name = name;
		this.task = task;
		this.onStuck = onStuck;
		this.runtime = runtime;
		runtime.scheduler().recoverWith(this::resume);
	}

	// Memory may have run out before the next run was scheduled
	private void resume() {
		if (isStarted() && this.next == null) {
			schedule(this.interval);
		}
	}

	/**
	 * Run at each interval from now on, for the first time after one.
	 * @param interval the interval, more than zero
	 */
	public void start(Duration interval) {
		this.runtime.scheduler().execute(() -> {
			this.interval = interval;
			schedule(interval);
		});
	}

	/**
	 * Run once more after a delay, and at each interval from then on. Does nothing if
	 * this task is stopped.
	 * @param delay the delay, zero or more
	 */
	public void runAfter(Duration delay) {
		this.runtime.scheduler().execute(() -> {
			if (isStarted()) {
				schedule(delay);
			}
		});
	}

	/**
	 * Begin no more runs.
	 */
	public void stop() {
		this.runtime.scheduler().execute(() -> {
			this.interval = Duration.ZERO;
			cancel();
		});
	}

	private boolean isStarted() {
		return !this.interval.isZero();
	}

	private void schedule(Duration delay) {
		cancel();
		this.next = this.runtime.scheduler().schedule(delay, this::tick);
	}

	private void cancel() {
		if (this.next != null) {
			this.next.cancel();
			this.next = null;
		}
	}

	private void tick() {
		if (isStarted()) {
			// First, so that nothing that is thrown below ends the series
			schedule(this.interval);
			begin();
		}
	}

	private void begin() {
		if (!this.running) {
			this.missed = 0;
			this.running = true;
			try {
				this.runtime.threads().start(this.name, this::run);
			}
			catch (Throwable ex) {
				// As the checks report it that have no threads either
				this.running = false;
			}
		}
		else if (++this.missed == 2) {
			this.onStuck.run();
		}
	}

	private void run() {
		try {
			this.task.run();
		}
		finally {
			this.running = false;
		}
	}

}
