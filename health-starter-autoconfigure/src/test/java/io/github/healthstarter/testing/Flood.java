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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many questions for readiness, each sent when it is due however long the one before has
 * taken. Who has fallen behind asks without a pause until it has caught up.
 */
public final class Flood implements AutoCloseable {

	private static final int THREADS = 4;

	private static final Duration CATCH_UP = Duration.ofSeconds(5);

	private final int port;

	private final int perSecond;

	private final long begunAt = System.nanoTime();

	private final AtomicLong answered = new AtomicLong();

	private final List<Thread> threads = new ArrayList<>();

	private volatile boolean closed;

	private Flood(int port, int perSecond) {
		this.port = port;
		this.perSecond = perSecond;
	}

	/**
	 * Begins to ask, on a few connections of untrusted clients.
	 * @param port the server's port
	 * @param perSecond how many requests there are in a second
	 * @return the flood
	 */
	public static Flood start(int port, int perSecond) {
		Flood flood = new Flood(port, perSecond);
		for (int i = 0; i < THREADS; i++) {
			String address = "127.0.1." + (i + 1);
			Thread thread = new Thread(() -> flood.ask(address), "flood-" + i);
			flood.threads.add(thread);
			thread.start();
		}
		return flood;
	}

	private void ask(String address) {
		try (HttpConnection connection = HttpConnection.from(address, this.port)) {
			long between = Duration.ofSeconds(THREADS).toNanos() / this.perSecond;
			for (long dueAt = this.begunAt; !this.closed; dueAt += between) {
				LockSupport.parkNanos(dueAt - System.nanoTime());
				if (connection.ask("GET", "/readyz").status() == 200) {
					this.answered.incrementAndGet();
				}
			}
		}
		catch (UncheckedIOException ex) {
			// The requests that are missing are found when they are counted
		}
	}

	/**
	 * Checks that as many requests have been answered as were due until now.
	 */
	public void assertRateWasReached() {
		long due = (System.nanoTime() - this.begunAt) * this.perSecond / Duration.ofSeconds(1).toNanos();
		Awaitility.await()
			.atMost(CATCH_UP)
			.untilAsserted(() -> assertThat(this.answered.get()).isGreaterThanOrEqualTo(due));
	}

	@Override
	public void close() {
		this.closed = true;
		this.threads.forEach(Flood::join);
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
