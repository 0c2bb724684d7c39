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

package io.github.healthstarter.sample.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hands connections on to a server on this machine until it is cut: then the server is
 * gone, to those who are connected as to everyone else.
 */
public final class Relay implements AutoCloseable {

	private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final int server;

	private Relay(int server) throws IOException {
		this.server = server;
	}

	/**
	 * Listens on a port of its own.
	 * @param server the port of the server
	 * @return the relay
	 * @throws IOException if it cannot listen
	 */
	public static Relay to(int server) throws IOException {
		Relay relay = new Relay(server);
		start(relay::accept);
		return relay;
	}

	public int port() {
		return this.listener.getLocalPort();
	}

	private void accept() throws IOException {
		while (true) {
			Socket client = keep(this.listener.accept());
			Socket server = keep(new Socket(InetAddress.getLoopbackAddress(), this.server));
			start(() -> client.getInputStream().transferTo(server.getOutputStream()));
			start(() -> server.getInputStream().transferTo(client.getOutputStream()));
		}
	}

	private Socket keep(Socket socket) throws IOException {
		this.sockets.add(socket);
		if (this.listener.isClosed()) {
			socket.close();
		}
		return socket;
	}

	private static void start(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException ex) {
				// Closed
			}
		}, "relay");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Closes all connections and accepts no more.
	 * @throws IOException if one cannot be closed
	 */
	public void cut() throws IOException {
		this.listener.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

	@Override
	public void close() throws IOException {
		cut();
	}

	@FunctionalInterface
	private interface Task {

		void run() throws IOException;

	}

}
