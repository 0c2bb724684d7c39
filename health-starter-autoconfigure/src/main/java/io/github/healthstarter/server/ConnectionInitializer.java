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

import java.net.InetSocketAddress;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import javax.net.ssl.SSLEngine;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

import io.github.healthstarter.web.AccessPolicy;

/**
 * Admits or closes a new connection, before anything is read from it.
 */
@Sharable
final class ConnectionInitializer extends ChannelInitializer<SocketChannel> {

	private final Connections connections;

	private final Responder responder;

	private final Supplier<@Nullable SSLEngine> engines;

	ConnectionInitializer(Connections connections, Responder responder, Supplier<@Nullable SSLEngine> engines) {
		this.connections = connections;
		this.responder = responder;
		this.engines = engines;
	}

	@Override
	protected void initChannel(SocketChannel channel) {
		InetSocketAddress peer = channel.remoteAddress();
		// A client that has gone already has no address any more
		if (peer == null || !admit(channel, peer.getAddress().getHostAddress())) {
			Future<?> unused = channel.close();
		}
	}

	private boolean admit(SocketChannel channel, String address) {
		AccessPolicy access = this.responder.access();
		if (!access.allowsPeer(address)) {
			return false;
		}
		Connection connection = new Connection(channel, address, access.trustsPeer(address), this.connections);
		if (!this.connections.admit(connection)) {
			return false;
		}
		try {
			prepare(channel, connection);
			return true;
		}
		catch (Throwable ex) {
			connection.ended();
			throw ex;
		}
	}

	private void prepare(SocketChannel channel, Connection connection) {
		SSLEngine engine = this.engines.get();
		if (engine != null) {
			channel.pipeline().addLast(encryption(engine));
		}
		RequestDecoder decoder = new RequestDecoder(connection);
		channel.pipeline()
			.addLast(decoder, new HttpResponseEncoder(), new RequestHandler(connection, decoder, this.responder));
	}

	// The handshake is a part of the first request, which has its time
	private static SslHandler encryption(SSLEngine engine) {
		SslHandler handler = new SslHandler(engine);
		handler.setHandshakeTimeoutMillis(0);
		return handler;
	}

}
