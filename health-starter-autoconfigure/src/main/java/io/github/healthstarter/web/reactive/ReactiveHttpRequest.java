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

import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

import io.github.healthstarter.web.HttpRequest;
import io.github.healthstarter.web.Peer;

/**
 * A request to a reactive server.
 *
 * @param method the method as sent
 * @param query the query as sent
 * @param protocol the protocol, empty if it is not known
 * @param headers the headers
 * @param peer the peer of the connection
 */
record ReactiveHttpRequest(String method, @Nullable String query, String protocol, HttpHeaders headers,
		Peer peer) implements HttpRequest {

	/**
	 * Return a view of a request.
	 * @param request the request
	 * @return the view, valid until the request has been answered
	 */
	static ReactiveHttpRequest of(ServerHttpRequest request) {
		return new ReactiveHttpRequest(request.getMethod().name(), request.getURI().getRawQuery(),
				CurrentServer.DETAILS.protocol(request), request.getHeaders(), CurrentServer.DETAILS.peer(request));
	}

	@Override
	public @Nullable String header(String name) {
		return this.headers.getFirst(name);
	}

	@Override
	public @Nullable String lastHeader(String name) {
		List<String> values = this.headers.getOrEmpty(name);
		return values.isEmpty() ? null : values.get(values.size() - 1);
	}

	@Override
	public boolean hasHeader(Predicate<? super CharSequence> name) {
		return this.headers.headerNames().stream().anyMatch(name);
	}

	@Override
	public String remoteAddress() {
		return this.peer.address();
	}

	@Override
	public boolean isAddressForwarded() {
		return !this.peer.direct();
	}

	@Override
	public @Nullable String removedAddresses() {
		return this.peer.forwardedFor();
	}

	@Override
	public boolean isOnMainPort() {
		return true;
	}

}
