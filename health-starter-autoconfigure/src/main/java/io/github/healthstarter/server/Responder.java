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
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.healthstarter.web.AccessPolicy;
import io.github.healthstarter.web.HttpContract;
import io.github.healthstarter.web.HttpRequest;
import io.github.healthstarter.web.HttpResponse;
import io.github.healthstarter.web.Route;

/**
 * Finds the answers to requests: at once, on the thread of the connections, or on one of
 * a few others where that may take its time.
 */
final class Responder {

	static final int MAX_WAITING = 64;

	private static final Log logger = LogFactory.getLog(ProbeServer.class);

	private static final Route NOT_FOUND = (request) -> HttpResponse.empty(404);

	private static final long KEEP_ALIVE_SECONDS = 10;

	private final Supplier<HttpContract> contract;

	private final ThreadPoolExecutor waiting = new ThreadPoolExecutor(0, MAX_WAITING, KEEP_ALIVE_SECONDS,
			TimeUnit.SECONDS, new SynchronousQueue<>(), new DefaultThreadFactory("health-server-wait", true));

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
			respondLater(route, request, loop, answer);
		}
		else {
			answer.accept(answer(route, request));
		}
	}

	private Route find(String path) {
		Route route = this.contract.get().routes().find(path);
		return (route != null) ? route : NOT_FOUND;
	}

	// Whether an instance is ready must not be mistaken for having no time
	private void respondLater(Route route, HttpRequest request, EventExecutor loop, Consumer<HttpResponse> answer) {
		try {
			this.waiting.execute(() -> {
				HttpResponse response = answer(route, request);
				handOver(() -> answer.accept(response), loop);
			});
		}
		catch (RejectedExecutionException ex) {
			answer.accept(HttpResponse.empty(429));
		}
	}

	private static void handOver(Runnable answer, EventExecutor loop) {
		try {
			loop.execute(answer);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("An answer came after the end of the probe server", ex);
		}
	}

	private static HttpResponse answer(Route route, HttpRequest request) {
		try {
			return route.answer(request);
		}
		catch (Throwable ex) {
			logger.error("A request could not be answered", ex);
			return HttpResponse.empty(500);
		}
	}

	/**
	 * Take no more requests, and interrupt those that wait so that they are answered with
	 * what there is.
	 */
	void close() {
		this.waiting.shutdownNow();
	}

	boolean awaitEnd(long seconds) throws InterruptedException {
		return this.waiting.awaitTermination(seconds, TimeUnit.SECONDS);
	}

}
