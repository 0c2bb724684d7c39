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

import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.netty.util.concurrent.EventExecutor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.healthstarter.web.AccessPolicy;
import io.github.healthstarter.web.BlockingRouteExecutor;
import io.github.healthstarter.web.DrainHeaders;
import io.github.healthstarter.web.HttpResponse;
import io.github.healthstarter.web.RequestPlan;
import io.github.healthstarter.web.Route;
import io.github.healthstarter.web.RouteFinder;

/**
 * Finds the answers to requests: at once on the thread of the connections, or on another
 * thread if that may block.
 */
final class Responder {

	private static final Log logger = LogFactory.getLog(ProbeServer.class);

	private static final Route NOT_FOUND = (request) -> HttpResponse.empty(404);

	private final RouteFinder routes;

	private final AccessPolicy access;

	private final DrainHeaders drainHeaders;

	private final BlockingRouteExecutor executor = new BlockingRouteExecutor("health-server-wait");

	Responder(RouteFinder routes, AccessPolicy access, DrainHeaders drainHeaders) {
		this.routes = routes;
		this.access = access;
		this.drainHeaders = drainHeaders;
	}

	AccessPolicy access() {
		return this.access;
	}

	Map<String, String> drainHeaders() {
		return this.drainHeaders.headers("HTTP/1.1");
	}

	/**
	 * Answer a request.
	 * @param request the request
	 * @param body its body
	 * @param loop the calling thread, on which the answer is handed over
	 * @param answer takes the answer, perhaps before this method returns
	 */
	void respond(NettyHttpRequest request, byte[] body, EventExecutor loop, Consumer<HttpResponse> answer) {
		this.access.observe(request);
		RequestPlan plan = RequestPlan.of(find(request.path()), request);
		if (plan.isBlocking()) {
			this.executor.execute(plan, body, (response) -> handOver(() -> answer.accept(response), loop));
		}
		else {
			answer.accept(plan.answer(body));
		}
	}

	private Route find(String path) {
		Route route = this.routes.find(path);
		return (route != null) ? route : NOT_FOUND;
	}

	private static void handOver(Runnable answer, EventExecutor loop) {
		try {
			loop.execute(answer);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Answer dropped, as the probe server has ended", ex);
		}
	}

	void shutDown() {
		this.executor.shutDown();
	}

	void close() {
		this.executor.close();
	}

}
