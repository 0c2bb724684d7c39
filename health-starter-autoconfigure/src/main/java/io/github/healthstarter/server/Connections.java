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
 * idle rather than one that sends a request, and the one that has been so for the longest
 * time. A trusted client alone evicts another trusted one, or one that is being answered,
 * so it always gets in. Used by the thread of the connections alone.
 */
final class Connections {

	private static final Comparator<Connection> EVICTION_ORDER = Comparator.comparing(Connection::isTrusted)
		.thenComparing(Connection::phase)
		.thenComparingLong(Connection::lastChange);

	private final ProbeServerSettings settings;

	private final LimitLog limit;

	private final LimitLog limitPerClient;

	private final Set<Connection> open = new HashSet<>();

	private long changes;

	private @Nullable Runnable whenEmpty;

	Connections(ProbeServerSettings settings) {
		this.settings = settings;
		this.limit = new LimitLog("health.server.max-connections", settings.maxConnections(), TimeSource.system());
		this.limitPerClient = new LimitLog("health.server.max-connections-per-client",
				settings.maxConnectionsPerClient(), TimeSource.system());
	}

	ProbeServerSettings settings() {
		return this.settings;
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

	void remove(Connection connection) {
		if (this.open.remove(connection)) {
			runWhenEmpty();
		}
	}

	/**
	 * Close all connections but those that are being answered, which close by themselves.
	 * @param whenEmpty called when all are closed
	 */
	void close(Runnable whenEmpty) {
		this.whenEmpty = whenEmpty;
		List.copyOf(this.open)
			.stream()
			.filter((connection) -> connection.phase() != Connection.Phase.ANSWERING)
			.forEach(Connection::close);
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
