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

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * A real proxy on this machine, a process of its own.
 *
 * @param process the process
 * @param port the port that it listens on
 */
public record LocalProxy(Process process, int port) implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String NGINX = """
			daemon off;
			master_process off;
			pid nginx.pid;
			error_log stderr;
			events {
			}
			http {
				access_log off;
				client_body_temp_path body;
				proxy_temp_path proxy;
				fastcgi_temp_path fastcgi;
				uwsgi_temp_path uwsgi;
				scgi_temp_path scgi;
				upstream application {
					server 127.0.0.1:%2$d;
				}
				server {
					listen 127.0.0.1:%1$d;
					location / {
						%3$s
					}
				}
			}
			""";

	private static final String HAPROXY = """
			defaults
				mode %3$s
				timeout connect 20s
				timeout client 60s
				timeout server 60s
			listen application
				bind 127.0.0.1:%1$d
				server application 127.0.0.1:%2$d
			""";

	/**
	 * Start nginx, or skip the test if it is not installed.
	 * @param directory gets its files
	 * @param upstream the port of the server behind it
	 * @param directives what it does with requests; {@code %d} is the port
	 * @return the proxy, listening
	 * @throws IOException if it cannot be started
	 */
	public static LocalProxy nginx(Path directory, int upstream, String directives) throws IOException {
		int port = freePort();
		Path configuration = Files.writeString(directory.resolve("nginx.conf"),
				NGINX.formatted(port, upstream, directives.formatted(upstream)));
		return start(port, "nginx", "-p", directory.toString(), "-c", configuration.toString(), "-e", "stderr");
	}

	/**
	 * Start HAProxy, or skip the test if it is not installed.
	 * @param directory gets its files
	 * @param upstream the port of the server behind it
	 * @param mode {@code http} or {@code tcp}
	 * @return the proxy, listening
	 * @throws IOException if it cannot be started
	 */
	public static LocalProxy haProxy(Path directory, int upstream, String mode) throws IOException {
		int port = freePort();
		Path configuration = Files.writeString(directory.resolve("haproxy.cfg"),
				HAPROXY.formatted(port, upstream, mode));
		return start(port, "haproxy", "-db", "-f", configuration.toString());
	}

	private static LocalProxy start(int port, String program, String... arguments) throws IOException {
		Optional<Path> executable = find(program);
		Assumptions.assumeTrue(executable.isPresent(), program + " is not installed");
		List<String> command = Stream.concat(Stream.of(executable.orElseThrow().toString()), Stream.of(arguments))
			.toList();
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.INHERIT)
			.start();
		LocalProxy proxy = new LocalProxy(process, port);
		try {
			Awaitility.await()
				.atMost(LIMIT)
				.failFast(program + " has ended", () -> !process.isAlive())
				.untilAsserted(() -> assertThatNoException().isThrownBy(() -> proxy.connect().close()));
			return proxy;
		}
		catch (RuntimeException ex) {
			proxy.close();
			throw ex;
		}
	}

	/**
	 * Find a program where Debian's and other packages put it.
	 * @param name the name of its file
	 * @return the program, empty if it is not installed
	 */
	public static Optional<Path> find(String name) {
		return Stream.concat(Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
			.map((directory) -> Path.of(directory, name))
			.filter(Files::isExecutable)
			.findFirst();
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Open a connection.
	 * @return the connection, for the caller to close
	 */
	public HttpConnection connect() {
		return HttpConnection.to(this.port);
	}

	/**
	 * Send a request through the proxy, on a connection of its own.
	 * @param method the method
	 * @param target the target
	 * @param headers lines such as {@code Host: shop.example}
	 * @return the answer
	 */
	public HttpAnswer ask(String method, String target, String... headers) {
		try (HttpConnection connection = connect()) {
			return connection.ask(method, target, headers);
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
