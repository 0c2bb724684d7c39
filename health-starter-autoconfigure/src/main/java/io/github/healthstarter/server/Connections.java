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

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.time.TimeSource;

/**
 * Open connections, up to a limit. At the limit a new one evicts another: one that is
 * idle rather than one whose client is sending a request or taking an answer, and the one
 * that has been so for the longest time. So a connection that has just been accepted
 * outlives those that dawdle. A trusted client alone evicts another trusted one, or one
 * whose answer is being computed, so it always gets in. Used by the thread of the
 * connections alone.
 */
final class Connections {

	private static final Comparator<Connection> EVICTION_ORDER = Comparator.comparing(Connection::isTrusted)
		.thenComparingInt(Connection::evictionRank)
		.thenComparingLong(Connection::lastChange);

	private static final int MAX_PER_TURN = 64;

	private final ProbeServerSettings settings;

	private final LimitLog limit;

	private final LimitLog limitPerClient;

	private final Set<Connection> open = new HashSet<>();

	private long changes;

	private @Nullable Runnable whenEmpty;

	Connections(ProbeServerSettings settings) {
		this.settings = settings;
		this.limit = limit(settings.maxConnections(), DescriptorLimit.ofProcess());
		int perClient = settings.maxConnectionsPerClient();
		this.limitPerClient = new LimitLog(perClient, "'health.server.max-connections-per-client' is " + perClient,
				TimeSource.system());
	}

	private static LimitLog limit(int wanted, DescriptorLimit descriptors) {
		return descriptors.isExceededBy(wanted)
				? new LimitLog(descriptors.share(),
						"the process may open only " + descriptors.descriptors() + " files, of which "
								+ descriptors.share() + " may be its connections",
						TimeSource.system())
				: new LimitLog(wanted, "'health.server.max-connections' is " + wanted, TimeSource.system());
	}

	ProbeServerSettings settings() {
		return this.settings;
	}

	/**
	 * Return how many connections may be admitted before those from earlier are read, so
	 * that a request which has come is read before its connection can be evicted.
	 * @return the number, no larger than any limit
	 */
	int maxPerTurn() {
		return Math.min(MAX_PER_TURN, Math.min(this.limit.limit(), this.limitPerClient.limit()));
	}

	/**
	 * Count the changes of all connections, so that they can be put in their order.
	 * @return a number that is larger than any before
	 */
	long nextChange() {
		return ++this.changes;
	}

	boolean admit(Connection newcomer) {
		if (isClosing() || !hasRoom(newcomer, newcomer::hasSameClient, this.limitPerClient)
				|| !hasRoom(newcomer, (other) -> true, this.limit)) {
			return false;
		}
		this.open.add(newcomer);
		newcomer.opened();
		return true;
	}

	private boolean hasRoom(Connection newcomer, Predicate<Connection> counted, LimitLog limit) {
		if (this.open.size() < limit.limit()) {
			return true;
		}
		List<Connection> rivals = this.open.stream().filter(counted).toList();
		if (rivals.size() < limit.limit()) {
			return true;
		}
		limit.reached();
		Connection victim = rivals.stream().filter(newcomer::mayEvict).min(EVICTION_ORDER).orElse(null);
		if (victim != null) {
			victim.close();
		}
		return victim != null;
	}

	/**
	 * Close the connection that is evicted before all others.
	 * @return {@code false} if there is none, or all are being answered
	 */
	boolean evictOne() {
		Connection victim = this.open.stream().filter(Connection::isEvictable).min(EVICTION_ORDER).orElse(null);
		if (victim != null) {
			victim.close();
		}
		return victim != null;
	}

	void remove(Connection connection) {
		if (this.open.remove(connection)) {
			runWhenEmpty();
		}
	}

	/**
	 * Close all connections but those that are owed an answer, which close by themselves.
	 * @param whenEmpty called when all are closed
	 */
	void close(Runnable whenEmpty) {
		this.whenEmpty = whenEmpty;
		List.copyOf(this.open).stream().filter((connection) -> !connection.owesAnswer()).forEach(Connection::close);
		runWhenEmpty();
	}

	/**
	 * Cut off all connections, whose event loop has ended.
	 */
	void abandon() {
		this.open.forEach(Connection::abandon);
		this.open.clear();
	}

	boolean isClosing() {
		return this.whenEmpty != null;
	}

	private void runWhenEmpty() {
		if (this.whenEmpty != null && this.open.isEmpty()) {
			this.whenEmpty.run();
		}
	}

}
