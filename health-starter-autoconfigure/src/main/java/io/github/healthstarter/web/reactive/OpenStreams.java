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

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * The open streams of server-sent events, and the open WebSocket sessions. They end when
 * somebody ends them, so a shutdown does not wait for them but completes them, just
 * before the web server begins to wait for what is under way.
 */
public final class OpenStreams implements SmartLifecycle {

	// Spring Boot's graceful shutdown begins at DEFAULT_PHASE - 1024
	private static final int BEFORE_GRACEFUL_SHUTDOWN = DEFAULT_PHASE - 512;

	private static final String EVENT_STREAM = "text/event-stream";

	private final Set<Stream> open = ConcurrentHashMap.newKeySet();

	private final AtomicInteger cutOff = new AtomicInteger();

	private volatile boolean running;

	private volatile boolean stopped;

	static boolean isEventStream(ServerHttpResponse response) {
		String contentType = response.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
		return contentType != null && contentType.regionMatches(true, 0, EVENT_STREAM, 0, EVENT_STREAM.length());
	}

	// The status of a handshake is not set before the server answers it
	static boolean isWebSocket(ServerHttpRequest request, ServerHttpResponse response) {
		return "websocket".equalsIgnoreCase(request.getHeaders().getUpgrade())
				&& HttpStatus.OK.equals(response.getStatusCode());
	}

	void add(Stream stream) {
		this.open.add(stream);
		if (this.stopped) {
			complete(stream);
		}
	}

	void remove(Stream stream) {
		this.open.remove(stream);
	}

	/**
	 * Whether streams have been ended because the web server is about to stop.
	 * @return {@code false} before that
	 */
	boolean areEnded() {
		return this.stopped;
	}

	int count() {
		return this.open.size();
	}

	/**
	 * Return how many event streams have not been ended by their clients or the
	 * application.
	 * @return the number of those that are open, or had to be ended
	 */
	int unfinished() {
		return (int) this.open.stream().filter(Stream::isEventStream).count() + this.cutOff.get();
	}

	private void complete(Stream stream) {
		if (this.open.remove(stream)) {
			stream.complete();
			if (stream.isEventStream()) {
				this.cutOff.incrementAndGet();
			}
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
	 * What lasts until somebody ends it.
	 */
	interface Stream {

		/**
		 * Whether it is one of server-sent events.
		 * @return {@code false} for a WebSocket session
		 */
		boolean isEventStream();

		/**
		 * End it.
		 */
		void complete();

	}

}
