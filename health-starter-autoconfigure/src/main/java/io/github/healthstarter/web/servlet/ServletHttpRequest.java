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

import java.util.Enumeration;
import java.util.Objects;
import java.util.function.Predicate;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import io.github.healthstarter.web.HttpRequest;
import io.github.healthstarter.web.Peer;

/**
 * A request to a servlet container.
 */
final class ServletHttpRequest implements HttpRequest {

	// Set by Tomcat's RemoteIpValve, which also removes the header it has applied
	private static final String FORWARDED = "org.apache.tomcat.request.forwarded";

	private final HttpServletRequest request;

	private final @Nullable Peer peer;

	private @Nullable String host;

	ServletHttpRequest(HttpServletRequest request) {
		this.request = request;
		this.peer = (Peer) request.getAttribute(Peer.ATTRIBUTE);
	}

	@Override
	public String method() {
		return this.request.getMethod();
	}

	@Override
	public @Nullable String query() {
		return this.request.getQueryString();
	}

	@Override
	public @Nullable String header(String name) {
		return this.request.getHeader(name);
	}

	@Override
	public @Nullable String lastHeader(String name) {
		String last = header(name);
		if (last == null) {
			return null;
		}
		Enumeration<String> values = this.request.getHeaders(name);
		while (values.hasMoreElements()) {
			last = values.nextElement();
		}
		return last;
	}

	@Override
	public boolean hasHeader(Predicate<? super CharSequence> name) {
		Enumeration<String> names = this.request.getHeaderNames();
		while (names.hasMoreElements()) {
			if (name.test(names.nextElement())) {
				return true;
			}
		}
		return false;
	}

	// Not every container hands an authority of HTTP/2 on as a header
	@Override
	public @Nullable String host() {
		if (this.host == null) {
			String header = header("Host");
			this.host = (header == null && protocol().startsWith("HTTP/2")) ? this.request.getServerName() : header;
		}
		return this.host;
	}

	@Override
	public String protocol() {
		return Objects.requireNonNullElse(this.request.getProtocol(), "");
	}

	@Override
	public String remoteAddress() {
		return (this.peer != null) ? this.peer.address() : Peer.literal(this.request.getRemoteAddr());
	}

	@Override
	public boolean isAddressForwarded() {
		return (this.peer != null) ? !this.peer.direct() : this.request.getAttribute(FORWARDED) != null;
	}

	@Override
	public @Nullable String removedAddresses() {
		if (this.peer != null) {
			return this.peer.forwardedFor();
		}
		return (this.request.getAttribute(FORWARDED) != null) ? this.request.getRemoteAddr() : null;
	}

	@Override
	public boolean isOnMainPort() {
		return true;
	}

}
