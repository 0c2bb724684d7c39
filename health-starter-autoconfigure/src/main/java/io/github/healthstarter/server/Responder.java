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
import java.util.function.Supplier;

import io.netty.util.concurrent.EventExecutor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.healthstarter.web.AccessPolicy;
import io.github.healthstarter.web.HttpContract;
import io.github.healthstarter.web.HttpRequest;
import io.github.healthstarter.web.HttpResponse;
import io.github.healthstarter.web.Route;
import io.github.healthstarter.web.WaitingThreads;

/**
 * Finds the answers to requests: at once, on the thread of the connections, or on one of
 * a few others where that may take its time.
 */
final class Responder {

	private static final Log logger = LogFactory.getLog(ProbeServer.class);

	private static final Route NOT_FOUND = (request) -> HttpResponse.empty(404);

	private final Supplier<HttpContract> contract;

	private final WaitingThreads threads = new WaitingThreads("health-server-wait");

	Responder(Supplier<HttpContract> contract) {
		this.contract = contract;
	}

	AccessPolicy access() {
		return this.contract.get().access();
	}

	Map<String, String> departureHeaders() {
		return this.contract.get().departure().headers("HTTP/1.1");
	}

	/**
	 * Answer a request.
	 * @param path the path of the request
	 * @param request the request
	 * @param loop the thread to hand the answer over on, which is the calling one
	 * @param answer takes the answer, perhaps before this method returns
	 */
	void respond(String path, HttpRequest request, EventExecutor loop, Consumer<HttpResponse> answer) {
		Route route = find(path);
		if (route.mayWait(request)) {
			this.threads.answer(route, request, (response) -> handOver(() -> answer.accept(response), loop));
		}
		else {
			answer.accept(HttpResponse.of(route, request));
		}
	}

	private Route find(String path) {
		Route route = this.contract.get().routes().find(path);
		return (route != null) ? route : NOT_FOUND;
	}

	private static void handOver(Runnable answer, EventExecutor loop) {
		try {
			loop.execute(answer);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("An answer came after the end of the probe server", ex);
		}
	}

	void shutDown() {
		this.threads.shutDown();
	}

	void close() {
		this.threads.close();
	}

}
