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

package io.github.healthstarter.autoconfigure.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.StartupAttempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link ApplicationProbeServer}, with applications that start, fail and end.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class ApplicationProbeServerTests {

	private static final Map<String, HttpAnswer> ASKED = new LinkedHashMap<>();

	private final Set<Thread> before = Thread.getAllStackTraces().keySet();

	@Test
	void applicationWithoutAWebServerHasAllProbes() {
		try (ConfigurableApplicationContext context = StartupAttempt.plain()
			.start("health.server.port=0", "health.access.trusted=127.0.0.1")) {
			int port = port(context);
			awaitReady(port);
			assertThat(ask(port, "GET", "/healthz").status()).isEqualTo(200);
			assertThat(ask(port, "GET", "/startupz").json("startup")).containsKeys("durationMillis", "slowestBeans");
			assertThat(ask(port, "POST", "/admin/drain").status()).isIn(200, 202);
			assertThat(ask(port, "GET", "/readyz").json()).containsEntry("state", "draining");
		}
	}

	@Test
	void metersCanBeScrapedFromTheFirstSecondToTheLast() throws IOException {
		int port = freePort();
		ASKED.clear();
		System.setProperty("test.port", String.valueOf(port));
		try (ConfigurableApplicationContext context = StartupAttempt.plain(Curious.class)
			.start("health.server.port=" + port, "health.server.metrics=true")) {
			assertThat(ASKED.get("/metrics").body()).contains("health_state{state=\"starting\"} 1.0");
			awaitReady(port(context));
			HttpAnswer scrape = ask(port, "GET", "/metrics");
			assertThat(scrape.header("content-type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
			assertThat(scrape.body()).contains("health_state{state=\"running\"} 1.0", "jvm_memory_used_bytes");
			assertThat(ask(port, "POST", "/metrics").status()).isEqualTo(405);
		}
		finally {
			System.clearProperty("test.port");
		}
		assertThat(ASKED.get("destroyed-metrics").body()).contains("health_state{state=\"stopping\"} 1.0");
	}

	@Test
	void thereIsNoScrapeUnlessAsked() {
		try (ConfigurableApplicationContext context = StartupAttempt.plain().start("health.server.port=0")) {
			assertThat(ask(port(context), "GET", "/metrics").status()).isEqualTo(404);
		}
	}

	@Test
	void scrapeWithoutARegistryIsExplained(CapturedOutput output) {
		try (ConfigurableApplicationContext context = StartupAttempt.plain()
			.start("health.server.port=0", "health.server.metrics=true",
					"management.prometheus.metrics.export.enabled=false")) {
			assertThat(ask(port(context), "GET", "/metrics").body()).contains("health_state{state=")
				.doesNotContain("jvm_");
			assertThat(output).contains("'health.server.metrics' asks for the Prometheus scrape");
		}
	}

	@Test
	void scrapeOnThePathOfAProbeIsExplained(CapturedOutput output) {
		assertThatThrownBy(() -> StartupAttempt.plain()
			.start("health.server.port=0", "health.server.metrics=true", "health.liveness.additional-paths=/metrics"))
			.isNotNull();
		assertThat(output).contains("'/metrics' is a probe's as well");
		assertNoThreads();
	}

	@Test
	void portOfTheApplicationItselfIsRefused(CapturedOutput output) {
		assertThatThrownBy(
				() -> StartupAttempt.onServlets(Failing.class).start("server.port=8099", "health.server.port=8099"))
			.isNotNull();
		assertThat(output).contains("'health.server.port' with the value '8099' is a port that the application itself");
		assertNoThreads();
	}

	@Test
	void workerHasNoPortOfItsOwn() throws IOException {
		int port = freePort();
		try (ConfigurableApplicationContext context = StartupAttempt.onServlets(Worker.class)
			.start("spring.main.web-application-type=none", "server.port=" + port, "health.server.port=" + port)) {
			assertThat(ask(port(context), "GET", "/healthz").status()).isEqualTo(200);
		}
	}

	@Test
	void springCloudsBootstrapContextIsNotTheApplication() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addLast(new MapPropertySource("bootstrap", Map.of()));
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Object.class)
			.web(WebApplicationType.NONE)
			.environment(environment)
			.properties("health.server.port=0")
			.run()) {
			assertThat(context.getBeanProvider(ApplicationProbeServer.class).getIfAvailable()).isNull();
			assertNoThreads();
		}
	}

	@Test
	void thereIsNoServerUnlessAsked() {
		try (ConfigurableApplicationContext context = StartupAttempt.plain().start()) {
			assertThat(context.getEnvironment().containsProperty("local.health.port")).isFalse();
			assertThat(context.getBeanProvider(ApplicationProbeServer.class).getIfAvailable()).isNull();
		}
	}

	@Test
	void probesAreAnsweredWhileBeansAreBeingMade() throws IOException {
		int port = freePort();
		ASKED.clear();
		System.setProperty("test.port", String.valueOf(port));
		System.setProperty("test.administration", "true");
		try (ConfigurableApplicationContext context = StartupAttempt.plain(Curious.class)
			.start("health.server.port=" + port, "spring.application.name=orders", "health.access.trusted=127.0.0.1")) {
			assertThat(ASKED.get("/healthz").status()).isEqualTo(200);
			assertThat(ASKED.get("/readyz").status()).isEqualTo(503);
			HttpAnswer startup = ASKED.get("/startupz");
			assertThat(startup.status()).isEqualTo(503);
			assertThat(startup.json()).containsEntry("state", "starting");
			assertThat(startup.json("service")).containsEntry("name", "orders");
			assertThat(startup.json("progress")).containsEntry("phase", "beans")
				.extractingByKey("detail")
				.asString()
				.matches("waiting for 'curious' for \\d+s");
			assertThat(ASKED.get("drain").json()).containsEntry("state", "draining");
			assertThat(ASKED.get("undo").status()).isEqualTo(200);
			assertThat(ASKED.get("maintenance").json()).containsEntry("mode", "maintenance");
			Awaitility.await().untilAsserted(() -> assertThat(ask(port, "GET", "/startupz").status()).isEqualTo(200));
			assertThat(ask(port, "GET", "/readyz").json()).as("begun during the start")
				.containsEntry("state", "maintenance");
			assertThat(ask(port, "DELETE", "/admin/maintenance").status()).isEqualTo(200);
			awaitReady(port(context));
		}
		finally {
			System.clearProperty("test.port");
			System.clearProperty("test.administration");
		}
		assertThat(ASKED.get("destroyed").json()).containsEntry("state", "stopping");
		assertThatException().isThrownBy(() -> ask(port, "GET", "/healthz"));
	}

	@Test
	void takenPortIsExplained(CapturedOutput output) throws IOException {
		try (ServerSocket taken = new ServerSocket(0)) {
			assertThatThrownBy(() -> StartupAttempt.plain().start("health.server.port=" + taken.getLocalPort()))
				.isNotNull();
			assertThat(output).contains("APPLICATION FAILED TO START", "cannot listen on port " + taken.getLocalPort(),
					"give the probe server another port or address with 'health.server.port'");
		}
		assertNoThreads();
	}

	@Test
	void failedStartIsToldUntilAnotherApplicationStarts() throws IOException {
		int port = freePort();
		assertThatThrownBy(() -> StartupAttempt.plain(Failing.class).start("health.server.port=" + port))
			.hasRootCauseMessage("made to fail");
		assertThat(ask(port, "GET", "/healthz").status()).isEqualTo(200);
		HttpAnswer told = ask(port, "GET", "/readyz");
		assertThat(told.status()).isEqualTo(503);
		assertThat(told.json()).containsEntry("state", "failed")
			.extractingByKey("reason")
			.asString()
			.contains("failing");
		assertThat(ask(port, "GET", "/readyz", "Via: proxy").json()).containsOnly(Map.entry("status", "DOWN"),
				Map.entry("state", "failed"));
		try (ConfigurableApplicationContext context = StartupAttempt.plain().start("health.server.port=" + port)) {
			awaitReady(port(context));
		}
		assertNoThreads();
	}

	@Test
	void serverIsRecommendedOnKubernetes(CapturedOutput output) {
		StartupAttempt.plain().start("spring.main.cloud-platform=kubernetes", "health.server.port=0").close();
		StartupAttempt.plain().start().close();
		assertThat(output).doesNotContain("On Kubernetes, set");
		StartupAttempt.plain().start("spring.main.cloud-platform=kubernetes").close();
		assertThat(output.toString().split("On Kubernetes, set 'health.server.port'", -1)).hasSize(2);
	}

	@ParameterizedTest
	@CsvSource({ "health.server.port=70000, health.server.port' with the value '70000' is no port.",
			"health.access.allow=nowhere, health.access.allow' with the value 'nowhere'" })
	void mistakeIsExplained(String mistake, String explanation, CapturedOutput output) {
		assertThatThrownBy(() -> StartupAttempt.plain().start("health.server.port=0", mistake)).isNotNull();
		assertThat(output).contains(explanation);
		assertNoThreads();
	}

	private void assertNoThreads() {
		Awaitility.await()
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
				.filteredOn((thread) -> !this.before.contains(thread))
				.extracting(Thread::getName)
				.noneMatch((name) -> name.startsWith("health-")));
	}

	private static void awaitReady(int port) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> ask(port, "GET", "/readyz").status() == 200);
	}

	private static int port(ConfigurableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.health.port", Integer.class);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static HttpAnswer enterMaintenance(int port) {
		String body = "{\"mode\": \"maintenance\"}";
		try (HttpConnection connection = HttpConnection.to(port)) {
			connection.sendRaw("PUT /admin/maintenance HTTP/1.1\r\nHost: localhost\r\n"
					+ "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
			return connection.receive();
		}
	}

	private static HttpAnswer ask(int port, String method, String target, String... headers) {
		try (HttpConnection connection = HttpConnection.to(port)) {
			return connection.ask(method, target, headers);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Curious {

		@Bean
		DisposableBean curious() {
			int port = Integer.getInteger("test.port");
			Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
				ask(port, "GET", "/healthz");
				return true;
			});
			for (String target : new String[] { "/healthz", "/readyz", "/startupz", "/metrics" }) {
				ASKED.put(target, ask(port, "GET", target));
			}
			if (Boolean.getBoolean("test.administration")) {
				ask(port, "POST", "/admin/drain");
				ASKED.put("drain", ask(port, "GET", "/readyz"));
				ASKED.put("undo", ask(port, "DELETE", "/admin/drain"));
				ASKED.put("maintenance", enterMaintenance(port));
			}
			return () -> {
				ASKED.put("destroyed", ask(port, "GET", "/readyz"));
				ASKED.put("destroyed-metrics", ask(port, "GET", "/metrics"));
			};
		}

	}

	@StarterOnly
	static class Worker {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Failing {

		@Bean
		Object failing() {
			throw new IllegalStateException("made to fail");
		}

	}

}
