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

package io.github.healthstarter.sample.aot;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.healthstarter.sample.JavaProcess;
import io.github.healthstarter.sample.SampleApplication;
import io.github.healthstarter.sample.SampleProcess;
import io.github.healthstarter.sample.TestProcess;
import io.github.healthstarter.sample.http.HttpAnswer;
import io.github.healthstarter.sample.http.HttpConnection;
import io.github.healthstarter.sample.servers.SharedServers;
import io.github.healthstarter.sample.systemd.ServiceManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the sample application behaves the same where it has been processed ahead of
 * time.
 */
class AheadOfTimeTests {

	private static final Pattern CHECK = Pattern.compile("\"(\\w+)\":\\{\"status\":\"UP\",\"impact\":\"(\\w+)\"");

	private static final Pattern METRIC = Pattern.compile("(?m)^health_[^ ]+");

	private static final Pattern PROBE_SERVER = Pattern.compile("Probe server listening on port (\\d+)");

	private static final Pattern RELOADED = Pattern.compile("Reloaded by SIGHUP");

	// The first check of two applications that start at once may take long
	private static final String PATIENT = "--health.check-defaults.timeout=20s";

	private static final String OFTEN = "--health.check-defaults.informational-interval=1s";

	@TempDir
	private static Path directory;

	private static ProcessedApplication application;

	@BeforeAll
	static void process() throws Exception {
		application = ProcessedApplication.in(directory);
	}

	@Test
	void nothingIsStartedWhileTheApplicationIsProcessed() throws IOException {
		assertThat(application.log()).doesNotContain("listens on port", "Tomcat started", "Health:", "WARN", "ERROR");
	}

	@Test
	void probesChecksMetricsAndDrainAreTheSame() throws Exception {
		try (SampleProcess plain = SampleProcess.start(directory.resolve("plain"), PATIENT, OFTEN);
				SampleProcess processed = application.start(directory.resolve("processed"), PATIENT, OFTEN,
						"--health.drain.observed-failures=0")) {
			assertThat(processed.log()).contains("Starting AOT-processed SampleApplication");
			awaitAllUp(plain);
			awaitAllUp(processed);
			assertThat(checks(processed)).isEqualTo(checks(plain)).containsKeys("db", "redis");
			assertThat(metrics(processed)).isEqualTo(metrics(plain)).isNotEmpty();
			assertThat(processed.ask("GET", "/startupz").body()).contains("\"slowestBeans\":[{");
			for (String path : List.of("/healthz", "/readyz/db", "/readyz/write", "/actuator/health", "/orders")) {
				assertThat(processed.ask("GET", path).status()).as(path).isEqualTo(200);
			}
			drain(processed);
		}
	}

	private static void drain(SampleProcess process) throws Exception {
		assertThat(process.ask("POST", "/admin/drain").status()).isIn(200, 202);
		assertThat(process.ask("GET", "/readyz").status()).isEqualTo(503);
		HttpAnswer served = process.ask("GET", "/orders");
		assertThat(served.status()).isEqualTo(200);
		assertThat(served.closesConnection()).isTrue();
		assertThat(process.ask("DELETE", "/admin/drain").status()).isEqualTo(200);
		assertThat(process.ask("GET", "/readyz").status()).isEqualTo(200);
		process.signal("TERM");
		assertThat(process.exitCode(Duration.ofSeconds(30))).isEqualTo(143);
		assertThat(process.log()).contains("trigger=SIGTERM").doesNotContain("WARN", "ERROR");
	}

	@Test
	void whatIsKnownOnlyAtTheStartCounts() throws Exception {
		List<String> arguments = new ArrayList<>(SharedServers.arguments());
		arguments
			.addAll(List.of("--server.port=0", "--health.server.port=0", "--health.checks.redis.impact=degrading"));
		try (ServiceManager manager = ServiceManager.listen();
				JavaProcess process = manager.start(directory.resolve("service"), Duration.ofMinutes(1),
						application.options(), SampleApplication.class, arguments)) {
			int port = Integer.parseInt(process.await(PROBE_SERVER).group(1));
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(HttpConnection.ask(port, "GET", "/readyz").body())
					.contains("\"state\":\"running\"", "\"redis\":{\"status\":\"UP\",\"impact\":\"degrading\""));
			manager.await((told) -> told.says("READY", "1"));
			new TestProcess(process.process().pid()).signal("HUP");
			manager.await((told) -> told.says("RELOADING", "1"));
			process.await(RELOADED);
		}
	}

	private static void awaitAllUp(SampleProcess process) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(process.ask("GET", "/readyz").body()).doesNotContain("UNKNOWN"));
	}

	private static Map<String, String> checks(SampleProcess process) throws IOException {
		Map<String, String> checks = new TreeMap<>();
		CHECK.matcher(process.ask("GET", "/readyz").body())
			.results()
			.forEach((match) -> checks.put(match.group(1), match.group(2)));
		return checks;
	}

	private static Set<String> metrics(SampleProcess process) throws IOException {
		Set<String> metrics = new TreeSet<>();
		METRIC.matcher(process.ask("GET", "/actuator/prometheus").body())
			.results()
			.forEach((match) -> metrics.add(match.group()));
		return metrics;
	}

}
