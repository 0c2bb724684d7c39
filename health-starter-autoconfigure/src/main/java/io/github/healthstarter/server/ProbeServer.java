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

package io.github.healthstarter.server;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import javax.net.ssl.SSLEngine;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.healthstarter.web.AccessPolicy;
import io.github.healthstarter.web.DrainHeaders;
import io.github.healthstarter.web.RouteFinder;

/**
 * Serves the HTTP contract on a port of its own, with a thread of its own, which is
 * replaced if an error ends it. Safe for use by any thread.
 */
public final class ProbeServer implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(ProbeServer.class);

	private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

	private final ProbeServerSettings settings;

	private final RouteFinder routes;

	private final AccessPolicy access;

	private final DrainHeaders drainHeaders;

	private volatile @Nullable Supplier<SSLEngine> engines;

	private @Nullable BoundServer bound;

	/**
	 * Create a server that does not listen yet.
	 * @param settings the settings
	 * @param routes finds the routes
	 * @param access decides on access
	 * @param drainHeaders ask clients to move on
	 */
	public ProbeServer(ProbeServerSettings settings, RouteFinder routes, AccessPolicy access,
			DrainHeaders drainHeaders) {
		this.settings = settings;
		this.routes = routes;
		this.access = access;
		this.drainHeaders = drainHeaders;
	}

	/**
	 * Encrypt connections from the next one on; those that are open stay as they are.
	 * @param engines makes an engine in server mode for each connection
	 */
	public void encrypt(Supplier<SSLEngine> engines) {
		this.engines = engines;
	}

	private @Nullable SSLEngine engine() {
		Supplier<SSLEngine> engines = this.engines;
		return (engines != null) ? engines.get() : null;
	}

	/**
	 * Listen, unless that is so already.
	 * @return the port, which is the one from the settings unless that is 0
	 * @throws ProbeServerBindException if the port is taken or not for us to take
	 */
	public synchronized int start() {
		if (this.bound == null) {
			this.bound = open(this.settings);
		}
		return this.bound.port();
	}

	private BoundServer open(ProbeServerSettings settings) {
		return BoundServer.open(settings, new Responder(this.routes, this.access, this.drainHeaders), this::engine,
				this::replace);
	}

	// The thread that ends does this itself, and goes on while memory or the port is
	// missing
	private void replace(BoundServer ended) {
		while (!tryReplace(ended)) {
			LockSupport.parkNanos(RETRY_NANOS);
		}
	}

	private synchronized boolean tryReplace(BoundServer ended) {
		if (this.bound != ended) {
			return true;
		}
		try {
			int port = ended.port();
			this.bound = open(this.settings.withPort(port));
			logger.warn("Thread of the probe server was ended by an error; another listens on port " + port);
			return true;
		}
		catch (Throwable ex) {
			return this.bound != ended;
		}
	}

	/**
	 * Return the port that the server listens on.
	 * @return the port
	 * @throws IllegalStateException if it does not listen
	 */
	public synchronized int port() {
		Assert.state(this.bound != null, "The probe server does not listen");
		return this.bound.port();
	}

	/**
	 * Stop listening. An answer that is under way goes out, as long as its client takes
	 * it within a second; all else is cut off. When this returns the port is free and the
	 * threads have ended. A server that is closed may be started again.
	 */
	@Override
	public synchronized void close() {
		if (this.bound != null) {
			this.bound.close();
			this.bound = null;
		}
	}

}
