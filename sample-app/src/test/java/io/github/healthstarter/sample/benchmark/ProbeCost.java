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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.awaitility.Awaitility;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.healthstarter.sample.SampleApplication;
import io.github.healthstarter.sample.http.HttpConnection;
import io.github.healthstarter.sample.servers.SharedServers;

/**
 * Runs the sample application with and without the starter and writes down what a request
 * costs the server: the starter's probes, Actuator's with the same checks, and the
 * simplest controller there is.
 */
public final class ProbeCost {

	static final String PLAIN = "plain controller";

	static final String PLAIN_WITHOUT_STARTER = "plain controller, starter off";

	private static final int WARM_UP_ROUNDS = 200;

	private static final int ROUNDS = 100;

	private static final int REQUESTS = 25;

	private ProbeCost() {
	}

	/**
	 * Measures.
	 * @param args the file to write the table to
	 * @throws IOException if a request fails
	 */
	public static void main(String[] args) throws IOException {
		Locale.setDefault(Locale.ROOT);
		bindToOneProcessor();
		try (var with = start("--management.endpoint.health.group.readiness.include=readinessState,db,redis",
				"--management.endpoint.health.probes.enabled=true"); var without = start("--health.enabled=false")) {
			Awaitility.await().until(() -> HttpConnection.ask(port(with), "GET", "/readyz").status() == 200);
			List<Subject> subjects = subjects(port(with), port(without));
			run(subjects, WARM_UP_ROUNDS);
			subjects.forEach(Subject::forget);
			run(subjects, ROUNDS);
			List<Cost> costs = subjects.stream().map((subject) -> Cost.of(subject, subjects.get(0))).toList();
			Files.writeString(Path.of(args[0]), Cost.table(costs));
			for (Subject subject : subjects) {
				subject.close();
			}
		}
	}

	// To wake a thread on another processor costs as much as a whole probe, at times, and
	// the next moment nothing
	private static void bindToOneProcessor() {
		try {
			String allowed = Files.readString(Path.of("/proc/self/status"))
				.replaceAll("(?s).*Cpus_allowed_list:\\s*(\\d+).*", "$1");
			String pid = String.valueOf(ProcessHandle.current().pid());
			new ProcessBuilder("taskset", "-acp", allowed, pid).inheritIO().start().onExit().join();
		}
		catch (IOException ex) {
			System.out.println("Not bound to one processor, expect more noise: " + ex);
		}
	}

	private static List<Subject> subjects(int with, int without) throws IOException {
		return List.of(Subject.of(PLAIN, with, PlainController.PATH),
				Subject.of(PLAIN_WITHOUT_STARTER, without, PlainController.PATH),
				Subject.of("/readyz", with, "/readyz"),
				Subject.of("/readyz, untrusted", with, "/readyz", "X-Forwarded-For: 192.0.2.1"),
				Subject.of("/healthz", with, "/healthz"),
				Subject.of("/actuator/health/readiness", with, "/actuator/health/readiness"),
				Subject.of("/actuator/health/liveness", with, "/actuator/health/liveness"));
	}

	// In short turns, so that what else the machine does meets all alike
	private static void run(List<Subject> subjects, int rounds) throws IOException {
		for (int round = 0; round < rounds; round++) {
			for (Subject subject : subjects) {
				subject.measure(REQUESTS);
			}
		}
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		List<String> all = new ArrayList<>(SharedServers.arguments());
		all.addAll(
				List.of("--server.port=0", "--server.tomcat.max-keep-alive-requests=-1", "--logging.level.root=warn"));
		all.addAll(List.of(arguments));
		return new SpringApplication(SampleApplication.class, PlainController.class).run(all.toArray(String[]::new));
	}

	private static int port(ConfigurableApplicationContext context) {
		return ((WebServerApplicationContext) context).getWebServer().getPort();
	}

}
