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

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.env.Environment;

import io.github.healthstarter.autoconfigure.web.BasePath;
import io.github.healthstarter.web.OpenStreams;
import io.github.healthstarter.web.Routes;
import io.github.healthstarter.web.reactive.LateRequests;
import io.github.healthstarter.web.reactive.ReactorNettyConnections;

/**
 * Adds to Reactor Netty what no handler of Spring's can do.
 */
final class ReactorNettyCustomizer implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

	private final ReactorNettyConnections connections;

	ReactorNettyCustomizer(LateRequests late, OpenStreams streams, Routes routes, Environment environment) {
		this.connections = new ReactorNettyConnections(late, streams, routes, BasePath.of(environment));
	}

	@Override
	public void customize(NettyReactiveWebServerFactory factory) {
		factory.addServerCustomizers(this.connections::addTo);
	}

}
