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

package io.github.healthstarter.server;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

import io.github.healthstarter.web.HttpRequest;

/**
 * A request to the probe server, without its body.
 */
final class NettyHttpRequest implements HttpRequest {

	private final String method;

	private final String target;

	private final String protocol;

	private final HttpHeaders headers;

	private final String remoteAddress;

	/**
	 * Create a request.
	 * @param method the method as sent
	 * @param target the target as sent: a path, or a URI of which the path counts
	 * @param protocol the protocol and its version
	 * @param headers the headers
	 * @param remoteAddress the address literal of the peer
	 */
	NettyHttpRequest(String method, String target, String protocol, HttpHeaders headers, String remoteAddress) {
		this.method = method;
		this.target = withoutAuthority(target);
		this.protocol = protocol;
		this.headers = headers;
		this.remoteAddress = remoteAddress;
	}

	private static String withoutAuthority(String target) {
		int scheme = target.indexOf("://");
		if (scheme < 0 || target.startsWith("/")) {
			return target;
		}
		String rest = target.substring(scheme + "://".length());
		int slash = rest.indexOf('/');
		return (slash < 0) ? "/" : rest.substring(slash);
	}

	String path() {
		int question = this.target.indexOf('?');
		return (question < 0) ? this.target : this.target.substring(0, question);
	}

	@Override
	public String method() {
		return this.method;
	}

	@Override
	public @Nullable String query() {
		int question = this.target.indexOf('?');
		return (question < 0) ? null : this.target.substring(question + 1);
	}

	@Override
	public @Nullable String header(String name) {
		return this.headers.get(name);
	}

	// Without the copies that the set of names would have
	@Override
	public @Nullable String lastHeader(String name) {
		List<String> values = this.headers.getAll(name);
		return values.isEmpty() ? null : values.get(values.size() - 1);
	}

	@Override
	public boolean hasHeader(Predicate<? super CharSequence> name) {
		Iterator<Map.Entry<CharSequence, CharSequence>> headers = this.headers.iteratorCharSequence();
		while (headers.hasNext()) {
			if (name.test(headers.next().getKey())) {
				return true;
			}
		}
		return false;
	}

	@Override
	public String protocol() {
		return this.protocol;
	}

	@Override
	public String remoteAddress() {
		return this.remoteAddress;
	}

	@Override
	public boolean isAddressForwarded() {
		return false;
	}

	@Override
	public boolean isOnMainPort() {
		return false;
	}

}
