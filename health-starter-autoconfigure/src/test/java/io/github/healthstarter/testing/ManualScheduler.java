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

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.time.Scheduler;

/**
 * A scheduler without a thread: its tasks run when {@link ManualTime#advance time is
 * advanced}. What a task throws reaches the test.
 */
public final class ManualScheduler implements Scheduler {

	private final ManualTime time;

	private volatile boolean closed;

	private volatile Runnable recovery = () -> {
	};

	private int untilExhausted = Integer.MAX_VALUE;

	public ManualScheduler(ManualTime time) {
		this.time = time;
	}

	@Override
	public Scheduled schedule(Duration delay, Runnable task) {
		if (this.closed) {
			return () -> {
			};
		}
		if (this.untilExhausted-- == 0) {
			recoverLater();
			throw new OutOfMemoryError("of a test");
		}
		ManualTime.Task added = this.time.add(this, delay, () -> run(task));
		return () -> this.time.remove(added);
	}

	private void run(Runnable task) {
		try {
			task.run();
		}
		catch (OutOfMemoryError ex) {
			recoverLater();
		}
	}

	private void recoverLater() {
		this.time.add(this, Duration.ofSeconds(1), () -> run(this.recovery));
	}

	/**
	 * Let memory run out once, when a task is scheduled.
	 * @param more how many tasks can be scheduled before
	 */
	public void exhaustAfter(int more) {
		this.untilExhausted = more;
	}

	@Override
	public void recoverWith(Runnable recovery) {
		Runnable others = this.recovery;
		this.recovery = () -> {
			others.run();
			recovery.run();
		};
	}

	/**
	 * Return how many tasks are waiting.
	 */
	public int waiting() {
		return this.time.count(this);
	}

	/**
	 * Return how long it is until the next task is due, {@code null} where there is none.
	 */
	public @Nullable Duration untilNext() {
		return this.time.untilNext(this);
	}

	public boolean isClosed() {
		return this.closed;
	}

	@Override
	public void close() {
		this.closed = true;
		this.time.removeAll(this);
	}

}
