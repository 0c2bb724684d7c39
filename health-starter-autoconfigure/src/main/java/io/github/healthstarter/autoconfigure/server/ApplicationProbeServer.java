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

package io.github.healthstarter.autoconfigure.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import javax.net.ssl.SSLEngine;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

import io.github.healthstarter.server.ProbeServer;
import io.github.healthstarter.server.ProbeServerSettings;
import io.github.healthstarter.web.HttpContract;
import io.github.healthstarter.web.Route;
import io.github.healthstarter.web.RouteFinder;

/**
 * The probe server of an application, which serves one contract from before the context
 * is built until after it is closed. Safe for use by any thread.
 */
public final class ApplicationProbeServer implements AutoCloseable {

	/**
	 * The name of the bean that is the server.
	 */
	public static final String BEAN_NAME = "healthStarterProbeServer";

	private static final Log logger = LogFactory.getLog(ApplicationProbeServer.class);

	private static final Duration BIND_LIMIT = Duration.ofSeconds(30);

	private final String application;

	private final int wantedPort;

	private final HttpContract contract;

	private final @Nullable Route scrape;

	private final ProbeServer server;

	private final CompletableFuture<Integer> port = new CompletableFuture<>();

	private volatile boolean closed;

	/**
	 * Create a server that does not listen yet.
	 * @param application the name that the application has in the process
	 * @param settings the settings of the listener
	 * @param contract the contract
	 * @param scrape the route of the scrape, {@code null} for none
	 * @param scrapePath the path of the scrape
	 */
	ApplicationProbeServer(String application, ProbeServerSettings settings, HttpContract contract,
			@Nullable Route scrape, String scrapePath) {
		this.application = application;
		this.wantedPort = settings.port();
		this.contract = contract;
		this.scrape = scrape;
		RouteFinder routes = (scrape != null) ? contract.routes().with(scrapePath, scrape) : contract.routes();
		this.server = new ProbeServer(settings, routes, contract.access(), contract.drainHeaders());
	}

	/**
	 * Return the server of a context.
	 * @param context the context
	 * @return its own server, not that of a parent; {@code null} if it has none
	 */
	public static @Nullable ApplicationProbeServer of(ApplicationContext context) {
		return context.containsLocalBean(BEAN_NAME) ? context.getBean(BEAN_NAME, ApplicationProbeServer.class) : null;
	}

	/**
	 * Return the contract.
	 * @return the contract that is served from the first request to the last
	 */
	public HttpContract contract() {
		return this.contract;
	}

	/**
	 * Return the route of the scrape.
	 * @return the route, {@code null} if there is none
	 */
	public @Nullable Route scrape() {
		return this.scrape;
	}

	/**
	 * Begin to listen, on another thread: loading the server and its certificate takes
	 * time, which the start of the application does not wait for. To be called once.
	 * @param encryption creates what creates an engine in server mode for each
	 * connection, {@code null} for plain text; the server does not listen if that fails
	 */
	void listen(@Nullable Supplier<? extends Supplier<SSLEngine>> encryption) {
		Thread thread = new Thread(() -> bind(encryption), "health-server-start");
		thread.setDaemon(true);
		thread.start();
	}

	private void bind(@Nullable Supplier<? extends Supplier<SSLEngine>> encryption) {
		try {
			if (encryption != null) {
				encrypt(encryption.get());
			}
			int port = this.server.start();
			logger.info("Probe server listening on port " + port);
			this.port.complete(port);
			if (this.closed) {
				this.server.close();
			}
		}
		catch (Throwable ex) {
			this.port.completeExceptionally(ex);
		}
	}

	/**
	 * Encrypt connections from the next one on.
	 * @param engines creates an engine in server mode for each connection
	 */
	void encrypt(Supplier<SSLEngine> engines) {
		this.server.encrypt(engines);
	}

	/**
	 * Return the port, and wait for at most half a minute until the server listens.
	 * @return the port
	 * @throws RuntimeException if the server cannot listen
	 */
	int awaitPort() {
		try {
			return this.port.get(BIND_LIMIT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RuntimeException failure) {
				throw failure;
			}
			throw new IllegalStateException("The probe server cannot listen", ex.getCause());
		}
		catch (TimeoutException ex) {
			throw new IllegalStateException(
					"The probe server did not begin to listen within " + BIND_LIMIT.toSeconds() + "s", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted before the probe server began to listen", ex);
		}
	}

	/**
	 * Write to the log, now or later, that the server cannot listen. For a context that
	 * nothing attaches to the server, which would fail.
	 */
	public void logFailure() {
		CompletableFuture<Integer> unused = this.port.whenComplete((port, failure) -> {
			if (failure != null) {
				logger.error("The probe server cannot listen; nothing answers probes on its port", failure);
			}
		});
	}

	/**
	 * Whether the server listens, or will within half a minute.
	 * @return {@code false} if it cannot, or has been closed
	 */
	public boolean isListening() {
		try {
			awaitPort();
			return !this.closed;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	/**
	 * Whether another server takes the place of this one: that of the same application,
	 * or one on the same port.
	 * @param next the other server
	 * @return {@code true} if it does
	 */
	public boolean isSupersededBy(ApplicationProbeServer next) {
		return this.application.equals(next.application)
				|| (this.wantedPort != 0 && this.wantedPort == next.wantedPort);
	}

	/**
	 * Stop listening. Waits for at most half a minute until the server has begun to, if
	 * that is still under way.
	 */
	@Override
	public void close() {
		this.closed = true;
		boolean listened = !this.port.isCompletedExceptionally() && hasPort();
		if (listened) {
			this.server.close();
		}
	}

	private boolean hasPort() {
		try {
			awaitPort();
			return true;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

}
