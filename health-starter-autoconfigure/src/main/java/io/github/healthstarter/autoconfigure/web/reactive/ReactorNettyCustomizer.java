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

package io.github.healthstarter.autoconfigure.web.reactive;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

import io.github.healthstarter.web.OpenStreams;
import io.github.healthstarter.web.WatchedServer;
import io.github.healthstarter.web.reactive.EventLoops;
import io.github.healthstarter.web.reactive.LingeringConnections;

/**
 * Lets the connections of Reactor Netty linger, and knows its event loops.
 */
final class ReactorNettyCustomizer implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory>, WatchedServer {

	private final LingeringConnections connections;

	private final OpenStreams streams;

	private final EventLoops loops = new EventLoops();

	ReactorNettyCustomizer(LingeringConnections connections, OpenStreams streams) {
		this.connections = connections;
		this.streams = streams;
	}

	@Override
	public void customize(NettyReactiveWebServerFactory factory) {
		factory.addServerCustomizers((server) -> this.connections.addTo(this.loops.addTo(server), this.streams));
	}

	@Override
	public @Nullable String endedThread() {
		return this.loops.endedThread();
	}

}
