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

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

import io.github.healthstarter.web.Departure;
import io.github.healthstarter.web.HttpRequest;
import io.github.healthstarter.web.HttpResponse;
import io.github.healthstarter.web.Route;
import io.github.healthstarter.web.Routes;
import io.github.healthstarter.web.WaitingThreads;

/**
 * Answers on the starter's own paths, ahead of every filter.
 */
public final class ProbeHandler implements HttpHandler {

	private final Routes routes;

	private final Departure departure;

	private final WaitingThreads threads;

	private final HttpHandler next;

	/**
	 * Create the handler.
	 * @param routes finds what answers on a path
	 * @param departure asks clients to move on
	 * @param threads for answers that may take their time
	 * @param next handles all other requests
	 */
	public ProbeHandler(Routes routes, Departure departure, WaitingThreads threads, HttpHandler next) {
		this.routes = routes;
		this.departure = departure;
		this.threads = threads;
		this.next = next;
	}

	@Override
	public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
		Route route = this.routes.find(request.getPath().pathWithinApplication().value());
		if (route == null) {
			return this.next.handle(request, response);
		}
		return answer(route, request).flatMap((answer) -> {
			ReactiveAnswer.announce(this.departure, request, response);
			return ReactiveAnswer.write(answer, request, response);
		});
	}

	private Mono<HttpResponse> answer(Route route, ServerHttpRequest request) {
		ReactiveHttpRequest head = ReactiveHttpRequest.of(request);
		int bodyLimit = route.bodyLimit(head);
		if (bodyLimit > 0) {
			return RequestBody.read(request, bodyLimit).flatMap((body) -> answer(route, head.detached(body)));
		}
		return answer(route, head);
	}

	private Mono<HttpResponse> answer(Route route, ReactiveHttpRequest request) {
		return route.mayWait(request) ? answerLater(route, request.detached())
				: Mono.fromSupplier(() -> HttpResponse.of(route, request));
	}

	private Mono<HttpResponse> answerLater(Route route, HttpRequest request) {
		return Mono.create((answer) -> this.threads.answer(route, request, answer::success));
	}

}
