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

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * A few threads for answers that may take their time. They keep no JVM from its end.
 */
public final class WaitingThreads implements AutoCloseable {

	/**
	 * How many answers may take their time at once.
	 */
	public static final int MAX_WAITING = 64;

	private static final Log logger = LogFactory.getLog(WaitingThreads.class);

	private static final long KEEP_ALIVE_SECONDS = 10;

	private static final long END_SECONDS = 1;

	private final String name;

	private final ThreadPoolExecutor executor;

	/**
	 * Create it, without a thread yet.
	 * @param name what the names of the threads begin with
	 */
	public WaitingThreads(String name) {
		CustomizableThreadFactory threads = new CustomizableThreadFactory(name + "-");
		threads.setDaemon(true);
		this.name = name;
		this.executor = new ThreadPoolExecutor(0, MAX_WAITING, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS,
				new SynchronousQueue<>(), threads);
	}

	/**
	 * Answer a request on a thread of its own. One that a client no longer waits for goes
	 * on: half of a drain is not begun.
	 * @param route the route
	 * @param request the request
	 * @param answer takes the answer on that thread, or 429 on the calling one where all
	 * are taken: whether an instance is ready must not be mistaken for having no time
	 */
	public void answer(Route route, HttpRequest request, Consumer<HttpResponse> answer) {
		try {
			this.executor.execute(() -> answer.accept(HttpResponse.of(route, request)));
		}
		catch (RejectedExecutionException ex) {
			answer.accept(HttpResponse.empty(429));
		}
	}

	/**
	 * Take no more requests, and interrupt those that wait so that they are answered with
	 * what there is.
	 */
	public void shutDown() {
		this.executor.shutdownNow();
	}

	/**
	 * Shut down, and wait a moment until the threads have ended.
	 */
	@Override
	public void close() {
		shutDown();
		try {
			if (!this.executor.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
				logger.warn("A thread of '" + this.name + "' has not ended yet");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
