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
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Watches how long the machine lets an answer wait that takes no time to make, so that
 * what it adds to every answer is not taken for the answer's own.
 */
public final class MachinePauses implements AutoCloseable {

	private final AtomicLong longest = new AtomicLong();

	private final Thread thread = new Thread(this::watch, "machine-pauses");

	private volatile boolean closed;

	private MachinePauses() {
	}

	/**
	 * Begins to watch.
	 * @return the watch, for the caller to close
	 */
	public static MachinePauses watching() {
		MachinePauses pauses = new MachinePauses();
		pauses.thread.setDaemon(true);
		pauses.thread.start();
		return pauses;
	}

	private void watch() {
		try (EchoServer server = new EchoServer()) {
			while (!this.closed) {
				long askedAt = System.nanoTime();
				ask(server.port());
				this.longest.accumulateAndGet(System.nanoTime() - askedAt, Math::max);
				Thread.sleep(1);
			}
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void ask(int port) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.getOutputStream().write('?');
			if (socket.getInputStream().read() != '?') {
				throw new IOException("No answer");
			}
		}
	}

	/**
	 * Returns the longest wait until now.
	 * @return the time from a question on a new connection to its answer
	 */
	public Duration longest() {
		return Duration.ofNanos(this.longest.get());
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
