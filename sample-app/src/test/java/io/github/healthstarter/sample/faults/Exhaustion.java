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

package io.github.healthstarter.sample.faults;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Fills the heap to the last byte, and again as soon as there is room, until it has
 * lasted for long enough.
 */
final class Exhaustion {

	static final String OVER = "The heap has room again";

	private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(Long.getLong("exhaustion.millis", 0));

	// Whether a thread of the web server is to end first
	private static final boolean UNTIL_ENDED = Boolean.getBoolean("exhaustion.until.ended");

	private static final long LIMIT = TimeUnit.SECONDS.toNanos(60);

	private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

	private static final int LARGEST = 1 << 18;

	private final Thread[] serverThreads;

	private long fullSince;

	// A chain of arrays, the first element of each the one before it
	private Object @Nullable [] chain;

	private Exhaustion(List<Thread> serverThreads) {
		this.serverThreads = serverThreads.toArray(Thread[]::new);
		rehearse();
	}

	// What is called for the first time needs memory itself
	private void rehearse() {
		onFull(1);
		onFull(0);
		isOver();
		hasThreadEnded();
	}

	static void run() {
		new Exhaustion(Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().endsWith("-Acceptor") || thread.getName().endsWith("-Poller"))
			.toList()).fill();
	}

	private void fill() {
		int size = LARGEST;
		while (size > 0 || !isOver()) {
			try {
				Object[] next = new Object[Math.max(1, size)];
				next[0] = this.chain;
				this.chain = next;
			}
			catch (OutOfMemoryError ex) {
				size = onFull(size);
			}
		}
		this.chain = null;
	}

	private int onFull(int size) {
		if (size == 1) {
			this.fullSince = System.nanoTime();
		}
		if (size == 0) {
			LockSupport.parkNanos(PAUSE);
		}
		return size / 2;
	}

	private boolean isOver() {
		long lasted = System.nanoTime() - this.fullSince;
		return lasted > NANOS && (!UNTIL_ENDED || hasThreadEnded() || lasted > LIMIT);
	}

	private boolean hasThreadEnded() {
		for (Thread thread : this.serverThreads) {
			if (!thread.isAlive()) {
				return true;
			}
		}
		return false;
	}

}
