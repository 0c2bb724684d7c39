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

package io.github.healthstarter.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import io.github.healthstarter.sample.http.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SampleApplication} as a process of its own.
 */
class SampleApplicationTests {

	private static final Pattern SERVERS = Pattern
		.compile("PostgreSQL runs on port \\d+ \\(pid (\\d+)\\) and Redis on port \\d+ \\(pid (\\d+)\\)");

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private static final Pattern FIRST_REQUEST = Pattern.compile("Completed initialization");

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	void sigtermFinishesRequestsAndLeavesNothingBehind(@TempDir Path directory) throws Exception {
		try (JavaProcess application = JavaProcess.start(directory.resolve("log"), SampleApplication.class,
				"--server.port=0")) {
			MatchResult pids = application.await(SERVERS);
			List<TestProcess> servers = List.of(TestProcess.of(pids.group(1)), TestProcess.of(pids.group(2)));
			Path files = servers.get(1).directory();
			CompletableFuture<HttpResponse<String>> report = requestReport(application.await(PORT).group(1));
			application.await(FIRST_REQUEST);
			application.process().destroy();
			assertThat(report.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
			assertThat(application.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
			assertThat(application.process().exitValue()).isEqualTo(143);
			assertThat(files).doesNotExist();
			assertThat(servers).noneMatch(TestProcess::isRunning);
		}
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	void readinessFollowsRedisAndNothingElseDoes(@TempDir Path directory) throws Exception {
		try (JavaProcess application = JavaProcess.start(directory.resolve("log"), SampleApplication.class,
				"--server.port=0")) {
			TestProcess redis = TestProcess.of(application.await(SERVERS).group(2));
			int port = Integer.parseInt(application.await(PORT).group(1));
			awaitReadiness(port, 200, "\"state\":\"running\"");
			redis.signal("STOP");
			awaitReadiness(port, 503, "\"reason\":\"redis: ");
			assertThat(HttpConnection.ask(port, "GET", "/healthz").status()).isEqualTo(200);
			assertThat(HttpConnection.ask(port, "GET", "/readyz/db").status()).isEqualTo(200);
			assertThat(HttpConnection.ask(port, "GET", "/orders").status()).isEqualTo(200);
			redis.signal("CONT");
			awaitReadiness(port, 200, "\"state\":\"running\"");
			redis.signal("KILL");
			awaitReadiness(port, 503, "\"reason\":\"redis: ");
		}
	}

	private static void awaitReadiness(int port, int status, String part) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(HttpConnection.ask(port, "GET", "/readyz")).satisfies((answer) -> {
				assertThat(answer.status()).isEqualTo(status);
				assertThat(answer.body()).contains(part);
			}));
	}

	private static CompletableFuture<HttpResponse<String>> requestReport(String port) {
		URI report = URI.create("http://localhost:" + port + "/orders/report?delay=1s");
		return HttpClient.newHttpClient().sendAsync(HttpRequest.newBuilder(report).build(), BodyHandlers.ofString());
	}

}
