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
import java.util.concurrent.Executor;

/**
 * Tells others of what has happened. The log has a thread of its own, apart from the one
 * for events, so that nothing that an application does with an event can keep a line from
 * the log. Safe for use by any thread. Not itself an {@link Executor}: a bean of that
 * type makes Spring Boot leave out the application's own.
 */
public final class Notifications implements AutoCloseable {

	private static final Duration LAST_LINES = Duration.ofSeconds(1);

	private final NotificationThread logs = new NotificationThread("health-logs");

	private final NotificationThread events = new NotificationThread("health-events");

	/**
	 * Return what writes to the log, in turn.
	 * @return runs each task later, on a thread of its own
	 */
	public Executor logs() {
		return this.logs::execute;
	}

	/**
	 * Return what calls listeners and publishes events, in turn.
	 * @return runs each task later, on a thread of its own
	 */
	public Executor events() {
		return this.events::execute;
	}

	/**
	 * Wait until all that was to be told before this call has been told.
	 * @param timeout how long to wait at the most, for the log and again for events
	 * @return whether all has been told
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	public boolean flush(Duration timeout) throws InterruptedException {
		boolean logged = this.logs.flush(timeout);
		return this.events.flush(timeout) && logged;
	}

	/**
	 * Tell what is left, for three seconds at the most, and end the threads. What writes
	 * to the log may hand on to events, and these may have something to log.
	 */
	@Override
	public void close() {
		try {
			boolean unused = this.logs.flush(LAST_LINES);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.events.close();
		this.logs.close();
	}

}
