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

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Calls of one listener, made in the order in which they were added, one at a time. Safe
 * for use by any thread.
 */
final class CallQueue {

	private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean delivering = new AtomicBoolean();

	/**
	 * Add a call, to be made by {@link #deliver()}.
	 * @param call calls the listener
	 */
	void add(Runnable call) {
		this.queue.add(call);
	}

	/**
	 * Whether there are calls to be made.
	 * @return {@code false} where all have been made or begun
	 */
	boolean areDue() {
		return !this.queue.isEmpty();
	}

	/**
	 * Make the calls that are due, or leave them to the thread that is making others.
	 */
	void deliver() {
		while (areDue() && this.delivering.compareAndSet(false, true)) {
			try {
				Runnable next = this.queue.poll();
				while (next != null) {
					next.run();
					next = this.queue.poll();
				}
			}
			finally {
				this.delivering.set(false);
			}
		}
	}

}
