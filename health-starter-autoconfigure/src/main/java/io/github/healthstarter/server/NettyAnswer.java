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

import java.util.Date;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.web.HttpResponse;

/**
 * Converts answers of the starter to those of Netty.
 */
final class NettyAnswer {

	private NettyAnswer() {
	}

	/**
	 * Convert an answer.
	 * @param answer the answer
	 * @param withBody whether its body is sent, which {@code HEAD} does not want
	 * @param further headers that it gets beside its own
	 * @return the same for Netty
	 */
	static FullHttpResponse of(HttpResponse answer, boolean withBody, Map<String, String> further) {
		ByteBuf body = withBody ? Unpooled.wrappedBuffer(answer.body()) : Unpooled.EMPTY_BUFFER;
		FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
				HttpResponseStatus.valueOf(answer.status()), body);
		HttpHeaders headers = response.headers();
		headers.set(HttpHeaderNames.DATE, DateFormatter.format(Date.from(TimeSource.system().instant())));
		HttpResponse.COMMON_HEADERS.forEach(headers::set);
		answer.headers().forEach(headers::set);
		if (answer.contentType() != null) {
			headers.set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
		}
		headers.set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
		further.forEach(headers::set);
		return response;
	}

}
