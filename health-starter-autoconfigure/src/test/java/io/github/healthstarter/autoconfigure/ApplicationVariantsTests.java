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

package io.github.healthstarter.autoconfigure;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.h2.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ProbedApplication;
import io.github.healthstarter.testing.StuckApplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for whole applications of kinds that change when and where things happen, each
 * with several databases and several Redis servers.
 */
class ApplicationVariantsTests {

	private static final String LAZY = "spring.main.lazy-initialization=true";

	private static ProbedApplication start(String... properties) {
		return ProbedApplication.onServlets(Application.class, properties);
	}

	@ParameterizedTest
	@CsvSource({ "jetty, true, false", "tomcat, false, false", "tomcat, true, false" })
	void applicationIsProbedMeasuredAndDrained(String server, boolean lazy, boolean virtual) throws Exception {
		probeAndDrain(server, lazy, virtual);
	}

	@ParameterizedTest
	@CsvSource({ "jetty", "tomcat" })
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "there are no virtual threads")
	void applicationOnVirtualThreadsIsProbedMeasuredAndDrained(String server) throws Exception {
		probeAndDrain(server, false, true);
	}

	private static void probeAndDrain(String server, boolean lazy, boolean virtual) throws Exception {
		ProbedApplication application = start("testing.web-server=" + server, "spring.main.lazy-initialization=" + lazy,
				"spring.threads.virtual.enabled=" + virtual, "server.shutdown=graceful", "health.drain.max-wait=15s",
				"health.checks.cache.impact=informational", "health.checks.sessions.impact=informational",
				"management.endpoints.web.exposure.include=health,prometheus");
		Map<String, Object> components = application.get("/readyz").json("components");
		assertThat(components).containsKeys("orders", "customers", "cache", "sessions");
		assertThat(application.get("/actuator/prometheus").body()).contains("health_state{",
				"health_check_up{check=\"orders\"", "health_requests_in_flight");
		assertThat(application.get("/thread").body()).isEqualTo(String.valueOf(virtual));
		try (HttpConnection held = application.connect()) {
			held.send("GET", "/stuck");
			StuckApplication.Controller controller = application.bean(StuckApplication.Controller.class);
			application.await().until(controller::busy, (busy) -> busy == 1);
			CompletableFuture<Void> closed = CompletableFuture.runAsync(application::close);
			application.awaitState("draining");
			controller.release();
			HttpAnswer answer = held.receive();
			assertThat(answer.body()).isEqualTo("released");
			assertThat(answer.closesConnection()).isTrue();
			closed.get(20, TimeUnit.SECONDS);
		}
	}

	@Test
	void pathsThatClashStopTheStartOfALazyApplicationToo() {
		for (String property : new String[] { "health.readiness.path=/actuator/health",
				"health.readiness.path=/thread" }) {
			assertThatExceptionOfType(InvalidPropertyException.class).isThrownBy(() -> start(LAZY, property).close());
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		DataSource orders() {
			return new SimpleDriverDataSource(new Driver(), "jdbc:h2:mem:orders");
		}

		@Bean
		DataSource customers() {
			return new SimpleDriverDataSource(new Driver(), "jdbc:h2:mem:customers");
		}

		@Bean
		@Primary
		RedisConnectionFactory cache() {
			return new LettuceConnectionFactory("localhost", 1);
		}

		@Bean
		RedisConnectionFactory sessions() {
			return new LettuceConnectionFactory("localhost", 1);
		}

		@Bean
		Requests requests() {
			return new Requests();
		}

		@Bean
		StuckApplication.Controller heldRequests() {
			return new StuckApplication.Controller();
		}

	}

	@RestController
	static class Requests {

		@GetMapping("/thread")
		boolean thread() {
			return Thread.currentThread().toString().startsWith("VirtualThread");
		}

	}

}
