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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Future;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslHandler;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.web.AccessPolicy;
import io.github.healthstarter.web.RepeatedWarning;

/**
 * Admits or closes a new connection, before anything is read from it and after those from
 * earlier have been read.
 */
@Sharable
final class ConnectionInitializer extends ChannelInitializer<SocketChannel> {

	private static final Log logger = LogFactory.getLog(ProbeServer.class);

	private final Connections connections;

	private final Responder responder;

	private final Encryption encryption;

	private final Set<SocketChannel> arriving = new HashSet<>();

	private final RepeatedWarning warning = new RepeatedWarning(logger, TimeSource.system());

	ConnectionInitializer(Connections connections, Responder responder, Encryption encryption) {
		this.connections = connections;
		this.responder = responder;
		this.encryption = encryption;
	}

	@Override
	protected void initChannel(SocketChannel channel) {
		this.arriving.add(channel);
		channel.eventLoop().execute(() -> admitOrClose(channel));
	}

	private void admitOrClose(SocketChannel channel) {
		boolean admitted = false;
		this.arriving.remove(channel);
		try {
			InetSocketAddress peer = channel.remoteAddress();
			// A client that has gone already has no address any more
			admitted = peer != null && admit(channel, peer.getAddress());
		}
		catch (Throwable ex) {
			logger.debug("Connection cannot be prepared", ex);
			this.warning.log("Probe server cannot prepare a connection (" + ex + "), and closes it.");
		}
		if (!admitted) {
			Future<?> unused = channel.close();
		}
	}

	private boolean admit(SocketChannel channel, InetAddress peer) {
		AccessPolicy access = this.responder.access();
		String address = peer.getHostAddress();
		if (!access.allowsPeer(address)) {
			return false;
		}
		Connection connection = new Connection(channel, peer, access.trustsPeer(address), this.connections);
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
		SslHandler handler = this.encryption.handler(connection);
		if (handler != null) {
			channel.pipeline().addLast(handler);
		}
		RequestDecoder decoder = new RequestDecoder(connection);
		channel.pipeline()
			.addLast(decoder, new HttpResponseEncoder(), new RequestHandler(connection, decoder, this.responder))
			.read();
	}

	/**
	 * Admit no connection and compute nothing more. Called by the thread of the
	 * connections, at its end at the latest.
	 */
	void shutDown() {
		this.arriving.forEach((channel) -> channel.unsafe().closeForcibly());
		this.arriving.clear();
		this.encryption.shutDown();
		this.responder.shutDown();
	}

	/**
	 * Shut down, and wait up to a second for what is being computed.
	 */
	void close() {
		this.encryption.shutDown();
		this.responder.close();
	}

}
