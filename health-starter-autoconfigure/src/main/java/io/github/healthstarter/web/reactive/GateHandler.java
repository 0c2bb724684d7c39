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

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

import io.github.healthstarter.web.HttpResponse;
import io.github.healthstarter.web.ModeGate;

/**
 * Gates the application's requests by the mode.
 */
public final class GateHandler implements HttpHandler {

	private final ModeGate gate;

	private final HttpHandler next;

	/**
	 * Create the handler.
	 * @param gate decides which requests are refused
	 * @param next handles those that are not
	 */
	public GateHandler(ModeGate gate, HttpHandler next) {
		this.gate = gate;
		this.next = next;
	}

	@Override
	public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
		HttpResponse refusal = this.gate.refuse(request.getMethod().name(),
				plain(request.getPath().pathWithinApplication().value()));
		return (refusal != null) ? ReactiveAnswer.write(refusal, request, response)
				: this.next.handle(request, response);
	}

	// One that somebody may yet decode, strip or normalize is not taken for what it looks
	// like now
	private static String plain(String path) {
		boolean plain = path.indexOf('%') < 0 && path.indexOf(';') < 0 && !path.contains("//") && !path.contains("/.");
		return plain ? path : "";
	}

}
