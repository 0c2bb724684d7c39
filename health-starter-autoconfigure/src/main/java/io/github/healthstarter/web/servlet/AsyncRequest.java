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

import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

import io.github.healthstarter.traffic.RequestLoad;
import io.github.healthstarter.web.OpenStreams;

/**
 * An asynchronous request that is counted until it ends, or turns out to be a stream of
 * server-sent events.
 */
final class AsyncRequest implements AsyncListener, OpenStreams.Stream {

	private final RequestLoad requests;

	private final OpenStreams streams;

	private final long begunAt;

	private final AtomicBoolean counted = new AtomicBoolean(true);

	private volatile boolean over;

	private volatile AsyncContext context;

	AsyncRequest(RequestLoad requests, OpenStreams streams, long begunAt, AsyncContext context) {
		this.requests = requests;
		this.streams = streams;
		this.begunAt = begunAt;
		this.context = context;
	}

	/**
	 * Count it no longer, but have it ended with the other event streams.
	 */
	void becomeEventStream() {
		if (this.counted.compareAndSet(true, false)) {
			this.streams.add(this);
			this.requests.end();
		}
	}

	@Override
	public boolean isEventStream() {
		return true;
	}

	@Override
	public boolean isOver() {
		return this.over;
	}

	@Override
	public boolean complete() {
		try {
			this.context.complete();
			return true;
		}
		catch (IllegalStateException ex) {
			// The client, or the application, has ended it
			return false;
		}
	}

	@Override
	public void onComplete(AsyncEvent event) {
		this.over = true;
		if (this.counted.compareAndSet(true, false)) {
			this.requests.end(this.begunAt);
		}
		else {
			this.streams.remove(this);
		}
	}

	// A container forgets its listeners when a dispatched request starts again
	@Override
	public void onStartAsync(AsyncEvent event) {
		this.context = event.getAsyncContext();
		this.context.addListener(this);
	}

	@Override
	public void onTimeout(AsyncEvent event) {
	}

	@Override
	public void onError(AsyncEvent event) {
	}

}
