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

import io.github.healthstarter.web.AccessPolicy;
import io.github.healthstarter.web.BlockingRouteExecutor;
import io.github.healthstarter.web.DrainHeaders;
import io.github.healthstarter.web.HttpResponse;
import io.github.healthstarter.web.RequestPlan;
import io.github.healthstarter.web.Route;
import io.github.healthstarter.web.Routes;

/**
 * Answers on the starter's own paths, ahead of every filter.
 */
public final class ProbeHandler implements HttpHandler {

	private static final byte[] NO_BODY = {};

	private final Routes routes;

	private final AccessPolicy access;

	private final DrainHeaders drainHeaders;

	private final BlockingRouteExecutor executor;

	private final HttpHandler next;

	/**
	 * Create the handler.
	 * @param routes finds what answers on a path
	 * @param access looks at every request
	 * @param drainHeaders ask clients to move on
	 * @param executor runs plans that may block
	 * @param next handles all other requests
	 */
	public ProbeHandler(Routes routes, AccessPolicy access, DrainHeaders drainHeaders, BlockingRouteExecutor executor,
			HttpHandler next) {
		this.routes = routes;
		this.access = access;
		this.drainHeaders = drainHeaders;
		this.executor = executor;
		this.next = next;
	}

	@Override
	public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
		ReactiveHttpRequest seen = ReactiveHttpRequest.of(request);
		this.access.observe(seen);
		Route route = this.routes.find(request.getPath().pathWithinApplication().value());
		if (route == null) {
			return this.next.handle(request, response);
		}
		return answer(RequestPlan.of(route, seen), request).flatMap((answer) -> {
			ReactiveAnswer.announce(this.drainHeaders, request, response);
			return ReactiveAnswer.write(answer, request, response);
		});
	}

	private Mono<HttpResponse> answer(RequestPlan plan, ServerHttpRequest request) {
		if (!plan.isBlocking()) {
			return Mono.just(plan.answer(NO_BODY));
		}
		Mono<byte[]> body = (plan.bodyLimit() > 0) ? RequestBody.read(request, plan.bodyLimit()) : Mono.just(NO_BODY);
		return body.flatMap((read) -> Mono.create((answer) -> this.executor.execute(plan, read, answer::success)));
	}

}
