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

package io.github.healthstarter.indicator.jdbc;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Calls the thread that has made it back from a queue, by an interrupt, once it has
 * waited there for long enough and in vain. Whoever waits for something else, as for the
 * database, is left alone.
 */
final class Patience {

	private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

	private static final ScheduledExecutorService LOOKOUT = lookout();

	private final Thread thread = Thread.currentThread();

	private final BooleanSupplier inVain;

	private final Future<?> looks;

	private boolean ended;

	private boolean lost;

	private Patience(Duration limit, BooleanSupplier inVain) {
		this.inVain = inVain;
		this.looks = LOOKOUT.scheduleWithFixedDelay(this::look, limit.toNanos(), limit.toNanos(), TimeUnit.NANOSECONDS);
	}

	// One thread for all, that no work of the application can take and that ends when
	// nobody waits
	private static ScheduledExecutorService lookout() {
		ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, Patience::newThread);
		executor.setKeepAliveTime(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS);
		executor.allowCoreThreadTimeOut(true);
		executor.setRemoveOnCancelPolicy(true);
		return executor;
	}

	private static Thread newThread(Runnable task) {
		Thread thread = new Thread(task, "health-patience");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Look after the thread that calls, until it ends the waiting.
	 * @param limit when to look at it for the first time, and how long to leave it alone
	 * between two looks
	 * @param inVain whether there is nothing to wait for
	 * @return what is looked after, for the caller to end
	 */
	static Patience of(Duration limit, BooleanSupplier inVain) {
		return new Patience(limit, inVain);
	}

	private void look() {
		if (isQueued() && this.inVain.getAsBoolean()) {
			callBack();
		}
	}

	// Parked for another thread, as in a queue; whoever reads from a socket is not
	private boolean isQueued() {
		return LockSupport.getBlocker(this.thread) != null;
	}

	private synchronized void callBack() {
		if (!this.ended && !this.lost && isQueued()) {
			this.lost = true;
			this.thread.interrupt();
		}
	}

	/**
	 * End the waiting, without waiting for a look. No interrupt comes any more, and one
	 * that came too late to be noticed is taken back.
	 */
	void end() {
		this.looks.cancel(false);
		synchronized (this) {
			this.ended = true;
			if (this.lost) {
				Thread.interrupted();
			}
		}
	}

	/**
	 * Whether the thread was called back, once the waiting has ended.
	 * @return {@code true} where it was
	 */
	synchronized boolean isLost() {
		return this.lost;
	}

}
