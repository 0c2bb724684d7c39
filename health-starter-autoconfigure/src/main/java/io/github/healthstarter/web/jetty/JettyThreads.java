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

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.web.server.WebServer;

import io.github.healthstarter.web.WatchedServer;

/**
 * The acceptors and the selectors of each connector of a Jetty.
 */
public final class JettyThreads implements WatchedServer {

	private final List<WatchedConnector> connectors;

	private JettyThreads(List<WatchedConnector> connectors) {
		this.connectors = connectors;
	}

	/**
	 * Return the threads of a server that has just been started.
	 * @param server the server
	 * @return its threads, {@code null} if it is no Jetty
	 */
	public static @Nullable WatchedServer of(WebServer server) {
		return (server instanceof JettyWebServer jetty)
				? new JettyThreads(Arrays.stream(jetty.getServer().getConnectors())
					.filter(ServerConnector.class::isInstance)
					.map((connector) -> new WatchedConnector((ServerConnector) connector))
					.toList())
				: null;
	}

	@Override
	public @Nullable String endedThread() {
		return this.connectors.stream().map(WatchedConnector::ended).filter(Objects::nonNull).findFirst().orElse(null);
	}

}
