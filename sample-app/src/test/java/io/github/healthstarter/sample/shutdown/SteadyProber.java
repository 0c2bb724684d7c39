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
import java.time.Duration;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;

import io.github.healthstarter.sample.http.HttpAnswer;
import io.github.healthstarter.sample.http.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asks for readiness at a steady interval on a new connection each time, as a balancer
 * does.
 */
final class SteadyProber implements AutoCloseable {

	private static final Duration INTERVAL = Duration.ofMillis(200);

	private static final int STEADY = 4;

	private static final Duration SLACK = Duration.ofMillis(100);

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final int port;

	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

	private final List<Seen> seen = new CopyOnWriteArrayList<>();

	private SteadyProber(int port) {
		this.port = port;
	}

	static SteadyProber start(int port) {
		return start(port, INTERVAL);
	}

	/**
	 * Begins to ask, and waits until that has gone on for long enough to be known.
	 * @param port the server's port
	 * @param interval how often it asks
	 * @return the prober
	 */
	static SteadyProber start(int port, Duration interval) {
		SteadyProber prober = new SteadyProber(port);
		Future<?> asking = prober.clock.scheduleAtFixedRate(prober::ask, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
		Awaitility.await().atMost(LIMIT).until(() -> asking.isDone() || prober.isSteady());
		assertThat(asking).isNotDone();
		return prober;
	}

	// As the application counts: on a machine with much to do, a question that comes late
	// and the next one, which then comes early, are none of a prober's
	private boolean isSteady() {
		List<Seen> last = seen();
		if (last.size() < STEADY) {
			return false;
		}
		last = last.subList(last.size() - STEADY, last.size());
		return areAlike(last, Seen::askedAt) && areAlike(last, Seen::answeredAt);
	}

	private static boolean areAlike(List<Seen> seen, ToLongFunction<Seen> time) {
		LongSummaryStatistics gaps = IntStream.range(1, seen.size())
			.mapToLong((i) -> time.applyAsLong(seen.get(i)) - time.applyAsLong(seen.get(i - 1)))
			.summaryStatistics();
		return gaps.getMax() <= 2 * gaps.getMin() + SLACK.toNanos();
	}

	private void ask() {
		long askedAt = System.nanoTime();
		try {
			HttpAnswer answer = HttpConnection.ask(this.port, "GET", "/readyz");
			this.seen.add(new Seen(askedAt, System.nanoTime(), answer.status(), answer.body()));
		}
		catch (IOException ex) {
			this.seen.add(new Seen(askedAt, System.nanoTime(), 0, ex.toString()));
		}
	}

	/**
	 * Waits for the next answer.
	 * @return how many there have been
	 */
	int awaitNext() {
		int before = this.seen.size();
		Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(() -> this.seen.size() > before);
		return this.seen.size();
	}

	void awaitFailures(int number) {
		Awaitility.await()
			.atMost(LIMIT)
			.pollInterval(Duration.ofMillis(5))
			.until(() -> this.seen.stream().filter(Seen::isUnready).count() >= number);
	}

	List<Seen> seen() {
		return List.copyOf(this.seen);
	}

	@Override
	public void close() {
		this.clock.shutdownNow();
	}

	/**
	 * An answer.
	 *
	 * @param askedAt when the question was put, as {@link System#nanoTime()}
	 * @param answeredAt when the answer was there
	 * @param status the status code, 0 where there was none
	 * @param body the body
	 */
	record Seen(long askedAt, long answeredAt, int status, String body) {

		boolean isUnready() {
			return this.status == 503;
		}

		boolean isDraining() {
			return isUnready() && this.body.contains("\"state\":\"draining\"");
		}

	}

}
