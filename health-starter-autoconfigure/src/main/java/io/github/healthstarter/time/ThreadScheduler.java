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
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Scheduler} on one daemon thread, which is started for the first task. The
 * thread allocates nothing between tasks, so that it outlives exhausted memory, and runs
 * the recovery afterwards.
 */
final class ThreadScheduler implements Scheduler {

	private static final Log logger = LogFactory.getLog(Scheduler.class);

	private static final Scheduled DROPPED = () -> {
	};

	private static final long RECOVERY_DELAY = TimeUnit.SECONDS.toNanos(1);

	private final String threadName;

	private final TimeSource time = TimeSource.system();

	private final Object lock = new Object();

	// What follows is guarded by the lock

	private final NavigableSet<Task> tasks = new TreeSet<>(Task.ORDER);

	private @Nullable Thread thread;

	private Runnable recovery = () -> {
	};

	private boolean failed;

	private long failedAt;

	private long scheduled;

	private boolean closed;

	ThreadScheduler(String threadName) {
		this.threadName = threadName;
	}

	@Override
	public void recoverWith(Runnable recovery) {
		synchronized (this.lock) {
			Runnable others = this.recovery;
			this.recovery = () -> {
				others.run();
				recovery.run();
			};
		}
	}

	@Override
	public Scheduled schedule(Duration delay, Runnable task) {
		try {
			return add(delay.toNanos(), task);
		}
		catch (Throwable ex) {
			noteFailure();
			throw ex;
		}
	}

	private Scheduled add(long delay, Runnable task) {
		synchronized (this.lock) {
			if (this.closed) {
				return DROPPED;
			}
			if (this.thread == null) {
				this.thread = startThread();
			}
			Task added = new Task(this, this.time.nanos() + delay, this.scheduled++, task);
			this.tasks.add(added);
			if (this.tasks.first() == added) {
				this.lock.notifyAll();
			}
			return added;
		}
	}

	private Thread startThread() {
		Thread started = new Thread(this::work, this.threadName);
		started.setDaemon(true);
		started.start();
		return started;
	}

	private void work() {
		boolean goesOn = true;
		while (goesOn) {
			try {
				Runnable next = awaitNext();
				goesOn = next != null;
				if (next != null) {
					next.run();
				}
			}
			catch (InterruptedException ex) {
				// By a task, for itself; or to close
			}
			catch (Throwable ex) {
				noteFailure();
				log(ex);
			}
		}
	}

	private @Nullable Runnable awaitNext() throws InterruptedException {
		synchronized (this.lock) {
			while (!this.closed) {
				long now = this.time.nanos();
				if (this.failed && now - this.failedAt >= RECOVERY_DELAY) {
					this.failed = false;
					return this.recovery;
				}
				Task first = this.tasks.isEmpty() ? null : this.tasks.first();
				if (first != null && now - first.due >= 0) {
					this.tasks.remove(first);
					return first.task;
				}
				this.lock.wait(untilNext(first, now));
			}
			return null;
		}
	}

	// In milliseconds, zero for ever
	private long untilNext(@Nullable Task first, long now) {
		long nanos = Long.MAX_VALUE;
		if (first != null) {
			nanos = first.due - now;
		}
		if (this.failed) {
			nanos = Math.min(nanos, this.failedAt + RECOVERY_DELAY - now);
		}
		return (nanos == Long.MAX_VALUE) ? 0 : 1 + (nanos - 1) / TimeUnit.MILLISECONDS.toNanos(1);
	}

	private void noteFailure() {
		synchronized (this.lock) {
			if (!this.failed) {
				this.failed = true;
				this.failedAt = this.time.nanos();
				this.lock.notifyAll();
			}
		}
	}

	private void log(Throwable thrown) {
		try {
			logger.error("A task of " + this.threadName + " failed", thrown);
		}
		catch (Throwable ex) {
			// There may be no memory for a line
		}
	}

	@Override
	public void close() {
		synchronized (this.lock) {
			this.closed = true;
			this.tasks.clear();
			this.lock.notifyAll();
			if (this.thread != null) {
				this.thread.interrupt();
			}
		}
	}

	/**
	 * A task and the reading of the time source at which it is due.
	 */
	private static final class Task implements Scheduled {

		static final Comparator<Task> ORDER = Task::compare;

		private final ThreadScheduler owner;

		private final long due;

		private final long number;

		private final Runnable task;

		Task(ThreadScheduler owner, long due, long number, Runnable task) {
			this.owner = owner;
			this.due = due;
			this.number = number;
			this.task = task;
		}

		private static int compare(Task one, Task other) {
			int byDue = Long.signum(one.due - other.due);
			return (byDue != 0) ? byDue : Long.compare(one.number, other.number);
		}

		@Override
		public void cancel() {
			synchronized (this.owner.lock) {
				this.owner.tasks.remove(this);
			}
		}

	}

}
