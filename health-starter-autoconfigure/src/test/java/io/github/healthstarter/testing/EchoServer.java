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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A server that sends back what it gets.
 */
final class EchoServer implements AutoCloseable {

	private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

	private final ServerSocket socket;

	private final Thread acceptor;

	EchoServer() {
		try {
			this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.acceptor = start("echo-accept", this::accept);
	}

	int port() {
		return this.socket.getLocalPort();
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.socket.accept();
				this.clients.add(client);
				start("echo", () -> echo(client));
			}
		}
		catch (IOException ex) {
			// Closed: the way this server ends.
		}
	}

	private static void echo(Socket client) {
		try (client) {
			client.getInputStream().transferTo(client.getOutputStream());
		}
		catch (IOException ex) {
			// The client is gone or the server was closed.
		}
	}

	private static Thread start(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	/**
	 * Returns when no more connections are accepted: an accept that is under way holds
	 * the port beyond the close of its socket.
	 */
	@Override
	public void close() throws IOException {
		this.socket.close();
		try {
			this.acceptor.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		for (Socket client : this.clients) {
			client.close();
		}
	}

}
