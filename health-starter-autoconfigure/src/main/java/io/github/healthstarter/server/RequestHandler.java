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

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.healthstarter.web.HttpResponse;

/**
 * Serves the requests of a connection one after another: nothing is read while one is
 * being answered.
 */
final class RequestHandler extends ChannelInboundHandlerAdapter {

	private static final Log logger = LogFactory.getLog(ProbeServer.class);

	private final Connection connection;

	private final RequestDecoder decoder;

	private final Responder responder;

	private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);

	private @Nullable HttpRequest head;

	RequestHandler(Connection connection, RequestDecoder decoder, Responder responder) {
		this.connection = connection;
		this.decoder = decoder;
		this.responder = responder;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object part) {
		try {
			if (isExpectingParts(context)) {
				proceed(context, (HttpObject) part);
			}
		}
		finally {
			ReferenceCountUtil.release(part);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		if (isExpectingParts(context)) {
			context.read();
		}
	}

	private boolean isExpectingParts(ChannelHandlerContext context) {
		return this.connection.takesRequests() && context.channel().isActive();
	}

	private void proceed(ChannelHandlerContext context, HttpObject part) {
		HttpResponseStatus refusal = take(context, part);
		if (refusal != null) {
			refuse(context, refusal);
		}
		else if (part instanceof LastHttpContent && this.head != null) {
			answer(context, this.head);
		}
	}

	private @Nullable HttpResponseStatus take(ChannelHandlerContext context, HttpObject part) {
		if (part instanceof HttpRequest request) {
			this.head = request;
			this.body.reset();
			HttpResponseStatus refusal = RequestRules.refusal(request);
			if (refusal == null && HttpUtil.is100ContinueExpected(request)) {
				Future<?> unused = context
					.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
			}
			return refusal;
		}
		if (part.decoderResult().isFailure()) {
			return HttpResponseStatus.BAD_REQUEST;
		}
		if (part instanceof HttpContent content) {
			if (this.body.size() + content.content().readableBytes() > RequestRules.MAX_BODY) {
				return HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE;
			}
			this.body.writeBytes(ByteBufUtil.getBytes(content.content()));
		}
		return null;
	}

	private void answer(ChannelHandlerContext context, HttpRequest head) {
		this.connection.answering();
		NettyHttpRequest request = new NettyHttpRequest(head.method().name(), head.uri(), head.protocolVersion().text(),
				head.headers(), this.connection.address());
		try {
			this.responder.respond(request, this.body.toByteArray(), context.executor(),
					(answer) -> write(context, head, answer));
		}
		catch (RuntimeException ex) {
			logger.error("Request could not be answered", ex);
			refuse(context, HttpResponseStatus.INTERNAL_SERVER_ERROR);
		}
	}

	private void write(ChannelHandlerContext context, HttpRequest head, HttpResponse answer) {
		FullHttpResponse response = NettyAnswer.of(answer, !HttpMethod.HEAD.equals(head.method()),
				this.responder.drainHeaders());
		boolean keepAlive = HttpUtil.isKeepAlive(head) && HttpUtil.isKeepAlive(response)
				&& !this.connection.isServerClosing();
		HttpUtil.setKeepAlive(response.headers(), head.protocolVersion(), keepAlive);
		write(context, response, keepAlive);
	}

	private void refuse(ChannelHandlerContext context, HttpResponseStatus status) {
		this.connection.answering();
		write(context, NettyAnswer.of(HttpResponse.empty(status.code()), true, Map.of()), false);
	}

	private void write(ChannelHandlerContext context, FullHttpResponse response, boolean keepAlive) {
		if (!keepAlive) {
			response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		}
		this.connection.writing();
		Future<?> unused = context.writeAndFlush(response).addListener((ChannelFuture written) -> {
			if (!written.isSuccess()) {
				this.connection.close();
			}
			else if (keepAlive) {
				next(context);
			}
			else {
				leave(context);
			}
		});
	}

	// In the next turn of the loop: requests that have come together take turns with what
	// comes on other connections. A task that is merely executed would run before that
	private void next(ChannelHandlerContext context) {
		Future<?> unused = context.executor().schedule(() -> {
			if (this.connection.isServerClosing()) {
				this.connection.close();
			}
			else if (context.channel().isActive()) {
				this.connection.answered(this.decoder.isRequestBegun());
				this.decoder.resume(context.pipeline().context(this.decoder));
			}
			return null;
		}, 0, TimeUnit.NANOSECONDS);
	}

	// A connection that is closed with something left to read in it is reset, and its
	// client may never see the last answer (RFC 9112, 9.6)
	private void leave(ChannelHandlerContext context) {
		this.connection.leaving();
		SslHandler encryption = context.pipeline().get(SslHandler.class);
		ChannelFuture ended = (encryption != null) ? encryption.closeOutbound() : context.newSucceededFuture();
		Future<?> unused = ended.addListener((end) -> endOutput(context));
		context.channel().config().setAutoRead(true);
	}

	private static void endOutput(ChannelHandlerContext context) {
		Future<?> unused = ((DuplexChannel) context.channel()).shutdownOutput();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event != Connection.EXPIRED) {
			context.fireUserEventTriggered(event);
		}
		else if (this.connection.phase() == Connection.Phase.RECEIVING && this.decoder.isRequestBegun()) {
			refuse(context, HttpResponseStatus.REQUEST_TIMEOUT);
		}
		else {
			this.connection.close();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.connection.ended();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		logger.debug("Connection to the probe server failed", cause);
		this.connection.close();
	}

}
