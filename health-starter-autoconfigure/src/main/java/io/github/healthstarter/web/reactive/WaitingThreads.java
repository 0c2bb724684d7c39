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

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.util.CustomizableThreadCreator;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

import io.github.healthstarter.web.HttpRequest;
import io.github.healthstarter.web.HttpResponse;
import io.github.healthstarter.web.Route;

/**
 * A few threads for answers that may take their time.
 */
final class WaitingThreads {

	static final int MAX_WAITING = 64;

	private static final long KEEP_ALIVE_SECONDS = 10;

	private final ThreadPoolExecutor executor = new ThreadPoolExecutor(0, MAX_WAITING, KEEP_ALIVE_SECONDS,
			TimeUnit.SECONDS, new SynchronousQueue<>(), new Threads());

	/**
	 * Answer a request on a thread of its own. One that a client no longer waits for goes
	 * on: half of a drain is not begun.
	 * @param route the route
	 * @param request the request
	 * @return the answer, 429 where all threads are taken: whether an instance is ready
	 * must not be mistaken for having no time
	 */
	Mono<HttpResponse> answer(Route route, HttpRequest request) {
		return Mono.create((answer) -> {
			try {
				this.executor.execute(() -> answer(route, request, answer));
			}
			catch (RejectedExecutionException ex) {
				answer.success(HttpResponse.empty(429));
			}
		});
	}

	private static void answer(Route route, HttpRequest request, MonoSink<HttpResponse> answer) {
		try {
			answer.success(route.answer(request));
		}
		catch (Throwable ex) {
			answer.error(ex);
		}
	}

	/**
	 * Makes threads that keep no JVM from its end.
	 */
	private static final class Threads extends CustomizableThreadCreator implements ThreadFactory {

		private static final long serialVersionUID = 1L;

		private Threads() {
			super("health-web-wait-");
			setDaemon(true);
		}

		@Override
		public Thread newThread(Runnable task) {
			return createThread(task);
		}

	}

}
