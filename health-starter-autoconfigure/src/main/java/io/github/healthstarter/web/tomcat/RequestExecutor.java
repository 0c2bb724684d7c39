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

import java.util.concurrent.Executor;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.ProtocolHandler;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;

import io.github.healthstarter.liveness.WatchedExecutor;

/**
 * The executor that runs Tomcat's requests.
 */
public final class RequestExecutor implements WatchedExecutor, TomcatConnectorCustomizer {

	private volatile @Nullable Connector connector;

	@Override
	public void customize(Connector connector) {
		if (this.connector == null) {
			this.connector = connector;
		}
	}

	@Override
	public String name() {
		return "requestExecutor";
	}

	@Override
	public @Nullable Executor executor() {
		Connector connector = this.connector;
		Executor executor = (connector != null) ? connector.getProtocolHandler().getExecutor() : null;
		// Virtual threads are never all busy
		return (executor instanceof VirtualThreadExecutor) ? null : executor;
	}

	// Threads are named after the protocol, whose own name is in quotes, and ends with a
	// port once there is one
	@Override
	public boolean isItsThread(String threadName) {
		Connector connector = this.connector;
		ProtocolHandler protocol = (connector != null) ? connector.getProtocolHandler() : null;
		int end = threadName.indexOf("-exec-");
		return protocol instanceof AbstractProtocol<?> named && end > 0
				&& named.getName().startsWith(threadName.substring(0, end), 1);
	}

}
