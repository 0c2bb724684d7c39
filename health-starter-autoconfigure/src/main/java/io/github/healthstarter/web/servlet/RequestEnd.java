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

import io.github.healthstarter.drain.RequestLoad;

/**
 * Notes the end of an asynchronous request, once.
 */
final class RequestEnd implements AsyncListener {

	private final RequestLoad requests;

	private final long begunAt;

	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile AsyncContext context;

	RequestEnd(RequestLoad requests, long begunAt, AsyncContext context) {
		this.requests = requests;
		this.begunAt = begunAt;
		this.context = context;
	}

	/**
	 * Count the request no longer, but have it ended with the other event streams.
	 * @param streams the event streams
	 */
	void becomeStream(EventStreams streams) {
		if (this.ended.compareAndSet(false, true)) {
			streams.add(this.context);
			this.requests.end();
		}
	}

	@Override
	public void onComplete(AsyncEvent event) {
		if (this.ended.compareAndSet(false, true)) {
			this.requests.end(this.begunAt);
		}
	}

	// A container forgets its listeners when a dispatched request starts anew
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
