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

package io.github.healthstarter.web.jetty;

import java.util.List;

import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.strategy.AdaptiveExecutionStrategy;
import org.jspecify.annotations.Nullable;

import io.github.healthstarter.web.ServerThreads;

/**
 * A connector of Jetty, with its acceptors and its selectors. Both are tasks in a pool:
 * an acceptor's thread bears its name as long as it is one, and a selector moves from
 * thread to thread. Used by one thread alone.
 */
final class WatchedConnector {

	private final ServerConnector connector;

	private final ServerThreads acceptors;

	private final List<WatchedSelector> selectors;

	WatchedConnector(ServerConnector connector) {
		this.connector = connector;
		String owner = "@" + Integer.toHexString(connector.hashCode()) + "{";
		this.acceptors = new ServerThreads((name) -> name.contains("-acceptor-") && name.contains(owner));
		this.selectors = connector.getSelectorManager()
			.getBeans(ManagedSelector.class)
			.stream()
			.map(WatchedSelector::new)
			.toList();
	}

	@Nullable String ended() {
		// Their threads may get to them some time after the start
		if (this.acceptors.size() < this.connector.getAcceptors()) {
			this.acceptors.search();
		}
		String ended = this.acceptors.ended();
		for (WatchedSelector selector : this.selectors) {
			ended = (selector.hasEnded() && ended == null) ? selector.name() : ended;
		}
		return (this.connector.isStarted() && !this.connector.isShutdown()) ? ended : null;
	}

	/**
	 * A selector that no thread runs, which for a moment is so each time it moves to
	 * another. It is found to have ended if meanwhile it has not run an update either.
	 */
	private static final class WatchedSelector {

		private final ManagedSelector selector;

		private volatile boolean updated = true;

		WatchedSelector(ManagedSelector selector) {
			this.selector = selector;
		}

		String name() {
			return "selector of Jetty";
		}

		boolean hasEnded() {
			AdaptiveExecutionStrategy strategy = this.selector.getBean(AdaptiveExecutionStrategy.class);
			if (strategy == null || !strategy.isIdle()) {
				return false;
			}
			if (!this.updated) {
				return true;
			}
			this.updated = false;
			this.selector.submit((ignored) -> this.updated = true);
			return false;
		}

	}

}
