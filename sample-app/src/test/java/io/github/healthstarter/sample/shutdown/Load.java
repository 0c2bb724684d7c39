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

package io.github.healthstarter.sample.shutdown;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.sample.http.HttpAnswer;
import io.github.healthstarter.sample.http.HttpConnection;
import io.github.healthstarter.sample.shutdown.Outcome.Result;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends 100 requests a second whether or not answers come back, as many users do: four of
 * five ask for the latest orders, the fifth for a report that takes 200 ms. Every third
 * comes on a new connection, the others on one that was kept alive.
 */
final class Load implements AutoCloseable {

	private static final long INTERVAL_MILLIS = 10;

	private static final String FAST = "/orders";

	private static final String SLOW = "/orders/report?delay=200ms";

	private final int port;

	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

	private final ExecutorService users = Executors.newCachedThreadPool();

	private final Queue<HttpConnection> keptAlive = new ConcurrentLinkedQueue<>();

	private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

	private final AtomicInteger sent = new AtomicInteger();

	private final Future<?> sending;

	private Load(int port) {
		this.port = port;
		this.sending = this.clock.scheduleAtFixedRate(() -> this.users.execute(this::send), 0, INTERVAL_MILLIS,
				TimeUnit.MILLISECONDS);
	}

	static Load start(int port) {
		return new Load(port);
	}

	private void send() {
		int number = this.sent.getAndIncrement();
		String path = (number % 5 == 4) ? SLOW : FAST;
		long sentAt = System.nanoTime();
		try {
			HttpConnection connection = connect(number);
			this.outcomes.add(send(connection, path, sentAt));
		}
		catch (IOException ex) {
			this.outcomes.add(new Outcome(sentAt, Result.REFUSED, false, path + ": " + ex));
		}
	}

	private HttpConnection connect(int number) throws IOException {
		HttpConnection connection = (number % 3 != 0) ? keptAlive() : null;
		return (connection != null) ? connection : HttpConnection.open(this.port);
	}

	private @Nullable HttpConnection keptAlive() {
		return this.keptAlive.poll();
	}

	private Outcome send(HttpConnection connection, String path, long sentAt) throws IOException {
		try {
			HttpAnswer answer = connection.send(HttpConnection.request("GET", path));
			if (answer.closesConnection()) {
				connection.close();
			}
			else {
				this.keptAlive.add(connection);
			}
			Result result = (answer.status() == 200) ? Result.ANSWERED : Result.BROKEN;
			return new Outcome(sentAt, result, answer.closesConnection(), path + ": " + answer.status());
		}
		catch (IOException ex) {
			connection.close();
			return new Outcome(sentAt, Result.BROKEN, false, path + ": " + ex);
		}
	}

	/**
	 * Sends no more, and waits for the answers that are still to come.
	 * @return what became of every request
	 * @throws InterruptedException if the waiting is interrupted
	 */
	List<Outcome> stop() throws InterruptedException {
		assertThat(this.sending).isNotDone();
		this.clock.shutdown();
		this.clock.awaitTermination(1, TimeUnit.SECONDS);
		this.users.shutdown();
		this.users.awaitTermination(30, TimeUnit.SECONDS);
		return outcomes();
	}

	List<Outcome> outcomes() {
		return List.copyOf(this.outcomes);
	}

	@Override
	public void close() throws IOException {
		this.clock.shutdownNow();
		this.users.shutdownNow();
		for (HttpConnection connection : this.keptAlive) {
			connection.close();
		}
	}

}
