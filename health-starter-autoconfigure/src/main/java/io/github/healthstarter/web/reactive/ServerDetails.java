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

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

import io.github.healthstarter.web.Peer;

/**
 * Details of a server that Spring's interfaces do not have. Of an unknown server nothing
 * is known: no address proves anything, and no connection is asked to end.
 */
interface ServerDetails {

	/**
	 * Return the protocol of a request.
	 * @param request the request
	 * @return the protocol, such as {@code HTTP/1.1}, empty if it is not known
	 */
	default String protocol(ServerHttpRequest request) {
		return "";
	}

	/**
	 * Return the peer of the connection of a request.
	 * @param request the request
	 * @return the peer
	 */
	default Peer peer(ServerHttpRequest request) {
		return new Peer(address(request.getRemoteAddress()), false);
	}

	/**
	 * Do something when an answer that has been handed over is written, or the session
	 * over that has come of it.
	 * @param response the answer
	 * @param action what is done, once
	 */
	default void whenOver(ServerHttpResponse response, Runnable action) {
		action.run();
	}

	/**
	 * Close a WebSocket session with the code that says that the server goes away.
	 * @param response the answer to the request that became one
	 */
	default void goAway(ServerHttpResponse response) {
	}

	/**
	 * Return the request or answer of the server itself.
	 * @param server finds it
	 * @return the server's own, {@code null} if there is none: mocked requests, which no
	 * server has received, throw the one exception, and those of strange classes the
	 * other
	 */
	static @Nullable Object nativeOf(Supplier<Object> server) {
		try {
			return server.get();
		}
		catch (IllegalStateException | IllegalArgumentException ex) {
			return null;
		}
	}

	static String address(@Nullable SocketAddress address) {
		// There is none on a Unix domain socket
		return (address instanceof InetSocketAddress inet && inet.getAddress() != null)
				? inet.getAddress().getHostAddress() : "";
	}

}
