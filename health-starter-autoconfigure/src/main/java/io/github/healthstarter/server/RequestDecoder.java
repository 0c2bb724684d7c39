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
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Reads requests, more strictly than Netty does: a header on several lines, and a length
 * given in two ways, are read differently by different servers, and that is how requests
 * are smuggled (RFC 9112, 5.2 and 6.3).
 */
final class RequestDecoder extends HttpRequestDecoder {

	private static final int MAX_LINE = 8192;

	private static final int MAX_HEADERS = 8192;

	private final Connection connection;

	private boolean begun;

	private boolean inHeaders;

	private boolean inBody;

	RequestDecoder(Connection connection) {
		super(new HttpDecoderConfig().setMaxInitialLineLength(MAX_LINE)
			.setMaxHeaderSize(MAX_HEADERS)
			.setAllowDuplicateContentLengths(false)
			.setStrictLineParsing(true));
		this.connection = connection;
	}

	/**
	 * Whether a part of a further request has come.
	 * @return {@code true} if more of it is to come
	 */
	boolean isRequestBegun() {
		return this.begun;
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
		this.begun = true;
		if (!this.inBody && hasFoldedHeader(buffer)) {
			buffer.skipBytes(buffer.readableBytes());
			HttpMessage message = createInvalidMessage();
			message.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("A header is folded")));
			out.add(message);
			return;
		}
		super.decode(context, buffer, out);
		out.forEach(this::track);
	}

	private void track(Object decoded) {
		if (decoded instanceof HttpRequest) {
			this.inHeaders = false;
			this.inBody = true;
		}
		if (decoded instanceof LastHttpContent) {
			this.inBody = false;
			this.begun = false;
		}
	}

	// Lines that are complete have been taken out of the buffer, so it begins with a line
	private boolean hasFoldedHeader(ByteBuf buffer) {
		int index = buffer.readerIndex();
		boolean lineBegins = this.inHeaders;
		while (!lineBegins && index < buffer.writerIndex() && buffer.getByte(index) <= ' ') {
			index++;
		}
		for (; index < buffer.writerIndex(); index++) {
			byte next = buffer.getByte(index);
			if (lineBegins && (next == '\r' || next == '\n')) {
				return false;
			}
			if (lineBegins && (next == ' ' || next == '\t')) {
				return true;
			}
			lineBegins = next == '\n';
		}
		return false;
	}

	@Override
	protected HttpMessage createMessage(String[] initialLine) throws Exception {
		this.inHeaders = true;
		return super.createMessage(initialLine);
	}

	@Override
	protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
		throw new IllegalArgumentException("Both Transfer-Encoding and Content-Length");
	}

}
