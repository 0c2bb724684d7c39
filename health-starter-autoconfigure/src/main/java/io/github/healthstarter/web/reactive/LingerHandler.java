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

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import reactor.netty.channel.ChannelOperations;

import io.github.healthstarter.web.OpenStreams;

/**
 * Ends a connection of HTTP/1.1 with its next answer while the instance is draining. One
 * without a request lingers before it is closed, and a request that comes meanwhile is
 * answered.
 */
final class LingerHandler extends ChannelDuplexHandler {

	private final LingeringConnections lingering;

	private final OpenStreams streams;

	private @Nullable Future<?> close;

	/**
	 * Create the handler.
	 * @param lingering notified of the connection
	 * @param streams the open streams, which are ended when the server is about to stop
	 */
	LingerHandler(LingeringConnections lingering, OpenStreams streams) {
		this.lingering = lingering;
		this.streams = streams;
	}

	/**
	 * Whether a connection is one of HTTP/1.1 without a request. Called on its event
	 * loop.
	 * @param channel the connection
	 * @return {@code false} if a request is under way, or another protocol is spoken
	 */
	static boolean isIdle(Channel channel) {
		return channel.pipeline().get(NettyPipeline.HttpTrafficHandler) != null && channel.isActive()
				&& ChannelOperations.get(channel) == null;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.lingering.opened(context.channel());
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest) {
			if (this.streams.isEnded()) {
				this.lingering.await(context.channel());
			}
			if (this.close != null) {
				this.close.cancel(false);
			}
		}
		context.fireChannelRead(message);
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof HttpResponse response && this.lingering.isDraining()
				&& response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
			HttpUtil.setKeepAlive(response, false);
		}
		Future<?> unused = context.write(message, promise);
	}

	@Override
	public void close(ChannelHandlerContext context, ChannelPromise promise) {
		Channel channel = context.channel();
		if (this.close != null || !isIdle(channel) || !this.lingering.isLingering()) {
			closeNow(context, promise);
			return;
		}
		this.lingering.await(channel);
		this.close = context.executor()
			.schedule(() -> closeNow(context, context.newPromise()), this.lingering.lingerMillis(),
					TimeUnit.MILLISECONDS);
		// A request that comes meanwhile leaves the end to the close that follows it
		Future<?> unused = channel.closeFuture().addListener((closed) -> promise.trySuccess());
	}

	private static void closeNow(ChannelHandlerContext context, ChannelPromise promise) {
		Future<?> unused = context.close(promise);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.lingering.closed(context.channel());
		context.fireChannelInactive();
	}

}
