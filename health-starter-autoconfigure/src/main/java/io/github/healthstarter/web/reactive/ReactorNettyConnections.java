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

import io.netty.channel.ChannelPipeline;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

import io.github.healthstarter.web.OpenStreams;
import io.github.healthstarter.web.RouteFinder;

/**
 * What has to be done on the connections of Reactor Netty, before Spring sees a request.
 */
public final class ReactorNettyConnections {

	private final LateRequests late;

	private final OpenStreams streams;

	private final QueryMender queries;

	/**
	 * Create it.
	 * @param late what may still come when the server stops
	 * @param streams have been ended where the server is about to stop
	 * @param routes tells which paths are the starter's
	 * @param basePath what is before them, possibly empty
	 */
	public ReactorNettyConnections(LateRequests late, OpenStreams streams, RouteFinder routes, String basePath) {
		this.late = late;
		this.streams = streams;
		this.queries = new QueryMender(routes, basePath);
	}

	/**
	 * Have it done on each connection of HTTP/1.1.
	 * @param server the server
	 * @return the server that does
	 */
	public HttpServer addTo(HttpServer server) {
		return server.doOnChannelInit((observer, channel, address) -> add(channel.pipeline()));
	}

	private void add(ChannelPipeline pipeline) {
		if (pipeline.get(NettyPipeline.HttpTrafficHandler) != null) {
			pipeline.addAfter(NettyPipeline.HttpTrafficHandler, "health.late",
					new LateRequestHandler(this.late, this.streams));
			pipeline.addBefore(NettyPipeline.HttpTrafficHandler, "health.queries", this.queries);
		}
	}

}
