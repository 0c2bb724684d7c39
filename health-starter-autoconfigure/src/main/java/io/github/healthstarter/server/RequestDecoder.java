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

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Reads requests, one at a time: those that have come together wait here. Stricter than
 * Netty by {@link RequestSyntax} and in refusing a length that is given in two ways (RFC
 * 9112, 6.3).
 */
final class RequestDecoder extends HttpRequestDecoder {

	private static final int MAX_LINE = 8192;

	private static final int MAX_HEADERS = 8192;

	private final Connection connection;

	private final RequestSyntax syntax = new RequestSyntax();

	private boolean begun;

	RequestDecoder(Connection connection) {
		super(new HttpDecoderConfig().setMaxInitialLineLength(MAX_LINE)
			.setMaxHeaderSize(MAX_HEADERS)
			.setAllowDuplicateContentLengths(false)
			.setStrictLineParsing(true));
		this.connection = connection;
	}

	/**
	 * Whether a part of a further request has come.
	 * @return {@code true} if there is a part of it, or all
	 */
	boolean isRequestBegun() {
		return this.begun || actualReadableBytes() > 0;
	}

	/**
	 * Go on with what has come, and read more if that is no whole request.
	 * @param context the context of this decoder
	 * @throws Exception if a handler fails
	 */
	void resume(ChannelHandlerContext context) throws Exception {
		super.channelRead(context, Unpooled.EMPTY_BUFFER);
		channelReadComplete(context);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
		if (this.connection.phase() == Connection.Phase.LEAVING) {
			ReferenceCountUtil.release(message);
			return;
		}
		this.connection.receiving();
		super.channelRead(context, message);
	}

	@Override
	protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out) throws Exception {
		if (!this.connection.takesRequests()) {
			return;
		}
		this.begun = true;
		int from = buffer.readerIndex();
		super.decode(context, buffer, out);
		boolean valid = this.syntax.accepts(buffer, from, buffer.readerIndex());
		for (Object part : out) {
			valid = valid && mayFollow((HttpObject) part);
		}
		if (!valid) {
			refuse(buffer, out);
		}
	}

	// A request that Netty refuses itself has not been read to its end
	private boolean mayFollow(HttpObject decoded) {
		if (decoded.decoderResult().isFailure()) {
			return true;
		}
		if (decoded instanceof HttpRequest request) {
			this.syntax.beginBody(HttpUtil.isTransferEncodingChunked(request));
		}
		if (!(decoded instanceof LastHttpContent)) {
			return true;
		}
		this.begun = false;
		return this.syntax.end();
	}

	private void refuse(ByteBuf buffer, List<Object> out) {
		out.forEach(ReferenceCountUtil::release);
		out.clear();
		buffer.skipBytes(buffer.readableBytes());
		HttpMessage message = createInvalidMessage();
		message.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("Malformed request")));
		out.add(message);
	}

	// Netty reads "http/01.1" as well
	@Override
	protected HttpMessage createMessage(String[] initialLine) throws Exception {
		RequestSyntax.checkVersion(initialLine[2]);
		return super.createMessage(initialLine);
	}

	@Override
	protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
		throw new IllegalArgumentException("Both Transfer-Encoding and Content-Length");
	}

}
