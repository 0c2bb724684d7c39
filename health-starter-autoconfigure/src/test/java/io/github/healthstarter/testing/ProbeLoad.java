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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.assertj.core.api.Assertions;

/**
 * Asks for liveness and for readiness, each twenty times a second on a connection that
 * has been made before, and keeps what was answered and how long it took. An ordinary
 * request beside them, to a page that asks nothing of any dependency, shows what the
 * machine lets any request wait.
 */
public final class ProbeLoad implements AutoCloseable {

	private static final Duration PERIOD = Duration.ofMillis(50);

	private static final Duration SLOW = Duration.ofMillis(50);

	private static final Duration BUSY = Duration.ofMillis(25);

	private static final double SHARE_AT_REST = 1.0 / 200;

	private final ScheduledExecutorService clients = Executors.newScheduledThreadPool(3);

	private final Client liveness;

	private final Client readiness;

	private final Client ordinary;

	private ProbeLoad(int port) {
		this.liveness = new Client(port, "/healthz");
		this.readiness = new Client(port, "/readyz");
		this.ordinary = new Client(port, "/no/such/page");
		for (Client client : List.of(this.liveness, this.readiness, this.ordinary)) {
			Future<?> unused = this.clients.scheduleAtFixedRate(client, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	/**
	 * Begins to ask an application.
	 * @param application the application
	 * @return the load, for the caller to close
	 */
	public static ProbeLoad on(ProbedApplication application) {
		ProbeLoad load = new ProbeLoad(application.port());
		application.await().until(() -> load.readiness().size() > 20 && load.liveness().size() > 20);
		load.liveness.answers.clear();
		load.readiness.answers.clear();
		load.ordinary.answers.clear();
		return load;
	}

	/**
	 * Returns the answers about liveness since the load was warm.
	 * @return the answers in their order
	 */
	public List<Answer> liveness() {
		return this.liveness.answers();
	}

	/**
	 * Returns the answers about readiness since the load was warm.
	 * @return the answers in their order
	 */
	public List<Answer> readiness() {
		return this.readiness.answers();
	}

	/**
	 * Returns the time from a moment to the first answer about readiness with a status.
	 * @param nanos the moment, a reading of the nano clock
	 * @param status the status
	 * @return the time; an hour where there is no such answer
	 */
	public Duration untilReadinessIs(long nanos, int status) {
		return readiness().stream()
			.filter((answer) -> answer.status() == status && answer.askedAt() - nanos > 0)
			.findFirst()
			.map((answer) -> Duration.ofNanos(answer.answeredAt() - nanos))
			.orElse(Duration.ofHours(1));
	}

	/**
	 * Verifies that no probe took longer than 50 ms. On a machine at rest one in two
	 * hundred may. On a busy one as large a share more as of the ordinary requests took
	 * 25 ms or longer, and none by more than the longest of those.
	 */
	public void assertNoneWasSlow() {
		List<Answer> all = Stream.of(liveness(), readiness()).flatMap(List::stream).toList();
		List<Answer> slow = all.stream().filter((answer) -> answer.took().compareTo(SLOW) > 0).toList();
		List<Duration> ordinary = this.ordinary.answers().stream().map(Answer::took).sorted().toList();
		Duration longest = ordinary.get(ordinary.size() - 1);
		Assertions.assertThat(slow)
			.allSatisfy((answer) -> Assertions.assertThat(answer.took()).isLessThanOrEqualTo(SLOW.plus(longest)));
		long busy = ordinary.stream().filter((took) -> took.compareTo(BUSY) > 0).count();
		Assertions.assertThat((double) slow.size())
			.as("slow of %d probes", all.size())
			.isLessThanOrEqualTo(Math.ceil((SHARE_AT_REST + (double) busy / ordinary.size()) * all.size()));
	}

	@Override
	public void close() {
		this.clients.shutdownNow();
	}

	/**
	 * An answer to a probe.
	 *
	 * @param status the status code
	 * @param askedAt when it was asked for, a reading of the nano clock
	 * @param answeredAt when all of it had come
	 */
	public record Answer(int status, long askedAt, long answeredAt) {

		Duration took() {
			return Duration.ofNanos(this.answeredAt - this.askedAt);
		}

	}

	private static final class Client implements Runnable {

		private final int port;

		private final String target;

		private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();

		private HttpConnection connection;

		Client(int port, String target) {
			this.port = port;
			this.target = target;
			this.connection = HttpConnection.to(port);
		}

		List<Answer> answers() {
			return List.copyOf(this.answers);
		}

		// Tomcat closes a connection after an answer of 503
		@Override
		public void run() {
			long askedAt = System.nanoTime();
			HttpAnswer answer = this.connection.ask("GET", this.target);
			this.answers.add(new Answer(answer.status(), askedAt, System.nanoTime()));
			if (answer.closesConnection()) {
				this.connection.close();
				this.connection = HttpConnection.to(this.port);
			}
		}

	}

}
