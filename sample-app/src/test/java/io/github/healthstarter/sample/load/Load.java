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

package io.github.healthstarter.sample.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.healthstarter.sample.http.HttpAnswer;
import io.github.healthstarter.sample.http.HttpConnection;
import io.github.healthstarter.sample.load.Outcome.Result;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends 100 requests a second whether or not answers come back, as many users do: four of
 * five ask for the latest orders, the fifth for a report that takes 200 ms. When each is
 * due is fixed by its number from the start; one that this JVM could not send in time is
 * sent all the same, and its outcome says so.
 */
public final class Load implements AutoCloseable {

	private static final long INTERVAL = Duration.ofMillis(10).toNanos();

	private static final byte[] FAST = HttpConnection.request("GET", "/orders");

	private static final byte[] SLOW = HttpConnection.request("GET", "/orders/report?delay=200ms");

	private final Client client;

	private final ExecutorService clock = Executors.newSingleThreadExecutor();

	private final ExecutorService users = Executors.newCachedThreadPool();

	private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();

	private final Future<Integer> sending;

	private volatile boolean stopped;

	private Load(Client client) {
		this.client = client;
		this.sending = this.clock.submit(this::sendAll);
	}

	/**
	 * Begins to send.
	 * @param client where to; closed with this load
	 * @return the load
	 */
	public static Load start(Client client) {
		return new Load(client);
	}

	private int sendAll() {
		long startedAt = System.nanoTime();
		int number = 0;
		while (!this.stopped) {
			int due = number;
			long dueAt = startedAt + due * INTERVAL;
			for (long early = dueAt - System.nanoTime(); early > 0; early = dueAt - System.nanoTime()) {
				LockSupport.parkNanos(early);
			}
			this.users.execute(() -> send(due, dueAt));
			number++;
		}
		return number;
	}

	private void send(int number, long dueAt) {
		byte[] request = (number % 5 == 4) ? SLOW : FAST;
		long sentAt = System.nanoTime();
		Attempt attempt = attempt(number, request);
		this.outcomes.add(new Outcome(dueAt, sentAt, System.nanoTime(), attempt.result(), attempt.closesConnection(),
				((request == SLOW) ? "report: " : "orders: ") + attempt.text()));
	}

	private Attempt attempt(int number, byte[] request) {
		try {
			return attempt(this.client.connect(number), request);
		}
		catch (IOException ex) {
			return new Attempt(Result.REFUSED, false, ex.toString());
		}
	}

	private Attempt attempt(HttpConnection connection, byte[] request) throws IOException {
		try {
			HttpAnswer answer = connection.send(request);
			this.client.release(connection, answer);
			Result result = (answer.status() == 200) ? Result.ANSWERED : Result.BROKEN;
			return new Attempt(result, answer.closesConnection(), String.valueOf(answer.status()));
		}
		catch (IOException ex) {
			connection.close();
			return new Attempt(Result.BROKEN, false, connection.port() + ": " + ex);
		}
	}

	/**
	 * Sends no more, and waits for the answers that are still to come.
	 * @return what became of every request, none left out
	 * @throws Exception if not all were sent
	 */
	public List<Outcome> stop() throws Exception {
		this.stopped = true;
		int sent = this.sending.get(1, TimeUnit.MINUTES);
		this.users.shutdown();
		this.users.awaitTermination(1, TimeUnit.MINUTES);
		assertThat(this.outcomes).hasSize(sent);
		return outcomes();
	}

	public List<Outcome> outcomes() {
		return List.copyOf(this.outcomes);
	}

	@Override
	public void close() throws IOException {
		this.stopped = true;
		this.clock.shutdownNow();
		this.users.shutdownNow();
		this.client.close();
	}

	private record Attempt(Result result, boolean closesConnection, String text) {

	}

}
