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

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import io.github.healthstarter.sample.JavaProcess;
import io.github.healthstarter.sample.http.HttpConnection;
import io.github.healthstarter.sample.servers.Relay;
import io.github.healthstarter.sample.servers.SharedServers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests of a real process whose heap is exhausted for some seconds.
 */
@Tag("long")
@Timeout(240)
@Execution(ExecutionMode.CONCURRENT)
class ExhaustedHeapTests {

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	// Signals of liveness are looked at every five seconds
	private static final Duration TWO_LOOKS = Duration.ofSeconds(11);

	@TempDir
	private Path directory;

	// Nobody connects to the web server and its poller sleeps, so that neither it nor the
	// acceptor needs memory
	@Test
	void allChecksRunAgainAfterwardsAndLivenessPassesIfNoThreadOfTheWebServerHasEnded() throws Exception {
		try (Relay postgres = Relay.to(SharedServers.postgresPort());
				Relay redis = Relay.to(SharedServers.redisPort());
				Relay others = Relay.to(SharedServers.redisPort());
				JavaProcess application = start(postgres.port(), redis.port(), others.port(),
						List.of("-Dexhaustion.millis=3000"), "--poller.millis=3600000")) {
			Probes probes = Probes.of(application);
			probes.await("/readyz", 200);
			exhaust(application, probes.port());
			probes.await("/readyz", 200, '"' + ExhaustibleApplication.LATER + '"');
			probes.await("/healthz", 200);
			assertThat(HttpConnection.ask(port(application), "GET", "/healthz").status())
				.as("no thread of the web server has ended")
				.isEqualTo(200);
			postgres.cut();
			redis.cut();
			others.cut();
			probes.await("/readyz", 503, reasons());
			Probes.await().during(TWO_LOOKS).until(() -> probes.status("/healthz") == 200);
		}
	}

	private static String[] reasons() {
		List<String> reasons = new ArrayList<>(List.of("db: ", "redis: "));
		IntStream.range(0, ExhaustibleApplication.NUMBER)
			.forEach((number) -> reasons.add(ExhaustibleApplication.CONNECTIONS + number + ": "));
		return reasons.toArray(String[]::new);
	}

	// Memory is exhausted until one of the threads has ended, whichever needs some first
	@Test
	void webServerWhoseThreadHasEndedFailsLiveness() throws Exception {
		int redis = SharedServers.redisPort();
		try (JavaProcess application = start(SharedServers.postgresPort(), redis, redis,
				List.of("-Dexhaustion.millis=2000", "-Dexhaustion.until.ended=true"))) {
			Probes probes = Probes.of(application);
			probes.await("/readyz", 200);
			int port = port(application);
			exhaust(application, port);
			probes.await("/healthz", 503, "webServer: thread of the web server has ended: ");
			probes.await("/readyz", 503, "\"state\":\"broken\"");
			assertThatIOException().isThrownBy(() -> call(port, Duration.ofSeconds(2)));
		}
	}

	private JavaProcess start(int postgres, int redis, int others, List<String> options, String... arguments)
			throws IOException {
		List<String> allOptions = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m"));
		allOptions.addAll(options);
		List<String> allArguments = new ArrayList<>(List.of("--spring.profiles.active=external", "--server.port=0",
				"--health.server.port=0", "--spring.datasource.username=postgres", "--spring.sql.init.mode=never",
				"--health.check-defaults.interval=500ms", "--spring.data.redis.port=" + redis,
				"--spring.datasource.url=jdbc:postgresql://127.0.0.1:%d/postgres".formatted(postgres),
				"--dependency.port=" + others));
		IntStream.range(0, ExhaustibleApplication.NUMBER)
			.forEach((number) -> allArguments
				.add("--health.checks.%s%d.impact=required".formatted(ExhaustibleApplication.CONNECTIONS, number)));
		allArguments.addAll(List.of(arguments));
		return JavaProcess.start(this.directory.resolve("log"), allOptions, ExhaustibleApplication.class, allArguments);
	}

	private static int port(JavaProcess application) {
		return Integer.parseInt(application.await(PORT).group(1));
	}

	// Somebody connects all the time
	private static void exhaust(JavaProcess application, int port) throws IOException {
		OutputStream input = application.process().getOutputStream();
		input.write('\n');
		input.flush();
		Probes.await().until(() -> {
			try {
				call(port, Duration.ofMillis(100));
			}
			catch (IOException ex) {
				// There may be no memory for an answer
			}
			return Files.readString(application.output()).contains(Exhaustion.OVER);
		});
	}

	private static void call(int port, Duration limit) throws IOException {
		try (Socket socket = new Socket()) {
			int millis = Math.toIntExact(limit.toMillis());
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millis);
			socket.setSoTimeout(millis);
			socket.getOutputStream().write(HttpConnection.request("GET", "/"));
			if (socket.getInputStream().read() < 0) {
				throw new EOFException("No answer");
			}
		}
	}

}
