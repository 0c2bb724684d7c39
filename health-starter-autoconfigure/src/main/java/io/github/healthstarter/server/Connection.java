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

import java.net.InetAddress;
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

	private final Client client;

	private final boolean trusted;

	private final Connections connections;

	private Phase phase = Phase.RECEIVING;

	private long lastChange;

	private int computations;

	private @Nullable Future<?> deadline;

	Connection(Channel channel, InetAddress peer, boolean trusted, Connections connections) {
		this.channel = channel;
		this.address = peer.getHostAddress();
		this.client = Client.of(peer);
		this.trusted = trusted;
		this.connections = connections;
	}

	String address() {
		return this.address;
	}

	Client client() {
		return this.client;
	}

	/**
	 * Whether the connection is open. May be called by any thread.
	 * @return {@code false} once either side has closed it
	 */
	boolean isOpen() {
		return this.channel.isOpen();
	}

	boolean isTrusted() {
		return this.trusted;
	}

	Phase phase() {
		return this.phase;
	}

	int evictionRank() {
		return this.phase.rank();
	}

	/**
	 * Return the number of the change that began the phase.
	 * @return a number, larger than those of earlier changes of any connection
	 */
	long lastChange() {
		return this.lastChange;
	}

	/**
	 * Whether a request is complete and its answer has not been taken.
	 * @return {@code true} if the server owes the client something
	 */
	boolean owesAnswer() {
		return this.phase == Phase.ANSWERING || this.phase == Phase.WRITING;
	}

	boolean takesRequests() {
		return this.phase == Phase.IDLE || this.phase == Phase.RECEIVING;
	}

	boolean hasSameClient(Connection other) {
		return this.client.equals(other.client);
	}

	boolean mayEvict(Connection other) {
		return this.trusted || (!other.trusted && other.isEvictable());
	}

	boolean isEvictable() {
		return this.phase != Phase.ANSWERING;
	}

	boolean isServerClosing() {
		return this.connections.isClosing();
	}

	// A client that sends nothing has no more time than one that sends slowly
	void opened() {
		enter(Phase.RECEIVING);
		limit(requestTimeout());
	}

	void receiving() {
		if (this.phase == Phase.IDLE) {
			enter(Phase.RECEIVING);
			limit(requestTimeout());
		}
	}

	/**
	 * Note that a request is complete. The time until there is an answer is not limited.
	 */
	void answering() {
		enter(Phase.ANSWERING);
		unlimit();
	}

	void writing() {
		enter(Phase.WRITING);
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
	// connection either. The engine is locked while a handshake is computed, so that all
	// but the socket has to wait
	void close() {
		ended();
		if (this.computations > 0) {
			this.channel.unsafe().closeForcibly();
		}
		else {
			this.channel.unsafe().close(this.channel.newPromise());
		}
	}

	void computing() {
		this.computations++;
	}

	/**
	 * Note that a part of the handshake is computed. May be called by any thread.
	 */
	void computed() {
		this.channel.eventLoop().execute(() -> {
			this.computations--;
			if (!isOpen()) {
				close();
			}
		});
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
	 * The phases. Those of a higher rank are evicted for others later.
	 */
	enum Phase {

		/**
		 * All answers have been sent, the last with the end of the connection.
		 */
		LEAVING(0),

		/**
		 * Nothing has come of the next request.
		 */
		IDLE(1),

		/**
		 * The first request is to come, or a request is coming in.
		 */
		RECEIVING(2),

		/**
		 * An answer is being taken.
		 */
		WRITING(2),

		/**
		 * A request is complete and has no answer yet.
		 */
		ANSWERING(3);

		private final int rank;

		Phase(int rank) {
			this.rank = rank;
		}

		int rank() {
			return this.rank;
		}

	}

}
