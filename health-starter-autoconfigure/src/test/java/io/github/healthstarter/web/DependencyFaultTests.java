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

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.testing.FaultProxy;
import io.github.healthstarter.testing.ProbeLoad;
import io.github.healthstarter.testing.ProbedApplication;
import io.github.healthstarter.testing.TestPostgres;
import io.github.healthstarter.testing.TestRedis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the probes of a web application while its PostgreSQL or its Redis misbehaves.
 * The pool and the client have Spring Boot's settings: 30 and 60 seconds of patience.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DependencyFaultTests {

	private static final Duration INTERVAL = Duration.ofMillis(500);

	private static final Duration TIMEOUT = Duration.ofMillis(300);

	private static final Duration RETRY = Duration.ofMillis(200);

	/**
	 * What a question and its answer take, each half of it.
	 */
	private static final Duration SLOW = Duration.ofMillis(500);

	/**
	 * A run that would stack up is due every half a second, in which ten probes come.
	 */
	private static final int RUNS_MEANWHILE = 6;

	private static final Duration BACK = Duration.ofSeconds(2);

	private final FaultProxy postgres = TestPostgres.shared().proxy();

	private final FaultProxy redis = TestRedis.shared().proxy();

	private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

	private ProbedApplication application;

	@BeforeAll
	void start() {
		this.application = start("health.check-defaults.interval=" + INTERVAL.toMillis() + "ms",
				"health.check-defaults.timeout=" + TIMEOUT.toMillis() + "ms",
				"health.check-defaults.retry-interval=" + RETRY.toMillis() + "ms");
		warmUp();
	}

	private void warmUp() {
		this.application.publish(ReadinessState.REFUSING_TRAFFIC);
		try (ProbeLoad load = ProbeLoad.on(this.application)) {
			awaitAnswers(load, 40);
		}
		this.application.publish(ReadinessState.ACCEPTING_TRAFFIC);
	}

	private ProbedApplication start(String... properties) {
		String[] servers = { "spring.datasource.url=" + TestPostgres.shared().jdbcUrl(this.postgres),
				"spring.datasource.username=" + TestPostgres.shared().user(),
				"spring.datasource.password=" + TestPostgres.shared().password(),
				"spring.data.redis.host=" + this.redis.host(), "spring.data.redis.port=" + this.redis.port() };
		return ProbedApplication.onServlets(FaultApplication.class,
				Stream.of(servers, properties).flatMap(Stream::of).toArray(String[]::new));
	}

	@AfterAll
	void stop() {
		this.application.close();
		this.postgres.close();
		this.redis.close();
	}

	@AfterEach
	void recover() {
		this.postgres.pass();
		this.redis.pass();
	}

	private FaultProxy proxy(String check) {
		return "db".equals(check) ? this.postgres : this.redis;
	}

	@ParameterizedTest
	@ValueSource(strings = { "db", "redis" })
	void probesWhileADependencyHangsAnswerAtOnceAndTheTruth(String check) {
		try (ProbeLoad load = ProbeLoad.on(this.application)) {
			this.application.awaitState("running");
			long hungAt = System.nanoTime();
			proxy(check).hang();
			this.application.awaitState("failing");
			assertThat(this.application.get("/readyz").json("components", check)).hasEntrySatisfying("error",
					(error) -> assertThat((String) error).startsWith("timed out after 300ms"));
			awaitAnswers(load, 20);
			int stuck = this.threads.getThreadCount();
			awaitAnswers(load, RUNS_MEANWHILE * 10);
			assertThat(this.threads.getThreadCount()).isLessThan(stuck + RUNS_MEANWHILE / 2);
			assertThat(load.untilReadinessIs(hungAt, 503))
				.isLessThan(INTERVAL.plus(TIMEOUT.multipliedBy(2)).plusSeconds(1));
			assertThatItComesBack(load, check);
			assertThat(load.liveness()).extracting(ProbeLoad.Answer::status).containsOnly(200);
			load.assertNoneWasSlow();
		}
	}

	private void awaitAnswers(ProbeLoad load, int more) {
		int before = load.readiness().size();
		this.application.await().until(() -> load.readiness().size() >= before + more);
	}

	private void assertThatItComesBack(ProbeLoad load, String check) {
		long passedAt = System.nanoTime();
		proxy(check).pass();
		this.application.awaitState("running");
		awaitAnswers(load, 2);
		assertThat(load.untilReadinessIs(passedAt, 200)).isLessThan(RETRY.plus(BACK));
	}

	static Stream<Arguments> faults() {
		Consumer<FaultProxy> refuse = FaultProxy::refuse;
		Consumer<FaultProxy> reset = FaultProxy::reset;
		return Stream.of(Arguments.of("db", refuse), Arguments.of("redis", refuse), Arguments.of("db", reset),
				Arguments.of("redis", reset));
	}

	@ParameterizedTest
	@MethodSource("faults")
	void probesWhileADependencyIsGoneTellSoAndWhenItIsBack(String check, Consumer<FaultProxy> fault) {
		try (ProbeLoad load = ProbeLoad.on(this.application)) {
			this.application.awaitState("running");
			long goneAt = System.nanoTime();
			fault.accept(proxy(check));
			this.application.awaitState("failing");
			awaitAnswers(load, 2);
			assertThat(load.untilReadinessIs(goneAt, 503)).isLessThan(INTERVAL.plusSeconds(1));
			assertThatItComesBack(load, check);
			assertThat(load.liveness()).extracting(ProbeLoad.Answer::status).containsOnly(200);
			load.assertNoneWasSlow();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "db", "redis" })
	void probesWhileADependencyIsSlowerThanTheTimeoutTellSo(String check) {
		try (ProbeLoad load = ProbeLoad.on(this.application)) {
			this.application.awaitState("running");
			long slowAt = System.nanoTime();
			proxy(check).delay(SLOW.dividedBy(2));
			this.application.awaitState("failing");
			assertThat(this.application.get("/readyz").json("components", check)).hasEntrySatisfying("error",
					(error) -> assertThat((String) error).startsWith("timed out after 300ms"));
			awaitAnswers(load, 2);
			assertThat(load.untilReadinessIs(slowAt, 503))
				.isLessThan(INTERVAL.plus(TIMEOUT.multipliedBy(3)).plusSeconds(1));
			assertThatItComesBack(load, check);
			assertThat(load.liveness()).extracting(ProbeLoad.Answer::status).containsOnly(200);
			load.assertNoneWasSlow();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "db", "redis" })
	void probesWhileADependencyIsSlowAnswerAtOnceAndStayReady(String check) {
		try (ProbedApplication patient = start("health.check-defaults.interval=" + INTERVAL.toMillis() + "ms",
				"health.check-defaults.timeout=2s"); ProbeLoad load = ProbeLoad.on(patient)) {
			proxy(check).delay(SLOW.dividedBy(2));
			patient.await().until(() -> latency(patient, check).compareTo(SLOW) >= 0);
			int before = load.readiness().size();
			patient.await().until(() -> load.readiness().size() >= before + RUNS_MEANWHILE * 10);
			assertThat(latency(patient, check)).isGreaterThanOrEqualTo(SLOW);
			assertThat(load.readiness()).extracting(ProbeLoad.Answer::status).containsOnly(200);
			assertThat(load.liveness()).extracting(ProbeLoad.Answer::status).containsOnly(200);
			load.assertNoneWasSlow();
		}
	}

	private static Duration latency(ProbedApplication application, String check) {
		Object millis = application.get("/readyz").json("components", check).get("latencyMillis");
		return Duration.ofMillis(((Number) millis).longValue());
	}

	@Test
	void probesWithDefaultsTellOfAHungDependencyAndNotOfASlowOne() {
		try (ProbedApplication defaults = start("health.check-defaults.interval=5s", "health.check-defaults.timeout=2s",
				"health.check-defaults.retry-interval=1s")) {
			long hungAt = System.nanoTime();
			this.postgres.delay(SLOW.dividedBy(2));
			this.redis.hang();
			defaults.awaitState("failing");
			assertThat(Duration.ofNanos(System.nanoTime() - hungAt)).isLessThan(Duration.ofSeconds(10));
			assertThat(defaults.get("/readyz").json()).containsEntry("reason", "redis: timed out after 2s");
			defaults.await().until(() -> latency(defaults, "db").compareTo(SLOW) >= 0);
			assertThat(defaults.get("/readyz").json("components", "db")).containsEntry("status", "UP");
			long passedAt = System.nanoTime();
			this.redis.pass();
			defaults.awaitState("running");
			assertThat(Duration.ofNanos(System.nanoTime() - passedAt)).isLessThan(BACK.plusSeconds(1));
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class FaultApplication {

	}

}
