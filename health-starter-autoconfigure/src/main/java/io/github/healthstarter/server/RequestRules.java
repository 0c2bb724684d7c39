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
import java.util.regex.Pattern;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/**
 * Rules for requests (RFC 9110 and 9112), beside those of the decoder.
 */
final class RequestRules {

	static final int MAX_BODY = 8192;

	private static final Pattern TARGET = Pattern.compile("[!-~&&[^#]]+");

	private static final Pattern HOST = Pattern.compile("[\\w.~!$&'()*+,;=%:\\[\\]-]*");

	private RequestRules() {
	}

	/**
	 * Judge a request by its head.
	 * @param request the head
	 * @return the status to refuse it with, {@code null} if it may be served
	 */
	static @Nullable HttpResponseStatus refusal(HttpRequest request) {
		if (request.decoderResult().isFailure()) {
			return refusal(request.decoderResult().cause());
		}
		if (request.protocolVersion().majorVersion() != 1) {
			return HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED;
		}
		if (!TARGET.matcher(request.uri()).matches() || !hasOneHost(request) || !hasOneLength(request)) {
			return HttpResponseStatus.BAD_REQUEST;
		}
		if (HttpUtil.getContentLength(request, 0L) > MAX_BODY) {
			return HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE;
		}
		return expectsTooMuch(request) ? HttpResponseStatus.EXPECTATION_FAILED : null;
	}

	private static HttpResponseStatus refusal(Throwable cause) {
		if (cause instanceof TooLongHttpLineException) {
			return HttpResponseStatus.REQUEST_URI_TOO_LONG;
		}
		return (cause instanceof TooLongHttpHeaderException) ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
				: HttpResponseStatus.BAD_REQUEST;
	}

	private static boolean isOfHttp10(HttpRequest request) {
		return request.protocolVersion().compareTo(HttpVersion.HTTP_1_0) <= 0;
	}

	private static boolean hasOneHost(HttpRequest request) {
		List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
		if (hosts.isEmpty()) {
			return isOfHttp10(request);
		}
		return hosts.size() == 1 && HOST.matcher(hosts.get(0)).matches();
	}

	// Netty goes by these keys of an old draft as if they were a length
	private static boolean hasOneLength(HttpRequest request) {
		HttpHeaders headers = request.headers();
		List<String> encodings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
		if (encodings.isEmpty()) {
			return !headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY1);
		}
		return encodings.size() == 1 && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(encodings.get(0))
				&& !isOfHttp10(request) && !headers.contains(HttpHeaderNames.CONTENT_LENGTH);
	}

	private static boolean expectsTooMuch(HttpRequest request) {
		String expectation = request.headers().get(HttpHeaderNames.EXPECT);
		return expectation != null && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expectation);
	}

}
