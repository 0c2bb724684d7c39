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

package io.github.healthstarter.systemd;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.healthstarter.time.Scheduler;

/**
 * Sends assignments to the service manager, and never waits for it: where it does not
 * read, they are lost, or tried again later. Safe for use by any thread.
 */
final class Notifier implements AutoCloseable {

	static final Duration RETRY_INTERVAL = Duration.ofMillis(100);

	static final int MAX_TRIES = 20;

	private static final Log logger = LogFactory.getLog(SystemdService.class);

	private final Datagrams datagrams;

	private final Scheduler scheduler;

	private final Queue<String> pending = new ArrayDeque<>();

	private int tries;

	private boolean warned;

	private boolean closed;

	/**
	 * Create a notifier.
	 * @param datagrams carries them away
	 * @param scheduler where they are tried again, and warnings logged
	 */
	Notifier(Datagrams datagrams, Scheduler scheduler) {
		this.datagrams = datagrams;
		this.scheduler = scheduler;
	}

	/**
	 * Send, in one datagram, what may be lost.
	 * @param assignments variables and their values
	 * @return whether it has not been lost
	 */
	synchronized boolean send(Collection<String> assignments) {
		return trySend(String.join("\n", assignments)) == Delivery.SENT;
	}

	/**
	 * Send, in one datagram, what must not be lost, and after what was sent in this way
	 * before.
	 * @param assignments variables and their values
	 */
	synchronized void sendReliably(List<String> assignments) {
		this.pending.add(String.join("\n", assignments));
		if (this.pending.size() == 1) {
			sendPending();
		}
	}

	private synchronized void sendPending() {
		String next = this.pending.peek();
		while (next != null) {
			if (trySend(next) == Delivery.NO_ROOM && ++this.tries < MAX_TRIES) {
				this.scheduler.schedule(RETRY_INTERVAL, this::sendPending);
				return;
			}
			this.tries = 0;
			this.pending.remove();
			next = this.pending.peek();
		}
	}

	private Delivery trySend(String datagram) {
		if (this.closed) {
			return Delivery.FAILED;
		}
		try {
			return this.datagrams.send(datagram) ? Delivery.SENT : Delivery.NO_ROOM;
		}
		catch (IOException | RuntimeException | LinkageError ex) {
			warn(ex);
			return Delivery.FAILED;
		}
	}

	private void warn(Throwable cause) {
		if (!this.warned) {
			this.warned = true;
			this.scheduler
				.execute(() -> logger.warn(
						"systemd cannot be told of the application's state, because the"
								+ " socket in NOTIFY_SOCKET cannot be written to; the application goes on without",
						cause));
		}
	}

	/**
	 * Give up what has not been sent, send nothing more, and close the socket.
	 */
	@Override
	public synchronized void close() {
		this.closed = true;
		this.pending.clear();
		this.datagrams.close();
	}

	private enum Delivery {

		SENT, NO_ROOM, FAILED

	}

}
