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

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

import io.github.healthstarter.web.DrainHeaders;
import io.github.healthstarter.web.HttpResponse;

/**
 * Writes answers of the starter, and the drain headers of all answers.
 */
final class ReactiveAnswer {

	private ReactiveAnswer() {
	}

	static Mono<Void> write(HttpResponse answer, ServerHttpRequest request, ServerHttpResponse response) {
		response.setRawStatusCode(answer.status());
		HttpHeaders headers = response.getHeaders();
		HttpResponse.COMMON_HEADERS.forEach(headers::set);
		answer.headers().forEach(headers::set);
		if (answer.contentType() != null) {
			headers.set(HttpHeaders.CONTENT_TYPE, answer.contentType());
		}
		headers.setContentLength(answer.body().length);
		if (answer.body().length == 0 || HttpMethod.HEAD.equals(request.getMethod())) {
			return response.setComplete();
		}
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(answer.body())));
	}

	static void announce(DrainHeaders drainHeaders, ServerHttpRequest request, ServerHttpResponse response) {
		if (drainHeaders.isDraining()) {
			drainHeaders.headers(CurrentServer.DETAILS.protocol(request)).forEach(response.getHeaders()::set);
		}
	}

}
