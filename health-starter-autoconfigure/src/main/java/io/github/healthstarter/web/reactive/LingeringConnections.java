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

package io.github.healthstarter.web.reactive;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

import io.github.healthstarter.lifecycle.PhasedBean;
import io.github.healthstarter.lifecycle.ShutdownPhases;
import io.github.healthstarter.web.DrainHeaders;
import io.github.healthstarter.web.OpenStreams;

/**
 * Connections of Reactor Netty that linger when the server, which stops gracefully, has
 * closed its listener. The server would close those without a request at once, even if
 * one has just been sent. The shutdown continues when such requests have been answered,
 * or after a limit. Does not depend on {@link OpenStreams}, which Spring would stop
 * together with this, whatever its phase.
 */
public final class LingeringConnections extends PhasedBean {

	private static final int LINGER_MILLIS = 500;

	private static final int LIMIT_FACTOR = 10;

	private static final int POLL_MILLIS = 2;

	private final DrainHeaders drainHeaders;

	private final int lingerMillis;

	private final Set<Channel> open = ConcurrentHashMap.newKeySet();

	private final Set<Channel> awaited = ConcurrentHashMap.newKeySet();

	/**
	 * Create the connections.
	 * @param drainHeaders knows whether the instance is draining
	 */
	public LingeringConnections(DrainHeaders drainHeaders) {
		this(drainHeaders, LINGER_MILLIS);
	}

	LingeringConnections(DrainHeaders drainHeaders, int lingerMillis) {
		super(ShutdownPhases.AFTER_GRACEFUL_SHUTDOWN);
		this.drainHeaders = drainHeaders;
		this.lingerMillis = lingerMillis;
	}

	/**
	 * Let each connection of HTTP/1.1 linger.
	 * @param server the server
	 * @param streams the open streams, which are ended when the server is about to stop
	 * @return the server that does
	 */
	public HttpServer addTo(HttpServer server, OpenStreams streams) {
		return server.doOnChannelInit((observer, channel, address) -> {
			if (channel.pipeline().get(NettyPipeline.HttpTrafficHandler) != null) {
				channel.pipeline()
					.addAfter(NettyPipeline.HttpTrafficHandler, "health.linger", new LingerHandler(this, streams));
			}
		});
	}

	boolean isDraining() {
		return this.drainHeaders.isDraining();
	}

	boolean isLingering() {
		return isRunning() && isDraining();
	}

	int lingerMillis() {
		return this.lingerMillis;
	}

	void opened(Channel channel) {
		this.open.add(channel);
	}

	void await(Channel channel) {
		this.awaited.add(channel);
	}

	void closed(Channel channel) {
		this.open.remove(channel);
		this.awaited.remove(channel);
	}

	@Override
	protected void onStop() {
		if (isListenerClosed()) {
			closeIdle();
			awaitEnd();
		}
	}

	// It is open if the server does not stop gracefully
	private boolean isListenerClosed() {
		return this.open.stream().anyMatch((channel) -> !channel.parent().isOpen());
	}

	private void awaitEnd() {
		int polls = LIMIT_FACTOR * this.lingerMillis / POLL_MILLIS;
		while (polls-- > 0 && !this.awaited.isEmpty()) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
		}
	}

	// The server has not closed those that came while it stopped, and does not wait until
	// the others are closed
	private void closeIdle() {
		List<Channel> channels = List.copyOf(this.open);
		CountDownLatch pending = new CountDownLatch(channels.size());
		channels.forEach((channel) -> closeIdle(channel, pending));
		try {
			pending.await(this.lingerMillis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void closeIdle(Channel channel, CountDownLatch pending) {
		try {
			channel.eventLoop().execute(() -> {
				closeIdle(channel);
				pending.countDown();
			});
		}
		catch (RejectedExecutionException ex) {
			// Its loop has ended, perhaps without a sign of the connection's end
			closed(channel);
			pending.countDown();
		}
	}

	private void closeIdle(Channel channel) {
		if (!this.awaited.contains(channel) && LingerHandler.isIdle(channel)) {
			Future<?> unused = channel.close();
		}
	}

}
