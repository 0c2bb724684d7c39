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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import javax.net.ssl.SSLEngine;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.healthstarter.autoconfigure.health.EarlyHealth;
import io.github.healthstarter.server.ProbeServer;
import io.github.healthstarter.server.ProbeServerSettings;
import io.github.healthstarter.web.HttpContract;

/**
 * The probe server of an application: there before its context is, and closed when the
 * context and all in it are gone. Where the start fails it stays and says so, until the
 * process ends, or the same application starts again in it, or another on the same port.
 * No more than one is left so: the first.
 */
public final class ApplicationProbeServer {

	private static final String NAME = "healthStarterProbeServer";

	private static final AtomicReference<@Nullable ApplicationProbeServer> LEFT_BY_A_FAILURE = new AtomicReference<>();

	private static final Duration BIND_LIMIT = Duration.ofSeconds(30);

	private final String application;

	private final int wantedPort;

	private final Supplier<EarlyHealth> health;

	private final ProbeServer server;

	private final CompletableFuture<Integer> port = new CompletableFuture<>();

	private volatile EarlyHealth early;

	private @Nullable Supplier<? extends Supplier<SSLEngine>> encryption;

	private volatile boolean started;

	private volatile boolean gone;

	private volatile boolean closed;

	private volatile boolean stopping;

	/**
	 * Create a server that does not listen yet.
	 * @param application tells the application from others in the same process
	 * @param settings where it listens, and what it bears
	 * @param health makes what it serves at first, and after a failure
	 */
	public ApplicationProbeServer(String application, ProbeServerSettings settings, Supplier<EarlyHealth> health) {
		this.application = application;
		this.wantedPort = settings.port();
		this.health = health;
		this.early = health.get();
		this.server = new ProbeServer(settings, this.early.contract());
	}

	/**
	 * Encrypt all connections. To be called before {@link #listen()}.
	 * @param encryption makes what makes an engine in server mode for each connection;
	 * called on the thread that begins to listen, which does not where this fails
	 */
	void encryptAll(Supplier<? extends Supplier<SSLEngine>> encryption) {
		this.encryption = encryption;
	}

	/**
	 * Encrypt connections from the next one on.
	 * @param engines makes an engine in server mode for each connection
	 */
	void encrypt(Supplier<SSLEngine> engines) {
		this.server.encrypt(engines);
	}

	/**
	 * Begin to listen, on another thread: loading the server and its certificate takes
	 * its time, which the start of the application need not wait for. To be called once.
	 */
	public void listen() {
		ApplicationProbeServer left = LEFT_BY_A_FAILURE.get();
		if (left != null && left.givesWayTo(this) && LEFT_BY_A_FAILURE.compareAndSet(left, null)) {
			left.close();
		}
		Thread thread = new Thread(this::bind, "health-server-start");
		thread.setDaemon(true);
		thread.start();
	}

	private boolean givesWayTo(ApplicationProbeServer next) {
		return this.application.equals(next.application)
				|| (this.wantedPort != 0 && this.wantedPort == next.wantedPort);
	}

	private void bind() {
		try {
			if (this.encryption != null) {
				encrypt(this.encryption.get());
			}
			this.port.complete(this.server.start());
			if (this.closed) {
				this.server.close();
			}
		}
		catch (Throwable ex) {
			this.port.completeExceptionally(ex);
		}
	}

	/**
	 * Follow a context to its end.
	 * @param context the context, before anything in it has been made
	 */
	public void follow(ConfigurableApplicationContext context) {
		context.getBeanFactory().registerSingleton(NAME, this);
		// What is registered first is destroyed last
		if (context.getBeanFactory() instanceof DefaultSingletonBeanRegistry registry) {
			registry.registerDisposableBean(NAME, this::contextGone);
		}
	}

	// Where the start fails, the context goes and the failure is still to be told
	private void contextGone() {
		this.gone = true;
		if (this.started) {
			close();
		}
	}

	/**
	 * Serve what the context has made from now on, unless the process has been asked to
	 * end: then nothing that comes later is to be seen any more.
	 * @param contract what is served
	 * @return the port
	 */
	int connect(HttpContract contract) {
		int port = awaitPort();
		if (!this.stopping) {
			this.server.serve(contract);
			this.early.close();
		}
		return port;
	}

	private int awaitPort() {
		try {
			return this.port.get(BIND_LIMIT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RuntimeException failure) {
				throw failure;
			}
			throw new IllegalStateException("The probe server could not begin to listen", ex.getCause());
		}
		catch (TimeoutException ex) {
			throw new IllegalStateException(
					"The probe server has not begun to listen within " + BIND_LIMIT.toSeconds() + "s", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted before the probe server began to listen", ex);
		}
	}

	private boolean listens() {
		try {
			awaitPort();
			return true;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	/**
	 * Note that the context has been built: its end is the server's, also where it has
	 * been closed already.
	 */
	public void started() {
		this.started = true;
		if (this.gone) {
			close();
		}
	}

	/**
	 * Show that the process has been asked to end while the context was being built.
	 */
	public void stopping() {
		this.stopping = true;
		this.early.stop();
	}

	/**
	 * Show that the start has failed, unless another application shows that already, or
	 * the process has been asked to end, which is what is shown then. Waits until the
	 * server listens, where that is still under way.
	 * @param cause why
	 */
	public void fail(Throwable cause) {
		if (!listens() || this.closed || !LEFT_BY_A_FAILURE.compareAndSet(null, this)) {
			close();
			return;
		}
		this.started = false;
		this.early.close();
		this.early = this.health.get();
		if (this.stopping) {
			this.early.stop();
		}
		else {
			this.early.fail(cause);
		}
		this.server.serve(this.early.contract());
	}

	/**
	 * Listen no more. Waits for half a minute at the most until the server has begun to,
	 * where that is still under way.
	 */
	public void close() {
		this.closed = true;
		this.early.close();
		if (listens()) {
			this.server.close();
		}
	}

}
