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

package io.github.healthstarter.metrics;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.mode.ModeController;
import io.github.healthstarter.testing.ProbedApplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests what a scrape shows of an application that has lived a little.
 */
class MetersTests {

	private static final List<Path> PROMTOOL = List.of(Path.of("/usr/bin/promtool"),
			Path.of("/usr/local/bin/promtool"));

	private static ProbedApplication application;

	@BeforeAll
	static void startApplication() {
		application = ProbedApplication.start(new SpringApplicationBuilder(Application.class),
				"health.checks.steady.impact=required", "health.checks.failing.impact=degrading",
				"health.checks.hanging.timeout=100ms", "health.checks.counting.interval=1h",
				"health.checks.counting.impact=degrading", "health.access.token=secret",
				"management.endpoints.web.exposure.include=prometheus", "spring.autoconfigure.exclude="
						+ "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration");
		application.awaitState("degraded");
	}

	@AfterAll
	static void closeApplication() {
		application.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "health_probe_requests_total{probe=\"liveness\",result=\"ok\"}",
			"health_probe_requests_total{probe=\"liveness\",result=\"fail\"}",
			"health_probe_requests_total{probe=\"readiness\",result=\"ok\"}",
			"health_probe_requests_total{probe=\"readiness\",result=\"fail\"}",
			"health_probe_requests_total{probe=\"startup\",result=\"ok\"}",
			"health_probe_requests_total{probe=\"startup\",result=\"fail\"}", "health_state{state=\"starting\"} 0.0",
			"health_state{state=\"running\"} 0.0", "health_state{state=\"degraded\"} 1.0",
			"health_state{state=\"failing\"} 0.0", "health_state{state=\"maintenance\"} 0.0",
			"health_state{state=\"draining\"} 0.0", "health_state{state=\"stopping\"} 0.0",
			"health_state{state=\"broken\"} 0.0", "health_state{state=\"failed\"} 0.0",
			"health_check_up{check=\"steady\",impact=\"required\"} 1.0",
			"health_check_up{check=\"failing\",impact=\"degrading\"} 0.0",
			"health_check_up{check=\"hanging\",impact=\"informational\"} 0.0",
			"health_check_duration_seconds_count{check=\"steady\",outcome=\"up\"}",
			"health_check_duration_seconds_sum{check=\"steady\",outcome=\"up\"}",
			"health_check_duration_seconds_count{check=\"failing\",outcome=\"down\"}",
			"health_check_duration_seconds_count{check=\"throwing\",outcome=\"error\"}",
			"health_check_duration_seconds_count{check=\"hanging\",outcome=\"timeout\"}",
			"health_check_age_seconds{check=\"steady\"} ", "health_requests_in_flight 0.0",
			"health_startup_duration_seconds " })
	void meterIsThereByNameAndLabels(String line) {
		await().untilAsserted(() -> assertThat(scrape().lines()).anyMatch((candidate) -> candidate.startsWith(line)));
	}

	@Test
	void drainsAreTimedByTriggerAndOutcome() {
		DrainController drain = application.bean(HealthInstance.class).drain();
		drain.begin(DrainTrigger.API);
		drain.endWaiting();
		drain.cancel();
		application.await()
			.untilAsserted(() -> assertThat(scrape().lines()).anyMatch((line) -> line.matches(
					"health_drain_duration_seconds_count\\{outcome=\"(timed_out|quiesced)\",trigger=\"api\"} [1-9]")));
	}

	@Test
	void stateIsMaintenanceWhileAnOperatorsModeHolds() {
		ModeController modes = application.bean(HealthInstance.class).modes();
		modes.enter(Map.of("mode", "maintenance"));
		assertThat(value("health_state{state=\"maintenance\"}")).isEqualTo(1);
		assertThat(value("health_state{state=\"degraded\"}")).isZero();
		modes.leave();
		assertThat(value("health_state{state=\"maintenance\"}")).isZero();
		assertThat(value("health_state{state=\"degraded\"}")).isEqualTo(1);
	}

	@Test
	void probesAreCounted() {
		double before = value("health_probe_requests_total{probe=\"startup\",result=\"ok\"}");
		application.get("/startupz");
		application.ask("HEAD", "/startupz");
		assertThat(value("health_probe_requests_total{probe=\"startup\",result=\"ok\"}")).isEqualTo(before + 2);
	}

	@Test
	void labelsAreBoundedWhateverClientsSend() {
		Set<String> before = series();
		for (int i = 0; i < 20; i++) {
			application.get("/readyz/unknown-" + i);
			application.ask("BREW", "/healthz?x=" + i, "User-Agent: client-" + i);
			application.get("/nowhere-" + i, "X-Forwarded-For: 10.0.0." + i);
		}
		assertThat(series()).isEqualTo(before);
	}

	@Test
	void scrapeRunsNoCheck() {
		await().untilAsserted(() -> assertThat(application.bean(Counting.class).runs).hasPositiveValue());
		int runs = application.bean(Counting.class).runs.get();
		for (int i = 0; i < 10; i++) {
			scrape();
		}
		assertThat(application.bean(Counting.class).runs).hasValue(runs);
	}

	@Test
	void ageOfACheckIsTheTimeSinceItsLatestResult() {
		double seconds = value("health_check_age_seconds{check=\"counting\"}");
		assertThat(seconds).isPositive();
		await().untilAsserted(
				() -> assertThat(value("health_check_age_seconds{check=\"counting\"}")).isGreaterThan(seconds + 0.05));
	}

	@Test
	void startupIsTimedFromTheStartOfTheProcess() {
		assertThat(value("health_startup_duration_seconds")).isPositive()
			.isLessThan(Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()).toSeconds() + 1.0);
	}

	@Test
	void scrapeOverHttpShowsTheSame() {
		String body = application.get("/actuator/prometheus", "Accept: text/plain").body();
		assertThat(body).contains("health_check_up{check=\"steady\",impact=\"required\"} 1.0");
	}

	@Test
	void everyMeterHasHelp() {
		Set<String> names = scrape().lines()
			.filter((line) -> line.startsWith("# TYPE health_"))
			.map((line) -> line.split(" ", -1)[2])
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(names).contains("health_probe_requests_total", "health_state", "health_check_up",
				"health_check_duration_seconds", "health_check_age_seconds", "health_requests_in_flight",
				"health_startup_duration_seconds");
		assertThat(names)
			.allSatisfy((name) -> assertThat(scrape()).containsPattern("# HELP " + name + " [A-Z0-9].+\\n"));
	}

	@Test
	void promtoolHasNothingToSay() throws IOException, InterruptedException {
		drainsAreTimedByTriggerAndOutcome();
		List<Path> tools = PROMTOOL.stream().filter(Files::isExecutable).toList();
		assumeThat(tools).as("promtool, in the Debian package 'prometheus'").isNotEmpty();
		Path report = Files.createTempFile("promtool", ".txt");
		Process process = new ProcessBuilder(tools.get(0).toString(), "check", "metrics").redirectErrorStream(true)
			.redirectOutput(report.toFile())
			.start();
		process.getOutputStream().write(ownLines().getBytes(StandardCharsets.UTF_8));
		process.getOutputStream().close();
		assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
		assertThat(report).content().isEmpty();
		assertThat(process.exitValue()).isZero();
		Files.delete(report);
	}

	private static String ownLines() {
		return scrape().lines()
			.filter((line) -> line.startsWith("health_") || line.matches("# (HELP|TYPE) health_.*"))
			.collect(Collectors.joining("\n", "", "\n"));
	}

	private static double value(String series) {
		return scrape().lines()
			.filter((line) -> line.startsWith(series + " "))
			.mapToDouble((line) -> Double.parseDouble(line.substring(series.length() + 1)))
			.findFirst()
			.orElse(Double.NaN);
	}

	private static Set<String> series() {
		return scrape().lines()
			.filter((line) -> line.startsWith("health_"))
			.map((line) -> line.substring(0, line.lastIndexOf(' ')))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static String scrape() {
		return application.bean(PrometheusMeterRegistry.class).scrape();
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(20));
	}

	static class Counting implements HealthIndicator {

		final AtomicInteger runs = new AtomicInteger();

		@Override
		public Health health() {
			this.runs.incrementAndGet();
			return Health.up().build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		HealthIndicator steadyHealthIndicator() {
			return () -> Health.up().build();
		}

		@Bean
		HealthIndicator failingHealthIndicator() {
			return () -> Health.down().build();
		}

		@Bean
		HealthIndicator throwingHealthIndicator() {
			return () -> {
				throw new IllegalStateException("no");
			};
		}

		@Bean
		HealthIndicator hangingHealthIndicator() {
			return () -> {
				try {
					new CountDownLatch(1).await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
				return Health.up().build();
			};
		}

		@Bean
		Counting countingHealthIndicator() {
			return new Counting();
		}

	}

}
