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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A server that gives one error reply to whatever Redis is asked, for what a real one
 * cannot be brought to say.
 */
public final class FakeRedis implements AutoCloseable {

	private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

	private final ServerSocket socket;

	private final byte[] reply;

	/**
	 * Starts a server.
	 * @param reply its reply, such as {@code DENIED Redis is running in protected mode}
	 */
	public FakeRedis(String reply) {
		this.reply = ("-" + reply + "\r\n").getBytes(StandardCharsets.US_ASCII);
		try {
			this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	/**
	 * Returns the port to connect to.
	 * @return the port
	 */
	public int port() {
		return this.socket.getLocalPort();
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.socket.accept();
				this.clients.add(client);
				start(() -> answer(client));
			}
		}
		catch (IOException ex) {
			// Closed: the way this server ends.
		}
	}

	// Commands are sent as arrays of strings, each array announced by an asterisk.
	private void answer(Socket client) {
		try (client) {
			for (int next = client.getInputStream().read(); next >= 0; next = client.getInputStream().read()) {
				if (next == '*') {
					client.getOutputStream().write(this.reply);
				}
			}
		}
		catch (IOException ex) {
			// The client is gone or the server was closed.
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "fake-redis");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
		for (Socket client : this.clients) {
			client.close();
		}
	}

}
