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
 * Ends a connection of HTTP/1.1 with its next answer while the instance is going away,
 * whoever gives it. One that waits for a request is closed a moment later than it is told
 * to, and what comes in that moment is answered.
 */
final class LateRequestHandler extends ChannelDuplexHandler {

	private final LateRequests late;

	private final OpenStreams streams;

	private @Nullable Future<?> close;

	/**
	 * Create it.
	 * @param late told of the connection
	 * @param streams have been ended where the server is about to stop
	 */
	LateRequestHandler(LateRequests late, OpenStreams streams) {
		this.late = late;
		this.streams = streams;
	}

	/**
	 * Whether a connection is one of HTTP/1.1 that waits for a request.
	 * @param channel the connection, called on its event loop
	 * @return {@code false} where a request is under way, or another protocol spoken
	 */
	static boolean isIdle(Channel channel) {
		return channel.pipeline().get(NettyPipeline.HttpTrafficHandler) != null && channel.isActive()
				&& ChannelOperations.get(channel) == null;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.late.opened(context.channel());
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest) {
			if (this.streams.areEnded()) {
				this.late.await(context.channel());
			}
			if (this.close != null) {
				this.close.cancel(false);
			}
		}
		context.fireChannelRead(message);
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof HttpResponse response && this.late.isUnderWay()
				&& response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
			HttpUtil.setKeepAlive(response, false);
		}
		Future<?> unused = context.write(message, promise);
	}

	@Override
	public void close(ChannelHandlerContext context, ChannelPromise promise) {
		Channel channel = context.channel();
		if (this.close != null || !isIdle(channel) || !this.late.isMomentGranted()) {
			closeNow(context, promise);
			return;
		}
		this.late.await(channel);
		this.close = context.executor()
			.schedule(() -> closeNow(context, context.newPromise()), this.late.momentMillis(), TimeUnit.MILLISECONDS);
		// A request that comes in that moment leaves the end to whoever closes it then
		Future<?> unused = channel.closeFuture().addListener((closed) -> promise.trySuccess());
	}

	private static void closeNow(ChannelHandlerContext context, ChannelPromise promise) {
		Future<?> unused = context.close(promise);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.late.ended(context.channel());
		context.fireChannelInactive();
	}

}
