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

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

import io.github.healthstarter.web.Peer;

/**
 * Details of a servlet container: the peer of a request, whatever address the container
 * has taken from a header. No address is trusted, but answers may depend on it.
 */
final class ServletContainerDetails implements ServerDetails {

	@Override
	public Peer peer(ServerHttpRequest request) {
		Object server = ServerDetails.nativeOf(() -> ServerHttpRequestDecorator.getNativeRequest(request));
		if (!(server instanceof HttpServletRequest servlet)) {
			return ServerDetails.super.peer(request);
		}
		return (servlet.getAttribute(Peer.ATTRIBUTE) instanceof Peer peer)
				? new Peer(peer.address(), false, peer.forwardedFor())
				: new Peer(Peer.literal(servlet.getRemoteAddr()), false);
	}

}
