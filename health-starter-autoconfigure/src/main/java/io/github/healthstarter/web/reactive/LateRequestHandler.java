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

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Closes a connection of HTTP/1.1 that waits for a request a moment later than it is told
 * to, while the instance is going away. What comes in that moment is answered, and ends
 * the connection.
 */
final class LateRequestHandler extends ChannelDuplexHandler {

	private static final int MOMENT_MILLIS = 500;

	private final LateRequests late;

	private boolean ends;

	private boolean awaits;

	private @Nullable Future<?> close;

	LateRequestHandler(LateRequests late) {
		this.late = late;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest && this.close != null) {
			this.close.cancel(false);
		}
		context.fireChannelRead(message);
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof HttpResponse response && !HttpUtil.isKeepAlive(response)) {
			this.ends = true;
		}
		Future<?> unused = context.write(message, promise);
	}

	@Override
	public void close(ChannelHandlerContext context, ChannelPromise promise) {
		boolean isHttp1 = context.pipeline().get(NettyPipeline.HttpTrafficHandler) != null;
		if (this.ends || this.awaits || !isHttp1 || !context.channel().isActive() || !this.late.areServed()) {
			closeNow(context, promise);
			return;
		}
		this.awaits = true;
		this.late.await(context.channel());
		this.close = context.executor()
			.schedule(() -> closeNow(context, promise), MOMENT_MILLIS, TimeUnit.MILLISECONDS);
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
