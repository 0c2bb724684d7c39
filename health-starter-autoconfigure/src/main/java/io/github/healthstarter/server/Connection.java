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
 * The connection of a client, with its phase and the deadline of that. Used by the thread
 * of the connections alone.
 */
final class Connection {

	/**
	 * The event that is fired when a deadline has passed.
	 */
	static final Object EXPIRED = new Object();

	private final Channel channel;

	private final String address;

	private final boolean trusted;

	private final Connections connections;

	private Phase phase = Phase.IDLE;

	private long lastChange;

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
	 * Return the number of the change that began the phase.
	 * @return a number, larger than those of earlier changes of any connection
	 */
	long lastChange() {
		return this.lastChange;
	}

	boolean takesRequests() {
		return this.phase == Phase.IDLE || this.phase == Phase.RECEIVING;
	}

	boolean hasSameClient(Connection other) {
		return this.address.equals(other.address);
	}

	boolean mayEvict(Connection other) {
		return this.trusted || (!other.trusted && other.phase != Phase.ANSWERING);
	}

	boolean isServerClosing() {
		return this.connections.isClosing();
	}

	// A client that sends nothing has no more time than one that sends slowly
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
	 * Note that a request is complete. The time until there is an answer is not limited.
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

	// At once: a client that reads nothing would not read the end of an encrypted
	// connection either
	void close() {
		ended();
		this.channel.unsafe().close(this.channel.newPromise());
	}

	// Without the event loop, which is gone
	void abandon() {
		this.channel.unsafe().closeForcibly();
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
		this.lastChange = this.connections.nextChange();
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
	 * The phases, in the order in which connections are evicted for others.
	 */
	enum Phase {

		/**
		 * All answers have been sent, the last with the end of the connection.
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
