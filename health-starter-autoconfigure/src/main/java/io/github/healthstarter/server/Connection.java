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

package io.github.healthstarter.server;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection: what goes on there, and how long that may last. For the thread
 * of the connections alone.
 */
final class Connection {

	/**
	 * The event that is fired when something has lasted too long.
	 */
	static final Object EXPIRED = new Object();

	private final Channel channel;

	private final String address;

	private final boolean trusted;

	private final Connections connections;

	private Phase phase = Phase.IDLE;

	private long since;

	private boolean fresh = true;

	private @Nullable Future<?> deadline;

	Connection(Channel channel, String address, boolean trusted, Connections connections) {
		this.channel = channel;
		this.address = address;
		this.trusted = trusted;
		this.connections = connections;
	}

	String address() {
		return this.address;
	}

	boolean isTrusted() {
		return this.trusted;
	}

	Phase phase() {
		return this.phase;
	}

	/**
	 * Return since when the connection is in its phase.
	 * @return a number to be compared with those of other connections
	 */
	long since() {
		return this.since;
	}

	boolean takesRequests() {
		return this.phase == Phase.IDLE || this.phase == Phase.RECEIVING;
	}

	boolean hasSameClient(Connection other) {
		return this.address.equals(other.address);
	}

	boolean mayReplace(Connection other) {
		return this.trusted || (!other.trusted && other.phase != Phase.ANSWERING);
	}

	boolean isServerClosing() {
		return this.connections.isClosing();
	}

	// Who connects and sends nothing has no more time than who sends slowly
	void opened() {
		enter(Phase.IDLE);
		limit(requestTimeout());
	}

	void receiving() {
		if (this.phase == Phase.IDLE) {
			enter(Phase.RECEIVING);
			if (!this.fresh) {
				limit(requestTimeout());
			}
		}
	}

	/**
	 * Note that a request is complete. What it takes to find the answer is not for the
	 * client to be blamed for.
	 */
	void answering() {
		enter(Phase.ANSWERING);
		unlimit();
		this.fresh = false;
	}

	void writing() {
		limit(requestTimeout());
	}

	void answered(boolean nextRequestBegun) {
		enter(Phase.IDLE);
		limit(this.connections.settings().idleTimeout());
		if (nextRequestBegun) {
			receiving();
		}
	}

	/**
	 * Note that nothing more is to come, and that the client has yet to close. It has the
	 * rest of the time that it had for its answer.
	 */
	void leaving() {
		enter(Phase.LEAVING);
	}

	// At once: a client that takes nothing would not take the end of an encrypted
	// connection either
	void close() {
		ended();
		this.channel.unsafe().close(this.channel.newPromise());
	}

	void ended() {
		unlimit();
		this.connections.remove(this);
	}

	private Duration requestTimeout() {
		return this.connections.settings().requestTimeout();
	}

	private void enter(Phase phase) {
		this.phase = phase;
		this.since = this.connections.nextChange();
	}

	private void limit(Duration limit) {
		unlimit();
		this.deadline = this.channel.eventLoop()
			.schedule(() -> this.channel.pipeline().fireUserEventTriggered(EXPIRED), limit.toNanos(),
					TimeUnit.NANOSECONDS);
	}

	private void unlimit() {
		if (this.deadline != null) {
			this.deadline.cancel(false);
			this.deadline = null;
		}
	}

	/**
	 * What goes on, in the order in which connections are given up for others.
	 */
	enum Phase {

		/**
		 * All answers have been sent, and the client has been told that they are all.
		 */
		LEAVING,

		/**
		 * Nothing has come of the next request.
		 */
		IDLE,

		/**
		 * A request is coming in.
		 */
		RECEIVING,

		/**
		 * A request is complete and its answer has not been taken.
		 */
		ANSWERING

	}

}
