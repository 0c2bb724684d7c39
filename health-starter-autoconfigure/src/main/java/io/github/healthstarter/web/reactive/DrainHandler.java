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
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

import io.github.healthstarter.traffic.RequestLoad;
import io.github.healthstarter.web.DrainHeaders;
import io.github.healthstarter.web.OpenStreams;

/**
 * Counts and measures the application's requests until they are answered, cancelled or
 * have failed, and asks clients to close their connections while the instance is
 * draining.
 */
public final class DrainHandler implements HttpHandler {

	private final RequestLoad requests;

	private final OpenStreams streams;

	private final DrainHeaders drainHeaders;

	private final HttpHandler next;

	/**
	 * Create the handler.
	 * @param requests the count
	 * @param streams the open streams, which are not counted
	 * @param drainHeaders ask clients to move on
	 * @param next handles the requests
	 */
	public DrainHandler(RequestLoad requests, OpenStreams streams, DrainHeaders drainHeaders, HttpHandler next) {
		this.requests = requests;
		this.streams = streams;
		this.drainHeaders = drainHeaders;
		this.next = next;
		requests.setStreams(streams::unfinished);
	}

	@Override
	public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
		return Mono.defer(() -> {
			CountedRequest counted = new CountedRequest(this.requests, this.streams, response);
			response.beforeCommit(() -> {
				commit(counted, request, response);
				return Mono.empty();
			});
			return counted.untilItsEnd(Mono.defer(() -> this.next.handle(request, response)));
		});
	}

	// As late as the headers can still be changed, so that it reaches also the clients of
	// requests that were under way before the drain began
	private void commit(CountedRequest counted, ServerHttpRequest request, ServerHttpResponse response) {
		if (isWebSocket(request, response)) {
			counted.becomeWebSocket();
			return;
		}
		if (OpenStreams.isEventStream(response.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE))) {
			counted.becomeEventStream();
		}
		ReactiveAnswer.announce(this.drainHeaders, request, response);
	}

	// The status of a handshake is not set before the server answers it
	private static boolean isWebSocket(ServerHttpRequest request, ServerHttpResponse response) {
		return "websocket".equalsIgnoreCase(request.getHeaders().getUpgrade())
				&& HttpStatus.OK.equals(response.getStatusCode());
	}

}
