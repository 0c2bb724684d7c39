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

package io.github.healthstarter.web.reactive;

import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerConfig;
import reactor.netty.resources.LoopResources;

import io.github.healthstarter.web.WatchedServer;

/**
 * The event loops of Reactor Netty, those that accept connections and those that serve
 * them.
 */
public final class EventLoops implements WatchedServer {

	private volatile @Nullable HttpServerConfig server;

	/**
	 * Watch the event loops of a server.
	 * @param server the server
	 * @return the server that is watched from its start on
	 */
	public HttpServer addTo(HttpServer server) {
		return server.doOnBind((config) -> this.server = config);
	}

	// A loop that nothing has shut down ends by an error alone
	@Override
	public @Nullable String endedThread() {
		HttpServerConfig server = this.server;
		if (server == null || server.loopResources().isDisposed()) {
			return null;
		}
		LoopResources resources = server.loopResources();
		boolean ended = Stream
			.of(resources.onServer(server.isPreferNative()), resources.onServerSelect(server.isPreferNative()))
			.flatMap(EventLoops::loops)
			.anyMatch(EventExecutor::isShuttingDown);
		return (ended && !resources.isDisposed()) ? "event loop of Reactor Netty" : null;
	}

	private static Stream<EventExecutor> loops(EventExecutorGroup group) {
		return StreamSupport.stream(group.spliterator(), false);
	}

}
