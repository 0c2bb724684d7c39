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

package io.github.healthstarter.web;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.testing.ConnectionFlood;
import io.github.healthstarter.testing.Flood;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.MachinePauses;
import io.github.healthstarter.testing.SlowSenders;
import io.github.healthstarter.testing.StartupAttempt;
import io.github.healthstarter.testing.TestCertificate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the probe server answers a prober as usual whatever others do to it. A run
 * that fails while the machine itself delays a bare echo is repeated.
 */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FloodTests {

	private static final Duration LIMIT = Duration.ofSeconds(1);

	private static final double WITHIN_LIMIT = 0.99;

	private static final Duration MACHINE_LIMIT = Duration.ofMillis(200);

	private static final int ATTEMPTS = 2;

	private static final int SLOWEST = 5;

	// Of every second prober, which has an address that many a flood uses as well
	private static final String SHARED = "127.0.4.";

	private static final int MANY = 200;

	private static final String PLAIN = "plain text";

	private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration CHECK_INTERVAL = Duration.ofMillis(500);

	// Jitter takes off up to a tenth
	private static final Duration SHORTEST_INTERVAL = CHECK_INTERVAL.multipliedBy(9).dividedBy(10);

	@TempDir
	private static Path directory;

	private final Map<String, TestCertificate> certificates = new HashMap<>();

	private final Map<String, ConfigurableApplicationContext> applications = new HashMap<>();

	@BeforeAll
	void start() {
		this.applications.put(PLAIN, application());
		for (String key : List.of("EC", "RSA")) {
			TestCertificate certificate = TestCertificate.create(directory, key, key);
			this.certificates.put(key, certificate);
			this.applications.put(key,
					application("health.server.ssl.bundle=probes",
							"spring.ssl.bundle.jks.probes.keystore.location=" + certificate.file(),
							"spring.ssl.bundle.jks.probes.keystore.password=" + TestCertificate.PASSWORD));
		}
		for (Load load : Load.values()) {
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> probe(load, 2) == 200);
		}
	}

	private static ConfigurableApplicationContext application(String... further) {
		List<String> properties = new ArrayList<>(
				List.of("health.server.port=0", "health.server.request-timeout=" + REQUEST_TIMEOUT.toMillis() + "ms",
						"health.check-defaults.interval=" + CHECK_INTERVAL.toMillis() + "ms",
						"health.checks.counted.impact=required"));
		properties.addAll(List.of(further));
		return StartupAttempt.plain(Flooded.class).start(properties.toArray(String[]::new));
	}

	@AfterAll
	void stop() {
		this.applications.values().forEach(ConfigurableApplicationContext::close);
	}

	@ParameterizedTest
	@EnumSource
	void probesAreAnsweredDuring(Load load) throws Exception {
		assertThatProbesAreAnswered(load, new Phase(Duration.ofSeconds(2), 2, Duration.ofMillis(100)));
	}

	@ParameterizedTest
	@EnumSource
	@Tag("long")
	void probesAreAnsweredForLongDuring(Load load) throws Exception {
		assertThatProbesAreAnswered(load, new Phase(Duration.ofSeconds(10), 10, Duration.ofSeconds(1)));
	}

	@SuppressWarnings("try")
	private void assertThatProbesAreAnswered(Load load, Phase phase) throws Exception {
		Flooded application = context(load).getBean(Flooded.class);
		IntStream.range(0, phase.probers).forEach((i) -> assertThat(probe(load, 2 + i)).isEqualTo(200));
		List<Answer> slowest = List.of();
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			long begunAt = System.nanoTime();
			long runsBefore = application.runs.get();
			List<Answer> answers;
			Duration pause;
			try (MachinePauses pauses = MachinePauses.watching(); AutoCloseable unused = load.begin.apply(port(load))) {
				answers = probe(load, phase);
				pause = pauses.longest();
			}
			long intervals = Duration.ofNanos(System.nanoTime() - begunAt).dividedBy(SHORTEST_INTERVAL);
			assertThat(application.runs.get() - runsBefore).isPositive().isLessThanOrEqualTo(intervals + 1);
			if (isAsUsual(answers)) {
				return;
			}
			slowest = answers.stream().sorted(Comparator.comparing(Answer::took).reversed()).limit(SLOWEST).toList();
			assertThat(pause).as("delay of a bare echo, with the answers %s", slowest)
				.isGreaterThanOrEqualTo(MACHINE_LIMIT);
		}
		Assumptions.abort("The machine delayed a bare echo for longer than " + MACHINE_LIMIT
				+ " in each attempt; slowest answers were " + slowest);
	}

	private static boolean isAsUsual(List<Answer> answers) {
		assertThat(answers).isNotEmpty();
		long inTime = answers.stream().filter((answer) -> answer.took.compareTo(LIMIT) < 0).count();
		return answers.stream().allMatch((answer) -> answer.status == 200)
				&& (double) inTime / answers.size() >= WITHIN_LIMIT;
	}

	private List<Answer> probe(Load load, Phase phase) {
		List<CompletableFuture<List<Answer>>> probers = new ArrayList<>();
		for (int i = 0; i < phase.probers; i++) {
			CompletableFuture<List<Answer>> prober = new CompletableFuture<>();
			int host = 2 + i;
			Duration offset = phase.between.multipliedBy(i).dividedBy(phase.probers);
			Thread thread = new Thread(() -> {
				pause(offset);
				prober.complete(probe(load, phase, host));
			}, "prober-" + host);
			thread.setDaemon(true);
			thread.start();
			probers.add(prober);
		}
		return probers.stream().flatMap((prober) -> prober.join().stream()).toList();
	}

	private List<Answer> probe(Load load, Phase phase, int host) {
		List<Answer> answers = new ArrayList<>();
		long begunAt = System.nanoTime();
		while (System.nanoTime() - begunAt < phase.length.toNanos()) {
			long askedAt = System.nanoTime();
			int status = probe(load, host);
			answers.add(new Answer(status, Duration.ofNanos(System.nanoTime() - askedAt)));
			pause(phase.between);
		}
		return answers;
	}

	// No answer is a status of 0
	private int probe(Load load, int host) {
		String address = ((host % 2 == 0) ? "127.0.0." : SHARED) + host;
		TestCertificate certificate = this.certificates.get(load.key);
		try (HttpConnection connection = (certificate != null)
				? HttpConnection.encrypted(address, port(load), certificate.context())
				: HttpConnection.from(address, port(load))) {
			return connection.ask("GET", "/readyz").status();
		}
		catch (RuntimeException ex) {
			return 0;
		}
	}

	private ConfigurableApplicationContext context(Load load) {
		return this.applications.get(load.key);
	}

	private int port(Load load) {
		return context(load).getEnvironment().getRequiredProperty("local.health.port", Integer.class);
	}

	private static void pause(Duration between) {
		try {
			Thread.sleep(between.toMillis());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Load by others meanwhile.
	 */
	@SuppressWarnings("ImmutableEnumChecker")
	enum Load {

		HALF_OPEN_64((port) -> slow(port, 64)),

		HALF_OPEN_512((port) -> slow(port, 512)),

		HALF_REQUESTS((port) -> connections(port, 1000, MANY,
				"GET /readyz HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII))),

		TLS_HELLOS("EC", (port) -> connections(port, 300, MANY, ConnectionFlood.clientHello())),

		TLS_HELLOS_OF_ONE("RSA", (port) -> connections(port, 300, 1, ConnectionFlood.clientHello())),

		PIPELINED((port) -> connections(port, 200, MANY, ConnectionFlood.pipelined("/readyz", 400))),

		WHOLE_REQUESTS((port) -> {
			Flood flood = Flood.start(port, 5000);
			return () -> {
				try (flood) {
					flood.assertRateWasReached();
				}
			};
		});

		private final IntFunction<AutoCloseable> begin;

		private final String key;

		Load(IntFunction<AutoCloseable> begin) {
			this(PLAIN, begin);
		}

		Load(String key, IntFunction<AutoCloseable> begin) {
			this.key = key;
			this.begin = begin;
		}

		private static AutoCloseable slow(int port, int count) {
			SlowSenders slow = SlowSenders.start(port, count);
			return () -> {
				try (slow) {
					slow.assertAllWereClosedWithin(REQUEST_TIMEOUT);
				}
			};
		}

		private static AutoCloseable connections(int port, int perSecond, int addresses, byte[] sent) {
			ConnectionFlood flood = ConnectionFlood.start(port, perSecond, addresses, sent);
			return () -> {
				try (flood) {
					flood.assertRateWasReached();
				}
			};
		}

	}

	/**
	 * How long and how often there are probes.
	 *
	 * @param length how long
	 * @param probers how many hosts probe
	 * @param between the time between two probes of a host
	 */
	private record Phase(Duration length, int probers, Duration between) {

	}

	/**
	 * An answer.
	 *
	 * @param status the status, 0 for none
	 * @param took how long it took
	 */
	private record Answer(int status, Duration took) {

	}

	/**
	 * The application, which counts how often its dependency is asked.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Flooded {

		private final AtomicLong runs = new AtomicLong();

		@Bean
		HealthIndicator countedHealthIndicator() {
			return () -> {
				this.runs.incrementAndGet();
				return Health.up().build();
			};
		}

	}

}
