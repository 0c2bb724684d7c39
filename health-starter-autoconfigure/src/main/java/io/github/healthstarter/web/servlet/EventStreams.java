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

package io.github.healthstarter.web.servlet;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletResponse;
import org.springframework.context.SmartLifecycle;

/**
 * The open streams of server-sent events. They end when somebody ends them, so a shutdown
 * does not wait for them but completes them, just before the web server begins to wait
 * for what is under way.
 */
public final class EventStreams implements SmartLifecycle {

	// Spring Boot's graceful shutdown begins at DEFAULT_PHASE - 1024
	private static final int BEFORE_GRACEFUL_SHUTDOWN = DEFAULT_PHASE - 512;

	private static final String EVENT_STREAM = "text/event-stream";

	private final Set<AsyncContext> open = ConcurrentHashMap.newKeySet();

	private final AtomicInteger cutOff = new AtomicInteger();

	private volatile boolean running;

	private volatile boolean stopped;

	static boolean isEventStream(ServletResponse response) {
		String contentType = response.getContentType();
		return contentType != null && contentType.regionMatches(true, 0, EVENT_STREAM, 0, EVENT_STREAM.length());
	}

	void add(AsyncContext stream) {
		try {
			stream.addListener(new StreamEnd(stream));
		}
		catch (IllegalStateException ex) {
			// It has ended while it was found out to be one
			return;
		}
		this.open.add(stream);
		if (this.stopped) {
			complete(stream);
		}
	}

	int count() {
		return this.open.size();
	}

	/**
	 * Return how many streams have not been ended by their clients or the application.
	 * @return the number of those that are open, or had to be ended
	 */
	int unfinished() {
		return this.open.size() + this.cutOff.get();
	}

	private void complete(AsyncContext stream) {
		try {
			if (this.open.remove(stream)) {
				stream.complete();
				this.cutOff.incrementAndGet();
			}
		}
		catch (IllegalStateException ex) {
			// The client, or the application, has ended it at the same moment
		}
	}

	@Override
	public void start() {
		this.stopped = false;
		this.cutOff.set(0);
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.stopped = true;
		this.open.forEach(this::complete);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return BEFORE_GRACEFUL_SHUTDOWN;
	}

	/**
	 * Forgets a stream that has ended.
	 */
	private final class StreamEnd implements AsyncListener {

		private final AsyncContext stream;

		private StreamEnd(AsyncContext stream) {
			this.stream = stream;
		}

		@Override
		public void onComplete(AsyncEvent event) {
			EventStreams.this.open.remove(this.stream);
		}

		@Override
		public void onStartAsync(AsyncEvent event) {
		}

		@Override
		public void onTimeout(AsyncEvent event) {
		}

		@Override
		public void onError(AsyncEvent event) {
		}

	}

}
