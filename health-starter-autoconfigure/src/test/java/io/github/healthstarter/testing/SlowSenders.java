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

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that send a byte of a request every half second. One that is closed connects
 * anew, so that there are as many at any time.
 */
public final class SlowSenders implements AutoCloseable {

	private static final Duration BETWEEN_BYTES = Duration.ofMillis(500);

	private static final int PER_ADDRESS = 50;

	// A close is seen when the next byte is due, on a machine that does much else
	private static final Duration TOLERANCE = Duration.ofSeconds(2);

	private final int port;

	private final List<Sender> senders = new ArrayList<>();

	private final List<Duration> lifetimes = new CopyOnWriteArrayList<>();

	private final Thread thread = new Thread(this::send, "slow-senders");

	private volatile boolean closed;

	private SlowSenders(int port) {
		this.port = port;
	}

	/**
	 * Begins to send.
	 * @param port the server's port
	 * @param count how many clients there are
	 * @return the clients
	 */
	public static SlowSenders start(int port, int count) {
		SlowSenders slow = new SlowSenders(port);
		IntStream.range(0, count).mapToObj((i) -> "127.0.2." + (1 + i / PER_ADDRESS)).forEach(slow::connect);
		slow.thread.start();
		return slow;
	}

	private void connect(String address) {
		HttpConnection connection = HttpConnection.from(address, this.port);
		connection.sendRaw("GET /readyz HTTP/1.1\r\nHost: localhost\r\nA: ");
		this.senders.add(new Sender(address, connection, System.nanoTime()));
	}

	private void send() {
		while (!this.closed) {
			for (Sender sender : List.copyOf(this.senders)) {
				if (sender.isClosed()) {
					this.lifetimes.add(Duration.ofNanos(System.nanoTime() - sender.openedAt));
					this.senders.remove(sender);
					sender.connection.close();
					connect(sender.address);
				}
			}
			pause();
		}
	}

	private static void pause() {
		try {
			Thread.sleep(BETWEEN_BYTES.toMillis());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Checks that each client has been closed in time, and waits until that has been seen
	 * once for every one of them.
	 * @param limit the time that a client has
	 */
	public void assertAllWereClosedWithin(Duration limit) {
		Awaitility.await().atMost(limit.plus(TOLERANCE)).until(() -> this.lifetimes.size() >= this.senders.size());
		assertThat(this.lifetimes).allMatch((lifetime) -> lifetime.compareTo(limit.plus(TOLERANCE)) < 0);
	}

	@Override
	public void close() {
		this.closed = true;
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.senders.forEach((sender) -> sender.connection.close());
	}

	private record Sender(String address, HttpConnection connection, long openedAt) {

		boolean isClosed() {
			try {
				this.connection.sendRaw("a");
				return this.connection.hasAnswer();
			}
			catch (UncheckedIOException ex) {
				return true;
			}
		}

	}

}
