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

package io.github.healthstarter.autoconfigure.liveness;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.util.ClassUtils;

import io.github.healthstarter.liveness.LivenessFailure;
import io.github.healthstarter.liveness.LivenessSignal;
import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.web.WatchedServer;
import io.github.healthstarter.web.jetty.JettyThreads;
import io.github.healthstarter.web.tomcat.TomcatThreads;

/**
 * Finds threads of web servers that have ended, though nothing stops the server. It never
 * connects to a port: that would depend on how busy the server is.
 */
final class WebServerSignal implements LivenessSignal, ApplicationListener<WebServerInitializedEvent> {

	/**
	 * The time after which an ended thread counts, as a server that begins to stop may
	 * not show it at once.
	 */
	static final Duration CONFIRMED_AFTER = Duration.ofSeconds(1);

	private static final boolean TOMCAT = ClassUtils.isPresent("org.springframework.boot.tomcat.TomcatWebServer", null);

	private static final boolean JETTY = ClassUtils.isPresent("org.springframework.boot.jetty.JettyWebServer", null);

	private final Map<String, List<WatchedServer>> servers = new ConcurrentHashMap<>();

	private final boolean enabled;

	private final TimeSource time;

	private @Nullable Long endedSince;

	WebServerSignal(boolean enabled, TimeSource time) {
		this.enabled = enabled;
		this.time = time;
	}

	@Override
	public String name() {
		return "webServer";
	}

	// Also for the servers of child contexts, and if a context is started again
	@Override
	public void onApplicationEvent(WebServerInitializedEvent event) {
		if (this.enabled) {
			watch(Objects.requireNonNullElse(event.getApplicationContext().getId(), ""),
					find(event.getWebServer(), event.getApplicationContext()));
		}
	}

	private static List<WatchedServer> find(WebServer server, WebServerApplicationContext context) {
		WatchedServer found = TOMCAT ? TomcatThreads.of(server) : null;
		found = (found == null && JETTY) ? JettyThreads.of(server) : found;
		return (found != null) ? List.of(found) : context.getBeanProvider(WatchedServer.class).stream().toList();
	}

	void watch(String owner, List<WatchedServer> servers) {
		this.servers.put(owner, servers);
	}

	@Override
	public @Nullable LivenessFailure look() {
		String ended = this.servers.values()
			.stream()
			.flatMap(List::stream)
			.map(WatchedServer::endedThread)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
		if (ended == null) {
			this.endedSince = null;
			return null;
		}
		Long since = (this.endedSince != null) ? this.endedSince : Long.valueOf(this.time.nanos());
		this.endedSince = since;
		return (this.time.since(since).compareTo(CONFIRMED_AFTER) >= 0)
				? new LivenessFailure(name(), "thread of the web server has ended: " + ended, "") : null;
	}

	@Override
	public boolean supportsAsyncExecution() {
		return false;
	}

}
