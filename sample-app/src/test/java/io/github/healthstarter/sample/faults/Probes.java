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

package io.github.healthstarter.sample.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import io.github.healthstarter.sample.JavaProcess;
import io.github.healthstarter.sample.http.HttpAnswer;
import io.github.healthstarter.sample.http.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The probe server of a process, from before its context is built, and the states in
 * which it has been seen.
 */
final class Probes {

	private static final Pattern PORT = Pattern.compile("Probe server listening on port (\\d+)");

	private static final Pattern STATE = Pattern.compile("\"state\":\"([a-z-]+)\"");

	private static final Duration LIMIT = Duration.ofSeconds(90);

	private final int port;

	private final List<String> states = new ArrayList<>();

	private Probes(int port) {
		this.port = port;
	}

	/**
	 * Waits until the probe server listens.
	 * @param application an application whose {@code health.server.port} is 0
	 * @return its probes
	 */
	static Probes of(JavaProcess application) {
		return new Probes(Integer.parseInt(application.await(PORT).group(1)));
	}

	int port() {
		return this.port;
	}

	int status(String path) throws IOException {
		return ask(path).status();
	}

	private HttpAnswer ask(String path) throws IOException {
		HttpAnswer answer = HttpConnection.ask(this.port, "GET", path);
		if (path.equals("/readyz")) {
			note(STATE.matcher(answer.body()).results().map((found) -> found.group(1)).toList());
		}
		return answer;
	}

	private void note(List<String> found) {
		assertThat(found).hasSize(1);
		if (this.states.isEmpty() || !this.states.get(this.states.size() - 1).equals(found.get(0))) {
			this.states.addAll(found);
		}
	}

	/**
	 * Returns the states in which the instance has been seen, each once for as long as it
	 * lasted.
	 * @return the states
	 */
	List<String> states() {
		return List.copyOf(this.states);
	}

	/**
	 * Waits for an answer.
	 * @param path the path of a probe
	 * @param status its status
	 * @param parts parts of its body
	 */
	void await(String path, int status, String... parts) {
		await().untilAsserted(() -> assertThat(ask(path)).satisfies((answer) -> {
			assertThat(answer.status()).as(answer.body()).isEqualTo(status);
			assertThat(parts).as(answer.body()).allMatch(answer.body()::contains);
		}));
	}

	static ConditionFactory await() {
		return Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).ignoreExceptions();
	}

}
