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
import java.util.function.Consumer;

/**
 * Log lines and events, each kind in order on a daemon thread of its own, so that neither
 * an appender nor an application's event listener blocks what is measured, and no
 * listener delays a log line. Safe for use by any thread. Not itself an {@link Executor}:
 * a bean of that type makes Spring Boot leave out the application's own.
 */
public final class Notifications implements AutoCloseable {

	private static final Duration LAST_LINES = Duration.ofSeconds(1);

	private final NotificationThread logs = new NotificationThread("health-logs");

	private final NotificationThread events = new NotificationThread("health-events");

	private volatile Consumer<Object> publisher = (event) -> {
	};

	/**
	 * Publish events from now on; those before were published to nobody.
	 * @param publisher publishes an event, such as in an application context; may block
	 */
	public void connect(Consumer<Object> publisher) {
		this.publisher = publisher;
	}

	/**
	 * Publish an event in turn. What a listener throws is logged.
	 * @param event the event
	 */
	public void publish(Object event) {
		this.events.execute(() -> this.publisher.accept(event));
	}

	/**
	 * Return the executor that writes to the log.
	 * @return runs each task later, in turn, on the thread of the log lines
	 */
	public Executor logs() {
		return this.logs::execute;
	}

	/**
	 * Return the executor that events are published on.
	 * @return runs each task later, in turn, on the thread of the events
	 */
	public Executor events() {
		return this.events::execute;
	}

	/**
	 * Wait until all lines and events from before this call are out.
	 * @param timeout how long to wait at most for the log, and again for events
	 * @return whether all are out
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	public boolean flush(Duration timeout) throws InterruptedException {
		boolean logged = this.logs.flush(timeout);
		return this.events.flush(timeout) && logged;
	}

	/**
	 * Let out what is left, for at most three seconds, and end the threads. What writes
	 * to the log may publish an event, and a listener may have something to log.
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
