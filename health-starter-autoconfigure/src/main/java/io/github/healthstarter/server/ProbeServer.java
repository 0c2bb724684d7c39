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

import java.util.function.Supplier;

import javax.net.ssl.SSLEngine;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.healthstarter.web.HttpContract;

/**
 * Serves the HTTP contract on a port of its own, with a thread of its own. Safe for use
 * by any thread.
 */
public final class ProbeServer implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(ProbeServer.class);

	private final ProbeServerSettings settings;

	private volatile HttpContract contract;

	private volatile @Nullable Supplier<SSLEngine> engines;

	private @Nullable Listener listener;

	/**
	 * Create a server that does not listen yet.
	 * @param settings where it listens, and what it bears
	 * @param contract what it serves at first
	 */
	public ProbeServer(ProbeServerSettings settings, HttpContract contract) {
		this.settings = settings;
		this.contract = contract;
	}

	/**
	 * Serve something else from the next request on; connections stay as they are.
	 * @param contract what is served
	 */
	public void serve(HttpContract contract) {
		this.contract = contract;
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
		if (this.listener == null) {
			this.listener = Listener.open(this.settings, () -> this.contract, this::engine);
			logger.info("The probe server listens on port " + this.listener.port());
		}
		return this.listener.port();
	}

	/**
	 * Return the port that the server listens on.
	 * @return the port
	 * @throws IllegalStateException if it does not listen
	 */
	public synchronized int port() {
		Assert.state(this.listener != null, "The probe server does not listen");
		return this.listener.port();
	}

	/**
	 * Stop listening. An answer that is under way goes out, as long as its client takes
	 * it within a second; all else is cut off. When this returns the port is free and the
	 * threads have ended. A server that is closed may be started again.
	 */
	@Override
	public synchronized void close() {
		if (this.listener != null) {
			this.listener.close();
			this.listener = null;
		}
	}

}
