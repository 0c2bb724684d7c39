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

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import io.github.healthstarter.sample.http.HttpConnection;
import io.github.healthstarter.sample.servers.FreePorts;

/**
 * A HAProxy in front of several instances, which it asks for their readiness, every
 * second if nothing else is wanted. It sends no request a second time, neither to the
 * same instance nor to another. Its connections come from an address of their own, as
 * they would from its own machine.
 *
 * @param process the process
 * @param port where it takes requests
 * @param statisticsPort where it tells how it sees the instances
 * @param log the file with its output: one line for each request that did not go well
 */
record HaProxy(Process process, int port, int statisticsPort, Path log) implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static final String CHECKS = "inter 1s fall 2 rise 1";

	private static final int STATUS = 17;

	private static final int SECONDS_SINCE_CHANGE = 23;

	private static final String CONFIGURATION = """
			global
			    log stdout format raw local0
			defaults
			    mode http
			    log global
			    option httplog
			    option dontlog-normal
			    timeout connect 20s
			    timeout client 60s
			    timeout server 60s
			    timeout check 20s
			    retries 0
			    no option redispatch
			    retry-on none
			frontend traffic
			    bind 127.0.0.1:%d
			    default_backend instances
			frontend statistics
			    bind 127.0.0.1:%d
			    stats enable
			    stats uri /
			backend instances
			    balance roundrobin
			    http-reuse always
			    source 127.0.0.2
			    option forwardfor
			    option httpchk GET %s
			    default-server check %s
			""";

	/**
	 * Looks for Debian's package where it and others put the program.
	 * @return the program, or empty where it is not installed
	 */
	static Optional<Path> executable() {
		return Stream.concat(Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
			.map((directory) -> Path.of(directory, "haproxy"))
			.filter(Files::isExecutable)
			.findFirst();
	}

	/**
	 * Starts it and waits until it sees all instances as ready.
	 * @param directory gets its files
	 * @param readinessPath where instances are asked for their readiness
	 * @param instances the ports of the instances
	 * @return the process
	 * @throws IOException if it cannot be started
	 */
	static HaProxy start(Path directory, String readinessPath, List<Integer> instances) throws IOException {
		return start(directory, readinessPath, CHECKS, instances);
	}

	/**
	 * Starts it with other checks and waits until it sees all instances as ready.
	 * @param directory gets its files
	 * @param readinessPath where instances are asked for their readiness
	 * @param checks their rhythm, as the configuration has it
	 * @param instances the ports of the instances
	 * @return the process
	 * @throws IOException if it cannot be started
	 */
	static HaProxy start(Path directory, String readinessPath, String checks, List<Integer> instances)
			throws IOException {
		List<Integer> ports = FreePorts.find(2);
		Path log = directory.resolve("haproxy.log");
		Path configuration = directory.resolve("haproxy.cfg");
		Files.writeString(configuration,
				instances.stream()
					.map((port) -> "    server instance-%d 127.0.0.1:%d%n".formatted(port, port))
					.collect(Collectors.joining("",
							CONFIGURATION.formatted(ports.get(0), ports.get(1), readinessPath, checks), "")));
		Process process = new ProcessBuilder(executable().orElseThrow().toString(), "-db", "-f",
				configuration.toString())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		HaProxy haProxy = new HaProxy(process, ports.get(0), ports.get(1), log);
		try {
			Awaitility.await()
				.atMost(LIMIT)
				.ignoreExceptionsMatching((ex) -> ex instanceof UncheckedIOException && process.isAlive())
				.until(() -> instances.stream().allMatch(haProxy::isUp));
			return haProxy;
		}
		catch (ConditionTimeoutException | UncheckedIOException ex) {
			haProxy.close();
			throw new IllegalStateException(Files.readString(log), ex);
		}
	}

	boolean isUp(int instance) {
		return statistics(instance).anyMatch((columns) -> columns[STATUS].equals("UP"));
	}

	boolean isDown(int instance) {
		return statistics(instance).anyMatch((columns) -> columns[STATUS].equals("DOWN"));
	}

	boolean isUpFor(int instance, Duration time) {
		return isUp(instance) && statistics(instance)
			.anyMatch((columns) -> Long.parseLong(columns[SECONDS_SINCE_CHANGE]) >= time.toSeconds());
	}

	private Stream<String[]> statistics(int instance) {
		try {
			return HttpConnection.ask(this.statisticsPort, "GET", "/;csv")
				.body()
				.lines()
				.filter((line) -> line.startsWith("instances,instance-" + instance + ","))
				.map((line) -> line.split(",", -1));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
