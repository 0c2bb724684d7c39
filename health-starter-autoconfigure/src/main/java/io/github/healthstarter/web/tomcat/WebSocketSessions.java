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

import io.github.healthstarter.lifecycle.PhasedBean;
import io.github.healthstarter.lifecycle.ShutdownPhases;

/**
 * Ends the open WebSocket sessions just before the web server begins to wait for requests
 * under way, with the code for a server that goes away (1001).
 */
public final class WebSocketSessions extends PhasedBean {

	private static final String CONTAINER = "jakarta.websocket.server.ServerContainer";

	private static final long LIMIT_MILLIS = 1000;

	private final ServletContext servletContext;

	/**
	 * Create it.
	 * @param servletContext has the container of the sessions, if there is one
	 */
	public WebSocketSessions(ServletContext servletContext) {
		super(ShutdownPhases.BEFORE_GRACEFUL_SHUTDOWN);
		this.servletContext = servletContext;
	}

	@Override
	protected void onStop() {
		if (this.servletContext.getAttribute(CONTAINER) instanceof WsServerContainer container) {
			close(container);
		}
	}

	// A client that reads nothing delays its own session, and many of them must not block
	// the shutdown
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

}
