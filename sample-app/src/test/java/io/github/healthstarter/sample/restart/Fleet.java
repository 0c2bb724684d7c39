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

package io.github.healthstarter.sample.restart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import io.github.healthstarter.sample.SampleProcess;
import io.github.healthstarter.sample.http.HttpConnection;
import io.github.healthstarter.sample.servers.FreePorts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three instances of an application, each a process that comes back on its port.
 */
final class Fleet implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static final int SIZE = 3;

	private static final int WARM_UP = 100;

	private final Application application;

	private final Path directory;

	private final List<Integer> ports = FreePorts.find(SIZE);

	private final Map<Integer, SampleProcess> processes = new ConcurrentHashMap<>();

	private final List<String> logs = new ArrayList<>();

	private Fleet(Application application, Path directory) {
		this.application = application;
		this.directory = directory;
	}

	static Fleet start(Application application, Path directory) throws IOException {
		Fleet fleet = new Fleet(application, directory);
		try {
			fleet.ports.parallelStream().forEach(fleet::start);
			fleet.warmUp();
			return fleet;
		}
		catch (IOException | RuntimeException ex) {
			fleet.close();
			throw ex;
		}
	}

	private void start(int port) {
		try {
			Path log = this.directory.resolve(port + "-" + this.logs.size() + ".log");
			this.processes.put(port, this.application.start(log, port));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// In a fleet that has worked for a while no more than one instance is cold at a time
	private void warmUp() throws IOException {
		for (int port : this.ports) {
			for (int i = 0; i < WARM_UP; i++) {
				HttpConnection.ask(port, "GET", "/orders");
			}
		}
	}

	List<Integer> ports() {
		return this.ports;
	}

	/**
	 * Ends an instance as an orchestrator does, and starts it anew.
	 * @param port its port
	 * @throws InterruptedException if the waiting is interrupted
	 */
	void restart(int port) throws InterruptedException {
		try (SampleProcess process = Objects.requireNonNull(this.processes.get(port))) {
			process.signal("TERM");
			assertThat(process.exitCode(LIMIT)).isEqualTo(143);
			this.logs.add(process.log());
		}
		start(port);
	}

	/**
	 * Returns what the instances wrote that have ended.
	 * @return one log for each restart
	 */
	List<String> logs() {
		return this.logs;
	}

	@Override
	public void close() {
		this.processes.values().forEach(SampleProcess::close);
	}

}
