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
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.sample.http.HttpAnswer;
import io.github.healthstarter.sample.http.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Balances over several instances by itself. It asks each for its readiness once a second
 * and sends it nothing while the last answer was not 200. An instance that has said
 * {@code Connection: close} is avoided until it is ready at the next probe, as long as
 * there is another. A kept-alive connection that the instance has closed cleanly before
 * there was a request on it is replaced by a new one, as HTTP/1.1 wants it.
 */
public final class BalancingClient implements Client {

	private static final long INTERVAL_MILLIS = 1000;

	private final List<Instance> instances;

	private final ScheduledExecutorService clock;

	private final List<? extends Future<?>> probing;

	private final AtomicInteger next = new AtomicInteger();

	/**
	 * Creates a client and begins to probe.
	 * @param ports the ports of the instances
	 * @param readinessPath where they are asked for their readiness
	 */
	public BalancingClient(List<Integer> ports, String readinessPath) {
		this.instances = ports.stream().map((port) -> new Instance(port, readinessPath)).toList();
		this.clock = Executors.newScheduledThreadPool(ports.size());
		this.probing = this.instances.stream().map(this::probe).toList();
	}

	private Future<?> probe(Instance instance) {
		return this.clock.scheduleAtFixedRate(instance::probe, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
	}

	public boolean isReady(int port) {
		assertThat(this.probing).noneMatch(Future::isDone);
		return instance(port).ready;
	}

	@Override
	public HttpConnection connect(int number) throws IOException {
		Instance instance = choose((candidate) -> candidate.ready && !candidate.avoided);
		if (instance == null) {
			instance = choose((candidate) -> candidate.ready);
		}
		if (instance == null) {
			throw new ConnectException("No instance is ready");
		}
		HttpConnection connection = instance.idle.nextOpen();
		return (connection != null) ? connection : HttpConnection.open(instance.port);
	}

	private @Nullable Instance choose(Predicate<Instance> which) {
		List<Instance> candidates = this.instances.stream().filter(which).toList();
		return candidates.isEmpty() ? null
				: candidates.get(Math.floorMod(this.next.getAndIncrement(), candidates.size()));
	}

	@Override
	public void release(HttpConnection connection, HttpAnswer answer) throws IOException {
		Instance instance = instance(connection.port());
		if (answer.closesConnection()) {
			instance.avoided = true;
		}
		instance.idle.release(connection, answer);
	}

	private Instance instance(int port) {
		return this.instances.stream().filter((candidate) -> candidate.port == port).findFirst().orElseThrow();
	}

	@Override
	public void close() throws IOException {
		this.clock.shutdownNow();
		for (Instance instance : this.instances) {
			instance.idle.close();
		}
	}

	/**
	 * An instance as this client sees it.
	 */
	private static final class Instance {

		private final int port;

		private final String readinessPath;

		private final IdleConnections idle = new IdleConnections();

		private volatile boolean ready;

		private volatile boolean avoided;

		private Instance(int port, String readinessPath) {
			this.port = port;
			this.readinessPath = readinessPath;
		}

		private void probe() {
			try {
				this.ready = HttpConnection.ask(this.port, "GET", this.readinessPath).status() == 200;
				this.avoided = false;
			}
			catch (IOException ex) {
				this.ready = false;
			}
		}

	}

}
