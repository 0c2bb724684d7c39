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

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.sample.http.HttpAnswer;
import io.github.healthstarter.sample.http.HttpConnection;

/**
 * Connections to one server that wait for their next request, the longest idle one first.
 * What has been idle for longer than servers like is closed rather than used.
 */
final class IdleConnections implements Closeable {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final Queue<Idle> idle = new ConcurrentLinkedQueue<>();

	/**
	 * Returns the next connection as it is: whether the server has closed it meanwhile
	 * will be seen when a request is sent.
	 * @return the connection, {@code null} where there is none
	 * @throws IOException if another one cannot be closed
	 */
	@Nullable HttpConnection next() throws IOException {
		for (Idle next = this.idle.poll(); next != null; next = this.idle.poll()) {
			if (System.nanoTime() - next.since() < LIMIT.toNanos()) {
				return next.connection();
			}
			next.connection().close();
		}
		return null;
	}

	/**
	 * Returns the next connection that the server has not closed.
	 * @return the connection, {@code null} where there is none
	 * @throws IOException if a connection did not end cleanly
	 */
	@Nullable HttpConnection nextOpen() throws IOException {
		for (Idle next = this.idle.poll(); next != null; next = this.idle.poll()) {
			boolean ended = next.connection().hasEnded();
			if (!ended && System.nanoTime() - next.since() < LIMIT.toNanos()) {
				return next.connection();
			}
			next.connection().close();
		}
		return null;
	}

	void release(HttpConnection connection, HttpAnswer answer) throws IOException {
		if (answer.closesConnection()) {
			connection.close();
		}
		else {
			this.idle.add(new Idle(connection, System.nanoTime()));
		}
	}

	@Override
	public void close() throws IOException {
		for (Idle next = this.idle.poll(); next != null; next = this.idle.poll()) {
			next.connection().close();
		}
	}

	private record Idle(HttpConnection connection, long since) {

	}

}
