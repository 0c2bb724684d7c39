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

import jakarta.servlet.ServletContext;
import org.apache.tomcat.websocket.server.WsServerContainer;
import org.springframework.context.SmartLifecycle;

import io.github.healthstarter.shutdown.ShutdownPhases;

/**
 * Ends the open WebSocket sessions just before the web server begins to wait for what is
 * under way: each client is told that the server goes away (1001).
 */
public final class WebSocketSessions implements SmartLifecycle {

	private static final String CONTAINER = "jakarta.websocket.server.ServerContainer";

	private static final long LIMIT_MILLIS = 1000;

	private final ServletContext servletContext;

	private volatile boolean running;

	/**
	 * Create it.
	 * @param servletContext has the container of the sessions, where there is one
	 */
	public WebSocketSessions(ServletContext servletContext) {
		this.servletContext = servletContext;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		if (this.servletContext.getAttribute(CONTAINER) instanceof WsServerContainer container) {
			close(container);
		}
	}

	// A client that takes nothing holds its own session up for a moment, and many of them
	// must not hold up the shutdown
	private static void close(WsServerContainer container) {
		Thread thread = new Thread(container::destroy, "health-websocket-close");
		thread.setDaemon(true);
		thread.start();
		try {
			thread.join(LIMIT_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return ShutdownPhases.BEFORE_GRACEFUL_SHUTDOWN;
	}

}
