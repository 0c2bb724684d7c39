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

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.healthstarter.lifecycle.PhasedBean;
import io.github.healthstarter.lifecycle.ShutdownPhases;

/**
 * Open streams of server-sent events, and open WebSocket sessions. They do not end by
 * themselves, so a shutdown does not wait for them but completes them, just before the
 * web server begins to wait for requests under way.
 */
public final class OpenStreams extends PhasedBean {

	private static final Log logger = LogFactory.getLog(OpenStreams.class);

	private static final String EVENT_STREAM = "text/event-stream";

	private final Set<Stream> open = ConcurrentHashMap.newKeySet();

	private final AtomicInteger cutOff = new AtomicInteger();

	private volatile boolean stopped;

	/**
	 * Create without any streams.
	 */
	public OpenStreams() {
		super(ShutdownPhases.BEFORE_GRACEFUL_SHUTDOWN);
	}

	/**
	 * Whether an answer is a stream of server-sent events.
	 * @param contentType its content type, as far as it is known
	 * @return {@code false} if it is another, or none
	 */
	public static boolean isEventStream(@Nullable String contentType) {
		return contentType != null && contentType.regionMatches(true, 0, EVENT_STREAM, 0, EVENT_STREAM.length());
	}

	/**
	 * Remember a stream, or end it if the web server is about to stop.
	 * @param stream the stream
	 */
	public void add(Stream stream) {
		this.open.add(stream);
		// Its client may have gone in between, when there was nothing to remove yet
		if (stream.isOver()) {
			remove(stream);
		}
		else if (this.stopped) {
			complete(stream);
		}
	}

	/**
	 * Forget a stream that is over.
	 * @param stream the stream
	 */
	public void remove(Stream stream) {
		this.open.remove(stream);
	}

	/**
	 * Whether streams have been ended because the web server is about to stop.
	 * @return {@code false} before that
	 */
	public boolean isEnded() {
		return this.stopped;
	}

	/**
	 * Return how many are open.
	 * @return the number of event streams and WebSocket sessions
	 */
	public int count() {
		return this.open.size();
	}

	/**
	 * Return how many event streams have not been ended by their clients or the
	 * application.
	 * @return the number of those that are open, or had to be ended
	 */
	public int unfinished() {
		return (int) this.open.stream().filter(Stream::isEventStream).count() + this.cutOff.get();
	}

	// One that a server cannot end keeps no other open: Tomcat's own check whether there
	// is something to end may be overtaken
	private void complete(Stream stream) {
		try {
			if (this.open.remove(stream) && stream.complete() && stream.isEventStream()) {
				this.cutOff.incrementAndGet();
			}
		}
		catch (RuntimeException ex) {
			logger.debug("Stream could not be ended", ex);
		}
	}

	@Override
	protected void onStart() {
		this.stopped = false;
		this.cutOff.set(0);
	}

	@Override
	protected void onStop() {
		this.stopped = true;
		this.open.forEach(this::complete);
	}

	/**
	 * An answer that does not end by itself.
	 */
	public interface Stream {

		/**
		 * Whether it is one of server-sent events.
		 * @return {@code false} for a WebSocket session
		 */
		boolean isEventStream();

		/**
		 * Whether it has ended. True before it is removed.
		 * @return {@code false} while it is open
		 */
		boolean isOver();

		/**
		 * End it.
		 * @return {@code false} if somebody else has at the same moment
		 */
		boolean complete();

	}

}
