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

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.web.RepeatedWarning;

/**
 * Handles what goes wrong while a connection is accepted. If the process has no file
 * descriptor left, it makes room with one that is held in reserve, then by evicting
 * connections; Netty would accept none for a second at a time. An {@link Error} closes
 * the port; Netty would pause, for ever if there is no memory to schedule the end of the
 * pause. Used by the thread of the connections alone, but for the end.
 */
final class AcceptErrors extends ChannelInboundHandlerAdapter {

	private static final Log logger = LogFactory.getLog(ProbeServer.class);

	private static final long RETRY_MILLIS = 20;

	private final Connections connections;

	private final RepeatedWarning warning = new RepeatedWarning(logger, TimeSource.system());

	private @Nullable SocketChannel reserve;

	private boolean accepted;

	AcceptErrors(Connections connections) {
		this.connections = connections;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		reserve(context);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object accepted) {
		this.accepted = true;
		context.fireChannelRead(accepted);
	}

	// Linux has no descriptor for the next connection even if none is waiting
	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (cause instanceof Error) {
			Future<?> unused = context.close();
		}
		else if (!(cause instanceof IOException)) {
			context.fireExceptionCaught(cause);
		}
		else if (!this.accepted) {
			this.warning.log("Probe server cannot accept a connection (" + cause.getMessage()
					+ "); it closes others for each. Raise the limit on open files or find what leaks them.");
			makeRoom(context);
		}
		this.accepted = false;
	}

	private void makeRoom(ChannelHandlerContext context) {
		if (this.reserve != null) {
			release();
			reserveLater(context);
			return;
		}
		// Once the connections that have been accepted have been read
		context.executor().execute(() -> {
			if (!this.connections.evictOne()) {
				pause(context);
			}
		});
	}

	// The connection waits in the backlog, so that accepting goes on failing at once
	private static void pause(ChannelHandlerContext context) {
		context.channel().config().setAutoRead(false);
		Future<?> unused = context.executor()
			.schedule(() -> context.channel().config().setAutoRead(true), RETRY_MILLIS, TimeUnit.MILLISECONDS);
	}

	private void reserve(ChannelHandlerContext context) {
		try {
			this.reserve = SocketChannel.open();
		}
		catch (IOException ex) {
			reserveLater(context);
		}
	}

	private void reserveLater(ChannelHandlerContext context) {
		Future<?> unused = context.executor().schedule(() -> {
			if (context.channel().isOpen()) {
				reserve(context);
			}
		}, RETRY_MILLIS, TimeUnit.MILLISECONDS);
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		release();
	}

	/**
	 * Give up what is held in reserve.
	 */
	void release() {
		SocketChannel reserve = this.reserve;
		this.reserve = null;
		try {
			if (reserve != null) {
				reserve.close();
			}
		}
		catch (IOException ex) {
			logger.debug("Descriptor held in reserve cannot be closed", ex);
		}
	}

}
