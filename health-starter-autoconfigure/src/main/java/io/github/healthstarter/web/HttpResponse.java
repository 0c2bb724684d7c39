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

package io.github.healthstarter.web;

import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.healthstarter.text.TextLine;
import io.github.healthstarter.time.TimeSource;

/**
 * An answer, to be written by the server that has received the request. Every answer also
 * carries {@link #COMMON_HEADERS}. An answer to {@code HEAD} is sent without its body,
 * but with the body's type and length (RFC 9110, 9.3.2).
 *
 * @param status the status code
 * @param contentType the media type of the body, {@code null} if there is none
 * @param body the body, possibly empty; not to be changed
 * @param headers further headers
 */
@SuppressWarnings("ArrayRecordComponent")
public record HttpResponse(int status, @Nullable String contentType, byte[] body,
		Map<String, String> headers) implements RequestPlan {

	/**
	 * The headers that every answer carries.
	 */
	public static final Map<String, String> COMMON_HEADERS = Map.of("Cache-Control", "no-store",
			"X-Content-Type-Options", "nosniff");

	private static final byte[] EMPTY = {};

	private static final Log logger = LogFactory.getLog(HttpResponse.class);

	private static final RepeatedWarning EXHAUSTED = new RepeatedWarning(logger, TimeSource.system());

	/**
	 * Return the answer to a request whose route has failed.
	 * @param failure the failure, which is logged: at most once a minute if there is no
	 * memory or no thread, which clients can bring about
	 * @return the answer: 503 in that case, else 500
	 */
	static HttpResponse failed(Throwable failure) {
		if (failure instanceof OutOfMemoryError) {
			EXHAUSTED.log("Request refused for want of memory or of a thread (" + failure.getMessage() + ").");
			return empty(503);
		}
		logger.error("Request could not be answered", failure);
		return empty(500);
	}

	/**
	 * Return an answer without a body.
	 * @param status the status code
	 * @return the answer
	 */
	public static HttpResponse empty(int status) {
		return empty(status, Map.of());
	}

	static HttpResponse empty(int status, Map<String, String> headers) {
		return new HttpResponse(status, null, EMPTY, headers);
	}

	static HttpResponse json(int status, Object body) {
		return new HttpResponse(status, "application/json", Json.write(body), Map.of());
	}

	HttpResponse with(String name, String value) {
		Map<String, String> headers = new LinkedHashMap<>(this.headers);
		headers.put(name, value);
		return new HttpResponse(this.status, this.contentType, this.body, headers);
	}

	static HttpResponse of(int status, Format format, byte[] body) {
		return new HttpResponse(status, format.contentType(), body, Map.of());
	}

	static HttpResponse badRequest(IllegalArgumentException reason) {
		return badRequest(String.valueOf(reason.getMessage()));
	}

	/**
	 * Return the answer to a request that cannot be understood.
	 * @param reason the reason
	 * @return the answer, with problem details of RFC 9457
	 */
	public static HttpResponse badRequest(String reason) {
		return problem(400, "Bad Request", reason);
	}

	static HttpResponse problem(int status, String title, String detail) {
		Map<String, Object> problem = new LinkedHashMap<>();
		problem.put("type", "about:blank");
		problem.put("title", title);
		problem.put("status", status);
		problem.put("detail", TextLine.of(detail));
		return new HttpResponse(status, "application/problem+json", Json.write(problem), Map.of());
	}

	/**
	 * Return the answer to a method that a path does not know.
	 * @param allow the methods that it knows
	 * @return the answer
	 */
	public static HttpResponse methodNotAllowed(String allow) {
		return empty(405, Map.of("Allow", allow));
	}

	@Override
	public boolean isBlocking() {
		return false;
	}

	@Override
	public int bodyLimit() {
		return 0;
	}

	@Override
	public HttpResponse answer(byte[] body) {
		return this;
	}

}
