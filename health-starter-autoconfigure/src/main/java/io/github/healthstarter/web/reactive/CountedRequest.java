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

import java.util.concurrent.atomic.AtomicBoolean;

import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.publisher.Sinks;

import io.github.healthstarter.traffic.RequestLoad;
import io.github.healthstarter.web.OpenStreams;

/**
 * A request that is counted until it ends, in whatever way, or turns out to be a stream.
 */
final class CountedRequest implements OpenStreams.Stream {

	private final RequestLoad requests;

	private final OpenStreams streams;

	private final ServerHttpResponse response;

	private final long begunAt;

	private final AtomicBoolean counted = new AtomicBoolean(true);

	private final Sinks.Empty<Void> completion = Sinks.empty();

	private volatile boolean over;

	private volatile boolean webSocket;

	CountedRequest(RequestLoad requests, OpenStreams streams, ServerHttpResponse response) {
		this.requests = requests;
		this.streams = streams;
		this.response = response;
		this.begunAt = requests.begin();
	}

	Mono<Void> untilItsEnd(Mono<Void> handling) {
		return handling.takeUntilOther(this.completion.asMono()).doFinally(this::handled);
	}

	private void handled(SignalType signal) {
		if (signal == SignalType.CANCEL) {
			end();
		}
		else {
			CurrentServer.DETAILS.whenOver(this.response, this::end);
		}
	}

	private void end() {
		this.over = true;
		if (this.counted.compareAndSet(true, false)) {
			this.requests.end(this.begunAt);
		}
		else {
			this.streams.remove(this);
		}
	}

	void becomeEventStream() {
		if (this.counted.compareAndSet(true, false)) {
			this.requests.end();
			this.streams.add(this);
		}
	}

	void becomeWebSocket() {
		this.webSocket = true;
		becomeEventStream();
	}

	@Override
	public boolean isEventStream() {
		return !this.webSocket;
	}

	@Override
	public boolean isOver() {
		return this.over;
	}

	@Override
	public boolean complete() {
		if (this.webSocket) {
			CurrentServer.DETAILS.goAway(this.response);
			return true;
		}
		return this.completion.tryEmitEmpty().isSuccess();
	}

}
