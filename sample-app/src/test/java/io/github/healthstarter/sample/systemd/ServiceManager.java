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

package io.github.healthstarter.sample.systemd;

import java.io.File;
import java.io.IOException;
import java.net.DatagramPacket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

import io.github.healthstarter.sample.JavaProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listens as systemd does, and notes what it is told and when.
 */
public final class ServiceManager implements AutoCloseable {

	private final String address;

	private final AFUNIXDatagramSocket socket;

	private final List<Told> told = new CopyOnWriteArrayList<>();

	private ServiceManager(String address, AFUNIXDatagramSocket socket) {
		this.address = address;
		this.socket = socket;
	}

	// A path in the directory that JUnit makes may be longer than a socket's may be
	public static ServiceManager listen() throws IOException {
		File file = Files.createTempDirectory("hs").resolve("notify").toFile();
		AFUNIXDatagramSocket socket = AFUNIXDatagramSocket.newInstance();
		socket.bind(AFUNIXSocketAddress.of(file));
		ServiceManager manager = new ServiceManager(file.toString(), socket);
		manager.hear();
		return manager;
	}

	/**
	 * Takes a name in the abstract namespace and does not listen; there is room for no
	 * datagram more.
	 * @return the manager
	 */
	static ServiceManager deaf() throws IOException {
		String name = "health-starter/" + UUID.randomUUID();
		AFUNIXSocketAddress address = AFUNIXSocketAddress.inAbstractNamespace(name);
		AFUNIXDatagramSocket socket = AFUNIXDatagramSocket.newInstance();
		socket.bind(address);
		while (fill(address)) {
			assertThat(socket.isBound()).isTrue();
		}
		return new ServiceManager("@" + name, socket);
	}

	// Its own buffer may be full as well
	private static boolean fill(AFUNIXSocketAddress address) throws IOException {
		boolean room = false;
		try (AFUNIXDatagramChannel sender = AFUNIXDatagramChannel.open()) {
			sender.configureBlocking(false);
			while (sender.send(ByteBuffer.wrap(new byte[] { 'X', '=' }), address) > 0) {
				room = true;
			}
		}
		return room;
	}

	/**
	 * Listens from now on.
	 */
	void hear() {
		Thread thread = new Thread(this::receive, "service-manager");
		thread.setDaemon(true);
		thread.start();
	}

	private void receive() {
		DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
		try {
			while (true) {
				packet.setLength(4096);
				this.socket.receive(packet);
				this.told.add(Told.of(packet));
			}
		}
		catch (IOException ex) {
			// Closed
		}
	}

	/**
	 * Starts an application as a service.
	 * @param log the file for its output
	 * @param watchdog how long it may be silent
	 * @param options the JVM's options
	 * @param arguments its arguments
	 * @return the process
	 */
	JavaProcess start(Path log, Duration watchdog, List<String> options, String... arguments) throws IOException {
		return start(log, watchdog, options, ServiceApplication.class, List.of(arguments));
	}

	/**
	 * Starts any application as a service.
	 * @param log the file for its output
	 * @param watchdog how long it may be silent
	 * @param options the JVM's options
	 * @param main its main class
	 * @param arguments its arguments
	 * @return the process
	 * @throws IOException if the JVM cannot be started
	 */
	public JavaProcess start(Path log, Duration watchdog, List<String> options, Class<?> main, List<String> arguments)
			throws IOException {
		List<String> command = new ArrayList<>();
		// The tests may have been started with the signal ignored, as by nohup
		command.addAll(List.of("env", "--default-signal=HUP", "NOTIFY_SOCKET=" + this.address,
				"WATCHDOG_USEC=" + watchdog.toNanos() / 1000,
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), "-XX:TieredStopAtLevel=1"));
		command.addAll(options);
		command.add(main.getName());
		command.addAll(arguments);
		return new JavaProcess(
				new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
	}

	List<Told> told() {
		return this.told;
	}

	public Told await(Predicate<Told> expected) {
		awaitCount(expected, 1);
		return this.told.stream().filter(expected).findFirst().orElseThrow();
	}

	void awaitCount(Predicate<Told> expected, int count) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(this.told).as("%s", this.told)
				.filteredOn(expected)
				.hasSizeGreaterThanOrEqualTo(count));
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
		if (!this.address.startsWith("@")) {
			Path file = Path.of(this.address);
			Files.deleteIfExists(file);
			Files.delete(file.getParent());
		}
	}

	/**
	 * A datagram.
	 *
	 * @param nanos when it came, on the clock of {@link System#nanoTime()}
	 * @param assignments what it says
	 */
	public record Told(long nanos, Map<String, String> assignments) {

		private static Told of(DatagramPacket packet) {
			long nanos = System.nanoTime();
			String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
			return new Told(nanos,
					text.lines()
						.map((line) -> line.split("=", 2))
						.collect(Collectors.toMap((pair) -> pair[0], (pair) -> pair[1])));
		}

		public boolean says(String key, String value) {
			return value.equals(this.assignments.get(key));
		}

		String get(String key) {
			return this.assignments.getOrDefault(key, "");
		}

	}

}
