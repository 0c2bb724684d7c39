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

import java.util.concurrent.Executor;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jetty.JettyServerCustomizer;

import io.github.healthstarter.liveness.WatchedExecutor;

/**
 * The executor that runs Jetty's requests.
 */
public final class RequestExecutor implements WatchedExecutor, JettyServerCustomizer {

	private volatile @Nullable QueuedThreadPool pool;

	@Override
	public void customize(Server server) {
		if (server.getThreadPool() instanceof QueuedThreadPool queued) {
			this.pool = queued;
		}
	}

	@Override
	public String name() {
		return "requestExecutor";
	}

	@Override
	public @Nullable Executor executor() {
		QueuedThreadPool pool = this.pool;
		// Virtual threads are never all busy
		return (VirtualThreads.getVirtualThreadsExecutor(pool) == null) ? pool : null;
	}

	@Override
	public boolean isItsThread(String threadName) {
		QueuedThreadPool pool = this.pool;
		return pool != null && threadName.startsWith(pool.getName() + "-");
	}

}
