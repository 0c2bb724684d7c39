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

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import javax.net.ssl.SSLEngine;

import io.netty.handler.ssl.SslHandler;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts connections. What a handshake computes is done apart from the thread of the
 * connections, on one thread of lower priority, for one client after another: those who
 * begin many handshakes wait for their own, and those who complete none wait for those
 * who do. Safe for use by any thread.
 */
final class Encryption {

	private static final Log logger = LogFactory.getLog(ProbeServer.class);

	private static final long KEEP_ALIVE_SECONDS = 10;

	private static final int MAX_COMPLETED = 512;

	private final Supplier<@Nullable SSLEngine> engines;

	private final ThreadPoolExecutor executor;

	// What follows is guarded by the lock of the first of them

	private final Map<Client, Queue<Runnable>> waiting = new LinkedHashMap<>();

	private final Set<Client> completed = new LinkedHashSet<>();

	/**
	 * Create encryption, without a thread yet.
	 * @param engines creates the engine of a connection, {@code null} for plain text
	 */
	Encryption(Supplier<@Nullable SSLEngine> engines) {
		this(engines, Encryption::newThread);
	}

	Encryption(Supplier<@Nullable SSLEngine> engines, ThreadFactory threads) {
		this.engines = engines;
		this.executor = new ThreadPoolExecutor(1, 1, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				threads);
		this.executor.allowCoreThreadTimeOut(true);
	}

	@SuppressWarnings("ThreadPriorityCheck")
	private static Thread newThread(Runnable task) {
		Thread thread = new Thread(task, "health-server-tls");
		thread.setDaemon(true);
		thread.setPriority(Thread.MIN_PRIORITY);
		return thread;
	}

	/**
	 * Create what encrypts a connection. The handshake is a part of the first request,
	 * which has its time.
	 * @param connection the connection
	 * @return the handler, {@code null} for plain text
	 */
	@Nullable SslHandler handler(Connection connection) {
		SSLEngine engine = this.engines.get();
		if (engine == null) {
			return null;
		}
		SslHandler handler = new SslHandler(engine, (task) -> compute(connection, task));
		handler.setHandshakeTimeoutMillis(0);
		Future<?> unused = handler.handshakeFuture().addListener((handshake) -> {
			if (handshake.isSuccess()) {
				complete(connection.client());
			}
		});
		return handler;
	}

	private void compute(Connection connection, Runnable task) {
		connection.computing();
		execute(connection.client(), () -> {
			try {
				if (connection.isOpen()) {
					task.run();
				}
			}
			finally {
				connection.computed();
			}
		});
	}

	/**
	 * Run a task when it is the turn of its client. If no thread can be started it is run
	 * by the caller.
	 * @param client the client
	 * @param task the task
	 */
	void execute(Client client, Runnable task) {
		synchronized (this.waiting) {
			this.waiting.computeIfAbsent(client, (added) -> new ArrayDeque<>()).add(task);
		}
		try {
			this.executor.execute(this::runNext);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Handshake dropped, as the probe server is closing", ex);
		}
		catch (OutOfMemoryError ex) {
			runNext();
		}
	}

	private void runNext() {
		Runnable next = takeNext();
		try {
			if (next != null) {
				next.run();
			}
		}
		catch (Throwable ex) {
			logger.debug("Handshake failed", ex);
		}
	}

	private @Nullable Runnable takeNext() {
		synchronized (this.waiting) {
			Client first = null;
			for (Client client : this.waiting.keySet()) {
				if (this.completed.contains(client)) {
					return takeFrom(client);
				}
				first = (first != null) ? first : client;
			}
			return (first != null) ? takeFrom(first) : null;
		}
	}

	// The client moves to the end of the line
	private @Nullable Runnable takeFrom(Client client) {
		Queue<Runnable> tasks = this.waiting.remove(client);
		Runnable next = (tasks != null) ? tasks.poll() : null;
		if (tasks != null && !tasks.isEmpty()) {
			this.waiting.put(client, tasks);
		}
		return next;
	}

	/**
	 * Note that a client has completed a handshake, and so is likely to complete others.
	 * @param client the client
	 */
	void complete(Client client) {
		synchronized (this.waiting) {
			this.completed.remove(client);
			this.completed.add(client);
			if (this.completed.size() > MAX_COMPLETED) {
				this.completed.remove(this.completed.iterator().next());
			}
		}
	}

	void shutDown() {
		this.executor.shutdownNow();
	}

}
