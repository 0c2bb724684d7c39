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

package io.github.healthstarter.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * A client's connection and the connection to the real server that belongs to it.
 */
final class ProxyConnection {

	private final InetSocketAddress target;

	private final SocketChannel client;

	private final SocketChannel server;

	private final SelectionKey clientKey;

	private final SelectionKey serverKey;

	private final ProxyPipe toServer;

	private final ProxyPipe toClient;

	ProxyConnection(SocketChannel client, InetSocketAddress target, Selector selector) throws IOException {
		this.target = target;
		this.client = client;
		this.server = SocketChannel.open();
		prepare(this.client);
		prepare(this.server);
		this.clientKey = this.client.register(selector, 0);
		this.serverKey = this.server.register(selector, SelectionKey.OP_CONNECT);
		this.toServer = new ProxyPipe(this.client, this.server);
		this.toClient = new ProxyPipe(this.server, this.client);
	}

	private static void prepare(SocketChannel channel) throws IOException {
		channel.configureBlocking(false);
		channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
	}

	/**
	 * Moves bytes in both directions as far as the mode lets them.
	 * @return whether the connection is still open
	 */
	boolean proceed(FaultMode mode) {
		try {
			if (!connect()) {
				return true;
			}
			this.toServer.proceed(mode);
			this.toClient.proceed(mode);
			if (this.toServer.isDone() && this.toClient.isDone()) {
				close();
				return false;
			}
			this.clientKey.interestOps(this.toServer.readInterest() | this.toClient.writeInterest(mode));
			this.serverKey.interestOps(this.toClient.readInterest() | this.toServer.writeInterest(mode));
			return true;
		}
		catch (IOException ex) {
			reset();
			return false;
		}
	}

	private boolean connect() throws IOException {
		if (this.server.isConnected()) {
			return true;
		}
		if (this.server.isConnectionPending()) {
			return this.server.finishConnect();
		}
		return this.server.connect(this.target);
	}

	long nanosUntilDue(FaultMode mode) {
		return Math.min(nanosUntilDue(this.toServer, mode), nanosUntilDue(this.toClient, mode));
	}

	private static long nanosUntilDue(ProxyPipe pipe, FaultMode mode) {
		if (!pipe.isWaiting()) {
			return Long.MAX_VALUE;
		}
		return pipe.nanosUntilDue(mode);
	}

	void reset() {
		reset(this.client);
		reset(this.server);
	}

	/**
	 * Closes with a RST: what a linger time of zero does in every TCP stack.
	 */
	static void reset(SocketChannel channel) {
		try (channel) {
			channel.setOption(StandardSocketOptions.SO_LINGER, 0);
		}
		catch (IOException ex) {
			// The other side was faster, and the channel is closed all the same.
		}
	}

	void close() {
		try {
			this.client.close();
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
