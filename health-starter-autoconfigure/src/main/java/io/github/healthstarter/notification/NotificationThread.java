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

package io.github.healthstarter.notification;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Runs notifications in order on a daemon thread of its own, so that no listener delays
 * what is measured. The thread ends when it is idle. If a listener blocks, the oldest
 * notifications of a bounded backlog are dropped. Safe for use by any thread.
 */
final class NotificationThread implements AutoCloseable {

	static final int MAX_BACKLOG = 1000;

	private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

	private static final Log logger = LogFactory.getLog(NotificationThread.class);

	private final ThreadPoolExecutor executor;

	private volatile @Nullable Thread thread;

	/**
	 * Create with an empty backlog.
	 * @param threadName the name of the thread
	 */
	NotificationThread(String threadName) {
		this.executor = new ThreadPoolExecutor(1, 1, KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS,
				new LinkedBlockingQueue<>(MAX_BACKLOG), (task) -> newThread(task, threadName),
				new ThreadPoolExecutor.DiscardOldestPolicy());
		this.executor.allowCoreThreadTimeOut(true);
	}

	private Thread newThread(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		this.thread = thread;
		return thread;
	}

	/**
	 * Run a notification in turn. What it throws is logged.
	 * @param notification notifies listeners; may block
	 */
	void execute(Runnable notification) {
		this.executor.execute(() -> run(notification));
	}

	private static void run(Runnable notification) {
		try {
			notification.run();
		}
		catch (Throwable ex) {
			logger.error("A listener failed", ex);
		}
	}

	/**
	 * Wait until all notifications from before this call have run.
	 * @param timeout how long to wait at most
	 * @return whether all have run
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	boolean flush(Duration timeout) throws InterruptedException {
		if (isOwn()) {
			runQueued();
			return true;
		}
		if (this.executor.isShutdown()) {
			return this.executor.awaitTermination(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		CountDownLatch told = new CountDownLatch(1);
		execute(told::countDown);
		return told.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * Run the notifications that are left, for at most a second, and end the thread.
	 */
	@Override
	public void close() {
		this.executor.shutdown();
		if (isOwn()) {
			runQueued();
			return;
		}
		try {
			if (!this.executor.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
				this.executor.shutdownNow();
			}
		}
		catch (InterruptedException ex) {
			this.executor.shutdownNow();
			Thread.currentThread().interrupt();
		}
	}

	private boolean isOwn() {
		return Thread.currentThread() == this.thread;
	}

	// A listener that closes the context waits for those behind it
	private void runQueued() {
		Runnable next = this.executor.getQueue().poll();
		while (next != null) {
			next.run();
			next = this.executor.getQueue().poll();
		}
	}

}
