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

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

import javax.net.ssl.SSLEngine;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A server bound to a port, with its thread and its connections.
 */
final class BoundServer {

	private static final Log logger = LogFactory.getLog(ProbeServer.class);

	private static final int READ_SIZE = 4096;

	private static final long MAX_TASK_MILLIS = 50;

	private static final long GRACE_SECONDS = 1;

	private static final long END_SECONDS = 5;

	private final EventLoop loop;

	private final ConnectionInitializer initializer;

	private final Connections connections;

	private final Channel channel;

	private final int port;

	// On the thread of the server alone
	private boolean closing;

	private BoundServer(EventLoop loop, ConnectionInitializer initializer, Connections connections, Channel channel) {
		this.loop = loop;
		this.port = ((InetSocketAddress) channel.localAddress()).getPort();
		this.initializer = initializer;
		this.connections = connections;
		this.channel = channel;
	}

	/**
	 * Bind a server.
	 * @param settings the settings
	 * @param responder finds the answers
	 * @param engines creates the engine of an encrypted connection
	 * @param whenEnded called on the thread of the server if an error ends it, as one
	 * does that closes the port
	 * @return the server
	 * @throws ProbeServerBindException if the port cannot be had
	 */
	static BoundServer open(ProbeServerSettings settings, Responder responder, Supplier<@Nullable SSLEngine> engines,
			Consumer<BoundServer> whenEnded) {
		LoopThread thread = new LoopThread();
		ReleasingIoHandlerFactory handlers = new ReleasingIoHandlerFactory();
		EventLoop loop = loop(thread, handlers);
		Connections connections = new Connections(settings);
		ConnectionInitializer initializer = new ConnectionInitializer(connections, responder, new Encryption(engines));
		try {
			ChannelFuture bound = bootstrap(loop, connections, initializer).bind(settings.socketAddress())
				.awaitUninterruptibly();
			Throwable failure = bound.cause();
			if (failure != null) {
				throw new ProbeServerBindException(settings.socketAddress(), failure);
			}
			BoundServer server = new BoundServer(loop, initializer, connections, bound.channel());
			handlers.release(server::release);
			thread.whenEnded(() -> whenEnded.accept(server));
			Future<?> unused = server.channel.closeFuture().addListener((closed) -> server.onClosed());
			return server;
		}
		catch (Throwable ex) {
			Future<?> unused = loop.shutdownGracefully(0, GRACE_SECONDS, TimeUnit.SECONDS);
			initializer.close();
			throw ex;
		}
	}

	// A group of loops would publish its end on a further thread, which is no daemon
	private static EventLoop loop(LoopThread thread, ReleasingIoHandlerFactory handlers) {
		return new SingleThreadIoEventLoop(null, thread, handlers, Integer.MAX_VALUE,
				RejectedExecutionHandlers.reject(), MAX_TASK_MILLIS);
	}

	// No more is read than is asked for, so that a client is delayed by its own requests
	// alone
	private static ServerBootstrap bootstrap(EventLoop loop, Connections connections,
			ConnectionInitializer initializer) {
		FixedRecvByteBufAllocator reads = new FixedRecvByteBufAllocator(READ_SIZE);
		reads.maxMessagesPerRead(1);
		return new ServerBootstrap().group(loop)
			.channel(NioServerSocketChannel.class)
			.option(ChannelOption.RECVBUF_ALLOCATOR,
					new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(connections.maxPerTurn()))
			.handler(new AcceptErrors(connections))
			.childOption(ChannelOption.AUTO_READ, false)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childOption(ChannelOption.RECVBUF_ALLOCATOR, reads)
			.childHandler(initializer);
	}

	int port() {
		return this.port;
	}

	// Netty closes the port if memory runs out while it accepts, and the thread goes on
	private void onClosed() {
		if (!this.closing) {
			Future<?> unused = this.loop.shutdownGracefully(0, GRACE_SECONDS, TimeUnit.SECONDS);
		}
	}

	// Frees the port and lets go of all clients, if an error ends the thread before that
	private void release() {
		this.channel.unsafe().closeForcibly();
		this.connections.abandon();
		AcceptErrors errors = this.channel.pipeline().get(AcceptErrors.class);
		if (errors != null) {
			errors.release();
		}
		this.initializer.shutDown();
	}

	void close() {
		CompletableFuture<Void> gone = closeConnections();
		boolean interrupted = false;
		try {
			gone.get(GRACE_SECONDS, TimeUnit.SECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			logger.debug("Some clients have not read their answers in time", ex);
		}
		catch (InterruptedException ex) {
			interrupted = true;
		}
		Future<?> unused = this.loop.shutdownGracefully(0, GRACE_SECONDS, TimeUnit.SECONDS);
		if (interrupted || !awaitEnd()) {
			Thread.currentThread().interrupt();
		}
	}

	private CompletableFuture<Void> closeConnections() {
		CompletableFuture<Void> gone = new CompletableFuture<>();
		try {
			this.loop.execute(() -> {
				this.closing = true;
				Future<?> unused = this.channel.close();
				this.connections.close(() -> gone.complete(null));
				this.initializer.shutDown();
			});
		}
		catch (RejectedExecutionException ex) {
			// An error has ended the thread
			gone.complete(null);
		}
		return gone;
	}

	private boolean awaitEnd() {
		try {
			if (!this.loop.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
				logger.warn(
						"Thread of the probe server has not ended within " + END_SECONDS + "s; continuing without it");
			}
			this.initializer.close();
			return true;
		}
		catch (InterruptedException ex) {
			return false;
		}
	}

}
