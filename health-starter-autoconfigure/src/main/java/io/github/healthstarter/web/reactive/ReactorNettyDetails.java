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

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.websocket.WebsocketOutbound;

import io.github.healthstarter.web.Peer;

/**
 * Details of Reactor Netty.
 */
final class ReactorNettyDetails implements ServerDetails {

	private static final int GOING_AWAY = 1001;

	private static final Duration LIMIT = Duration.ofSeconds(1);

	private final ServerDetails others;

	/**
	 * Create details.
	 * @param others the details of requests that another server has received
	 */
	ReactorNettyDetails(ServerDetails others) {
		this.others = others;
	}

	@Override
	public String protocol(ServerHttpRequest request) {
		HttpServerRequest netty = nativeOf(request);
		return (netty != null) ? netty.protocol() : this.others.protocol(request);
	}

	// A server that trusts a proxy's header replaces the address with that
	@Override
	public Peer peer(ServerHttpRequest request) {
		HttpServerRequest netty = nativeOf(request);
		if (netty == null) {
			return this.others.peer(request);
		}
		SocketAddress connected = netty.connectionRemoteAddress();
		boolean unixDomain = netty.remoteAddress() == null;
		return new Peer(ServerDetails.address(connected),
				unixDomain || Objects.equals(connected, netty.remoteAddress()));
	}

	private static @Nullable HttpServerRequest nativeOf(ServerHttpRequest request) {
		Object server = ServerDetails.nativeOf(() -> ServerHttpRequestDecorator.getNativeRequest(request));
		return (server instanceof HttpServerRequest netty) ? netty : null;
	}

	// A handler is done when it has handed its answer over
	@Override
	public void whenOver(ServerHttpResponse response, Runnable action) {
		Object server = ServerDetails.nativeOf(() -> ServerHttpResponseDecorator.getNativeResponse(response));
		if (server instanceof ChannelOperations<?, ?> operations) {
			operations.onTerminate().subscribe(null, (ex) -> action.run(), action);
		}
		else {
			action.run();
		}
	}

	@Override
	public void goAway(ServerHttpResponse response) {
		Object server = ServerDetails.nativeOf(() -> ServerHttpResponseDecorator.getNativeResponse(response));
		if (server instanceof HttpServerResponse netty) {
			netty.withConnection(ReactorNettyDetails::goAway);
		}
	}

	// A client that reads nothing must not block the shutdown
	private static void goAway(Connection connection) {
		if (ChannelOperations.get(connection.channel()) instanceof WebsocketOutbound session) {
			session.sendClose(GOING_AWAY, null).subscribe();
			Mono.delay(LIMIT).takeUntilOther(connection.onDispose()).subscribe((passed) -> connection.dispose());
		}
	}

}
