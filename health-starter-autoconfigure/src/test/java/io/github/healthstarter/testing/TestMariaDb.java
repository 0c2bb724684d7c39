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
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.mariadb.jdbc.MariaDbDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * A real MariaDB for tests, from the programs of Debian's {@code mariadb-server-core}, in
 * a process and a directory of its own.
 */
public final class TestMariaDb implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final Path directory;

	private final int port;

	private final Process process;

	private TestMariaDb(Path directory, int port, Process process) {
		this.directory = directory;
		this.port = port;
		this.process = process;
	}

	/**
	 * Whether the programs are there.
	 * @return {@code true} if a server can be started
	 */
	public static boolean isInstalled() {
		return find("mariadbd").isPresent() && find("mariadb-install-db").isPresent();
	}

	/**
	 * Starts a server and waits until it answers.
	 * @return the server, for the caller to close
	 */
	public static TestMariaDb start() {
		try {
			Path directory = Files.createTempDirectory("test-mariadb-");
			int port = freePort();
			String data = "--datadir=" + directory;
			Process installation = run(directory, "mariadb-install-db", "--no-defaults", data,
					"--auth-root-authentication-method=normal", "--skip-test-db");
			if (!installation.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || installation.exitValue() != 0) {
				throw new IllegalStateException(Files.readString(directory.resolve("log")));
			}
			TestMariaDb server = new TestMariaDb(directory, port,
					run(directory, "mariadbd", "--no-defaults", data, "--port=" + port, "--bind-address=127.0.0.1",
							"--skip-name-resolve", "--socket=" + directory.resolve("socket")));
			server.awaitAnswer();
			return server;
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Process run(Path directory, String program, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of(find(program).orElseThrow().toString()));
		command.addAll(List.of(arguments));
		command.add("--user=" + System.getProperty("user.name"));
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
			.start();
	}

	private static Optional<Path> find(String program) {
		Stream<String> places = Stream.concat(Stream.of(System.getenv("PATH").split(File.pathSeparator)),
				Stream.of("/usr/sbin"));
		return places.map((place) -> Path.of(place, program)).filter(Files::isExecutable).findFirst();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private void awaitAnswer() {
		Awaitility.await()
			.atMost(LIMIT)
			.ignoreExceptions()
			.until(() -> dataSource("mysql", "root", "").getConnection().isValid(1));
	}

	/**
	 * Connects anew for each connection.
	 * @param database the database
	 * @param user the user, {@code root} with an empty password to begin with
	 * @param password the password
	 * @return the data source
	 */
	public DataSource dataSource(String database, String user, String password) {
		try {
			MariaDbDataSource dataSource = new MariaDbDataSource(
					"jdbc:mariadb://127.0.0.1:" + this.port + "/" + database);
			dataSource.setUser(user);
			dataSource.setPassword(password);
			return dataSource;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		this.process.onExit().join();
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
