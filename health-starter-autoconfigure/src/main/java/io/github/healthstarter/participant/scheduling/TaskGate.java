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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.time.TimeSource;

/**
 * Lets runs of tasks through, unless it is shut, and knows which are under way. Once it
 * has been shut no more begins. Safe for use by any thread.
 */
final class TaskGate {

	private final TimeSource time;

	// In the order in which they began
	private final Set<Run> running = new LinkedHashSet<>();

	private final List<Runnable> kept = new ArrayList<>();

	private boolean shut;

	TaskGate(TimeSource time) {
		this.time = time;
	}

	/**
	 * Run a task, or leave it out.
	 * @param task the task
	 * @param whenOpened called when the gate is opened where the task is left out,
	 * {@code null} where there will be another run
	 */
	void run(Runnable task, @Nullable Runnable whenOpened) {
		Run run = enter(whenOpened);
		if (run == null) {
			return;
		}
		try {
			task.run();
		}
		finally {
			leave(run);
		}
	}

	private synchronized @Nullable Run enter(@Nullable Runnable whenOpened) {
		if (this.shut) {
			if (whenOpened != null) {
				this.kept.add(whenOpened);
			}
			return null;
		}
		Run run = new Run(this.time.nanos());
		this.running.add(run);
		return run;
	}

	private synchronized void leave(Run run) {
		this.running.remove(run);
	}

	synchronized void shut() {
		this.shut = true;
	}

	void open() {
		List<Runnable> kept;
		synchronized (this) {
			this.shut = false;
			kept = List.copyOf(this.kept);
			this.kept.clear();
		}
		kept.forEach(Runnable::run);
	}

	synchronized int running() {
		return this.running.size();
	}

	synchronized @Nullable Duration oldestAge() {
		return this.running.stream().findFirst().map((run) -> this.time.since(run.begunAt)).orElse(null);
	}

	/**
	 * A run, equal to no other.
	 */
	private static final class Run {

		private final long begunAt;

		Run(long begunAt) {
			this.begunAt = begunAt;
		}

	}

}
