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

package io.github.healthstarter.sample.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.springframework.util.Assert;

import io.github.healthstarter.sample.http.HttpAnswer;
import io.github.healthstarter.sample.http.HttpConnection;

/**
 * A request whose cost is measured, and what it has cost. It goes round several
 * connections: on a single one the next request sometimes comes before the server's
 * thread has turned to other things, which saves it a good part of its work.
 */
final class Subject implements AutoCloseable {

	private static final int CONNECTIONS = 8;

	private final String name;

	private final byte[] request;

	private final List<HttpConnection> connections = new ArrayList<>();

	private final List<Usage> rounds = new ArrayList<>();

	private Subject(String name, byte[] request) {
		this.name = name;
		this.request = request;
	}

	static Subject of(String name, int port, String path, String... headers) throws IOException {
		Subject subject = new Subject(name, HttpConnection.request("GET", path, headers));
		for (int i = 0; i < CONNECTIONS; i++) {
			subject.connections.add(HttpConnection.open(port));
		}
		return subject;
	}

	/**
	 * Sends requests one after another and notes what one of them has cost.
	 * @param requests how many
	 * @throws IOException if there is no complete answer
	 */
	void measure(int requests) throws IOException {
		Usage before = Usage.ofServer();
		for (int i = 0; i < requests; i++) {
			HttpAnswer answer = this.connections.get(i % CONNECTIONS).send(this.request);
			Assert.state(answer.status() == 200, () -> this.name + ": " + answer);
		}
		this.rounds.add(Usage.ofServer().since(before, requests));
	}

	void forget() {
		this.rounds.clear();
	}

	String name() {
		return this.name;
	}

	List<Usage> rounds() {
		return this.rounds;
	}

	@Override
	public void close() throws IOException {
		for (HttpConnection connection : this.connections) {
			connection.close();
		}
	}

}
