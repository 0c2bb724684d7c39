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

package io.github.healthstarter.web.tomcat;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.WebServer;

import io.github.healthstarter.web.ServerThreads;
import io.github.healthstarter.web.WatchedServer;

/**
 * The acceptor and the poller of each connector of a Tomcat.
 */
public final class TomcatThreads implements WatchedServer {

	private static final List<String> ROLES = List.of("-Acceptor", "-Poller");

	private final List<Watched> connectors;

	private TomcatThreads(List<Watched> connectors) {
		this.connectors = connectors;
	}

	/**
	 * Return the threads of a server that has just been started.
	 * @param server the server
	 * @return its threads, {@code null} if it is no Tomcat
	 */
	public static @Nullable WatchedServer of(WebServer server) {
		return (server instanceof TomcatWebServer tomcat)
				? new TomcatThreads(
						Arrays.stream(tomcat.getTomcat().getService().findConnectors()).map(Watched::of).toList())
				: null;
	}

	@Override
	public @Nullable String endedThread() {
		return this.connectors.stream().map(Watched::ended).filter(Objects::nonNull).findFirst().orElse(null);
	}

	private record Watched(Connector connector, ServerThreads threads) {

		static Watched of(Connector connector) {
			return new Watched(connector, new ServerThreads((name) -> isThread(connector, name)).search());
		}

		// Threads are named after the protocol, without the quotes of its name, and with
		// the port if that was not known before
		private static boolean isThread(Connector connector, String thread) {
			if (!(connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol)) {
				return false;
			}
			String name = protocol.getName().replace("\"", "");
			return ROLES.stream()
				.filter(thread::endsWith)
				.map((role) -> thread.substring(0, thread.length() - role.length()))
				.anyMatch((owner) -> name.equals(owner) || name.startsWith(owner + "-"));
		}

		// The threads of a connector that is stopped end after it has begun to stop, and
		// that of a closed listener just before it is closed
		@Nullable String ended() {
			String ended = this.threads.ended();
			return (ended != null && this.connector.getState() == LifecycleState.STARTED
					&& this.connector.getLocalPort() > 0) ? ended : null;
		}

	}

}
