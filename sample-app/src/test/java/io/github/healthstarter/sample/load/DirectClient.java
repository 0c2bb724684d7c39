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
import java.util.function.IntPredicate;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.sample.http.HttpAnswer;
import io.github.healthstarter.sample.http.HttpConnection;

/**
 * Sends everything to one server and relies on it: a connection that the server has
 * closed without saying so costs the next request on it.
 */
public final class DirectClient implements Client {

	private final int port;

	private final IntPredicate fresh;

	private final IdleConnections idle = new IdleConnections();

	/**
	 * Creates a client.
	 * @param port the server's port
	 * @param fresh which requests, by their number, come on a new connection in any case
	 */
	public DirectClient(int port, IntPredicate fresh) {
		this.port = port;
		this.fresh = fresh;
	}

	@Override
	public HttpConnection connect(int number) throws IOException {
		HttpConnection connection = keptAlive(number);
		return (connection != null) ? connection : HttpConnection.open(this.port);
	}

	private @Nullable HttpConnection keptAlive(int number) throws IOException {
		return this.fresh.test(number) ? null : this.idle.next();
	}

	@Override
	public void release(HttpConnection connection, HttpAnswer answer) throws IOException {
		this.idle.release(connection, answer);
	}

	@Override
	public void close() throws IOException {
		this.idle.close();
	}

}
