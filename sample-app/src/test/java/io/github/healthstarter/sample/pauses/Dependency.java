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

package io.github.healthstarter.sample.pauses;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import io.github.healthstarter.sample.servers.FreePorts;

/**
 * A server that accepts connections and closes them. It can be stopped, and started again
 * on the same port.
 */
final class Dependency implements AutoCloseable {

	private static final int BACKLOG = 50;

	private final int port = FreePorts.find(1).get(0);

	private ServerSocket listener;

	private Dependency() throws IOException {
		this.listener = listen();
	}

	static Dependency start() throws IOException {
		return new Dependency();
	}

	int port() {
		return this.port;
	}

	void stop() throws IOException {
		this.listener.close();
	}

	void startAgain() throws IOException {
		this.listener = listen();
	}

	private ServerSocket listen() throws IOException {
		ServerSocket listener = new ServerSocket(this.port, BACKLOG, InetAddress.getLoopbackAddress());
		Thread thread = new Thread(() -> accept(listener), "dependency");
		thread.setDaemon(true);
		thread.start();
		return listener;
	}

	private static void accept(ServerSocket listener) {
		while (!listener.isClosed()) {
			try {
				listener.accept().close();
			}
			catch (IOException ex) {
				// Stopped, or a client that has gone
			}
		}
	}

	@Override
	public void close() throws IOException {
		stop();
	}

}
