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
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Runs the plans whose answers may block, on a few daemon threads.
 */
public final class BlockingRouteExecutor implements AutoCloseable {

	/**
	 * How many plans run at once.
	 */
	public static final int MAX_THREADS = 64;

	private static final Log logger = LogFactory.getLog(BlockingRouteExecutor.class);

	private static final long KEEP_ALIVE_SECONDS = 10;

	private static final long END_SECONDS = 1;

	private final String name;

	private final ThreadPoolExecutor executor;

	/**
	 * Create an executor, without a thread yet.
	 * @param name the prefix of the names of the threads
	 */
	public BlockingRouteExecutor(String name) {
		this(name, daemons(name));
	}

	BlockingRouteExecutor(String name, ThreadFactory threads) {
		this.name = name;
		this.executor = new ThreadPoolExecutor(0, MAX_THREADS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS,
				new SynchronousQueue<>(), threads);
	}

	private static ThreadFactory daemons(String name) {
		CustomizableThreadFactory threads = new CustomizableThreadFactory(name + "-");
		threads.setDaemon(true);
		return threads;
	}

	/**
	 * Run a plan on a thread of its own. It goes on if its client goes away: half of a
	 * drain is not begun.
	 * @param plan the plan
	 * @param body the request's body, as far as the plan needs it
	 * @param answer takes the answer on that thread. On the calling one it takes 429 if
	 * all are taken, as an instance that is ready must not be mistaken for one that is
	 * not, and 503 if none can be started
	 */
	public void execute(RequestPlan plan, byte[] body, Consumer<HttpResponse> answer) {
		try {
			this.executor.execute(() -> answer.accept(plan.answer(body)));
		}
		catch (RejectedExecutionException ex) {
			answer.accept(HttpResponse.empty(429));
		}
		catch (OutOfMemoryError ex) {
			answer.accept(HttpResponse.failed(ex));
		}
	}

	/**
	 * Run no further plans, and interrupt those that block so that they return what there
	 * is.
	 */
	public void shutDown() {
		this.executor.shutdownNow();
	}

	/**
	 * Shut down, and wait up to a second until the threads have ended.
	 */
	@Override
	public void close() {
		shutDown();
		try {
			if (!this.executor.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
				logger.warn("Threads of '" + this.name + "' have not ended within " + END_SECONDS
						+ "s; continuing without them");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
