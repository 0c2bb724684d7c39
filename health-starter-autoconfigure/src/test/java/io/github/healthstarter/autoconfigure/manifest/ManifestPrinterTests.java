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

package io.github.healthstarter.autoconfigure.manifest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.mock.env.MockEnvironment;
import org.yaml.snakeyaml.Yaml;

import io.github.healthstarter.autoconfigure.InvalidPropertyException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ManifestPrinter} and what it prints.
 */
class ManifestPrinterTests {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	private final List<Integer> exits = new ArrayList<>();

	@Test
	void nothingIsPrintedUnlessTheCommandLineAsks() {
		MockEnvironment environment = new MockEnvironment().withProperty("health.print", "kubernetes");
		print(environment);
		environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource("--server.port=80"));
		print(environment);
		assertThat(this.out.size()).isZero();
		assertThat(this.exits).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "kubernetes", "KUBERNETES", "systemd", "compose" })
	void manifestIsPrintedAndTheProcessEnds(String name) {
		assertThat(print(name)).isNotBlank().endsWith("\n");
		assertThat(this.err.size()).isZero();
		assertThat(this.exits).containsExactly(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "--health.print=nomad", "--health.print=", "--health.print" })
	void whatCannotBePrintedIsRefusedWithWhatCan(String argument) {
		MockEnvironment environment = new MockEnvironment();
		environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(argument));
		print(environment);
		assertThat(this.out.size()).isZero();
		assertThat(this.err.toString(StandardCharsets.UTF_8)).contains("kubernetes, systemd, compose");
		assertThat(this.exits).containsExactly(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "kubernetes", "systemd", "compose" })
	void processEndsWhenItIsOutOfMemory(String name) {
		assertThat(print(name)).containsOnlyOnce("-XX:+ExitOnOutOfMemoryError");
	}

	@Test
	void podFitsTheDefaults() {
		Map<String, Object> pod = pod();
		assertThat(pod).containsEntry("terminationGracePeriodSeconds", 50);
		assertThat(container(pod)).containsEntry("name", "app")
			.containsEntry("ports", List.of(Map.of("name", "http", "containerPort", 8080)))
			.doesNotContainKey("lifecycle");
		assertThat(environment(pod)).containsEntry("HEALTH_KUBERNETES_TERMINATION_GRACE_PERIOD", "50s")
			.containsEntry("HEALTH_DRAIN_MIN_WAIT", "5s");
		assertThat(at(pod, "startupProbe", "httpGet")).isEqualTo(Map.of("path", "/startupz", "port", 8080));
		assertThat(at(pod, "livenessProbe", "httpGet")).isEqualTo(Map.of("path", "/healthz", "port", 8080));
		assertThat(at(pod, "readinessProbe", "httpGet")).isEqualTo(Map.of("path", "/readyz", "port", 8080));
		assertThat((int) at(pod, "startupProbe", "periodSeconds") * (int) at(pod, "startupProbe", "failureThreshold"))
			.isEqualTo(180);
		assertThat(at(pod, "readinessProbe", "failureThreshold")).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "15s, 30s, 3", "20s, 500ms, 1", "1s, 1s, 3", "100s, 20s, 10", "2500ms, 10s, 0" })
	void gracePeriodIsAboveDrainAndWebServerAndTheDrainIsSeen(String maxWait, String phase, int failures) {
		Map<String, Object> pod = pod("health.drain.max-wait=" + maxWait,
				"spring.lifecycle.timeout-per-shutdown-phase=" + phase, "health.drain.observed-failures=" + failures);
		int gracePeriod = (int) pod.get("terminationGracePeriodSeconds");
		assertThat(gracePeriod * 1000L).isGreaterThan(millis(maxWait) + millis(phase)).isGreaterThanOrEqualTo(30_000);
		assertThat(environment(pod)).containsEntry("HEALTH_KUBERNETES_TERMINATION_GRACE_PERIOD", gracePeriod + "s");
		int period = (int) at(pod, "readinessProbe", "periodSeconds");
		assertThat(period).isBetween(1, 10);
		assertThat(period == 1 || 1000L * period * (failures + 1) <= millis(maxWait)).isTrue();
		assertThat(millis(environment(pod).get("HEALTH_DRAIN_MIN_WAIT"))).isLessThanOrEqualTo(millis(maxWait));
	}

	@ParameterizedTest
	@CsvSource({ "3s, 3, true", "4s, 3, false", "15s, 3, false", "3s, 2, false", "500ms, 0, false" })
	void drainThatIsTooShortToBeSeenIsToldOf(String maxWait, int failures, boolean told) {
		String manifest = print("kubernetes", "health.drain.max-wait=" + maxWait,
				"health.drain.observed-failures=" + failures);
		assertThat(manifest.contains("does not fit: 'health.drain.max-wait'")).isEqualTo(told);
		assertThat(new Yaml().<Map<String, Object>>load(manifest)).containsKey("spec");
	}

	@Test
	void moreThanIsNeededIsKept() {
		assertThat(pod("health.kubernetes.termination-grace-period=2m", "health.drain.min-wait=7500ms"))
			.containsEntry("terminationGracePeriodSeconds", 120)
			.satisfies((pod) -> assertThat(environment(pod)).containsEntry("HEALTH_DRAIN_MIN_WAIT", "7500ms"));
	}

	@Test
	void applicationIsAskedWhereItAnswers() {
		Map<String, Object> pod = pod("server.port=9000", "server.servlet.context-path=/shop/",
				"health.liveness.path=/alive", "server.ssl.bundle=web", "spring.application.name=Shop (EU)");
		assertThat(at(pod, "livenessProbe", "httpGet"))
			.isEqualTo(Map.of("path", "/shop/alive", "port", 9000, "scheme", "HTTPS"));
		assertThat(container(pod)).containsEntry("name", "shop-eu");
		assertThat(at(pod("server.ssl.enabled=false"), "livenessProbe", "httpGet")).asString().doesNotContain("HTTPS");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api", "/api/", "api", " api " })
	void reactiveApplicationIsAskedBelowItsBasePathHoweverThatIsWritten(String basePath) {
		assertThat(at(pod("spring.main.web-application-type=reactive", "spring.webflux.base-path=" + basePath),
				"readinessProbe", "httpGet"))
			.isEqualTo(Map.of("path", "/api/readyz", "port", 8080));
	}

	@Test
	void probeServerIsAskedWhereThereIsOne() {
		Map<String, Object> pod = pod("health.server.port=8081", "server.servlet.context-path=/shop",
				"server.ssl.bundle=web");
		assertThat(at(pod, "readinessProbe", "httpGet")).isEqualTo(Map.of("path", "/readyz", "port", 8081));
		assertThat(container(pod)).containsEntry("ports", List.of(Map.of("name", "http", "containerPort", 8080),
				Map.of("name", "health", "containerPort", 8081)));
		Map<String, Object> worker = pod("health.server.port=8081", "spring.main.web-application-type=none");
		assertThat(container(worker)).containsEntry("ports", List.of(Map.of("name", "health", "containerPort", 8081)));
	}

	@Test
	void probeServerWithACertificateIsAskedThroughIt() {
		Map<String, Object> pod = pod("health.server.port=8081", "health.server.ssl.bundle=probes");
		for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
			assertThat(at(pod, probe, "httpGet")).as(probe).asString().contains("port=8081", "scheme=HTTPS");
		}
		assertThat(print("compose", "health.server.port=8081", "health.server.ssl.bundle=probes")).contains("-fsSk",
				"https://localhost:8081/readyz");
	}

	@Test
	void hookIsPrintedWhereItHasAPath() {
		assertThat(hook("health.drain.pre-stop-path=/pre-stop", "server.servlet.context-path=/shop"))
			.containsEntry("path", "/shop/pre-stop")
			.containsEntry("port", 8080)
			.containsEntry("scheme", "HTTP")
			.containsEntry("httpHeaders", List.of(Map.of("name", "Authorization", "value", "Bearer <token>")));
		assertThat(hook("health.drain.pre-stop-path=/pre-stop", "server.servlet.context-path=/shop",
				"health.server.port=8081", "health.server.ssl.bundle=probes"))
			.containsEntry("path", "/pre-stop")
			.containsEntry("port", 8081)
			.containsEntry("scheme", "HTTPS");
		assertThat(print("kubernetes", "health.drain.pre-stop-path=/pre-stop")).doesNotContain("no preStop hook");
	}

	private Map<String, Object> hook(String... properties) {
		return child(child(child(container(pod(properties)), "lifecycle"), "preStop"), "httpGet");
	}

	@ParameterizedTest
	@CsvSource({ "server.port=0, Set 'server.port'", "health.server.port=0, Set 'server.port' and 'health.server.port'",
			"spring.main.web-application-type=none, Set 'health.server.port'", "health.enabled=false, Set it to true" })
	void whatNoManifestCanSayIsAMistake(String property, String mend) {
		assertThatExceptionOfType(InvalidPropertyException.class).isThrownBy(() -> print("kubernetes", property))
			.withMessageContaining(mend);
		assertThat(this.out.size()).isZero();
		assertThat(this.exits).isEmpty();
	}

	@Test
	void mistakeInTheConfigurationIsNotHidden() {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> print("systemd", "health.drain.min-wait=1h"))
			.withRootCauseInstanceOf(InvalidPropertyException.class);
	}

	@Test
	void unitIsComplete() {
		String unit = print("systemd", "spring.application.name=orders", "health.server.port=8081");
		assertThat(unit.lines()).contains("[Unit]", "Description=orders", "[Service]", "Type=notify",
				"ExecStart=/usr/bin/java -XX:+ExitOnOutOfMemoryError -jar /opt/orders/orders.jar",
				"ExecReload=/bin/kill -HUP $MAINPID", "WatchdogSec=30s", "TimeoutStartSec=180s", "TimeoutStopSec=50s",
				"SuccessExitStatus=143", "Environment=HEALTH_KUBERNETES_TERMINATION_GRACE_PERIOD=50s", "[Install]");
	}

	@Test
	void unitWaitsForNothingThatTheApplicationCannotTell() {
		Deployment deployment = Deployment.of(new SpringApplication(), new MockEnvironment());
		assertThat(SystemdTemplate.fill(deployment, false).lines()).contains("Type=exec")
			.doesNotContain("Type=notify")
			.noneMatch((line) -> line.startsWith("ExecReload=") || line.startsWith("WatchdogSec="));
	}

	@Test
	void unitNeedsNoPort() {
		assertThat(print("systemd", "spring.main.web-application-type=none")).contains("TimeoutStopSec=50s");
	}

	@Test
	void composeServiceFits() {
		Map<String, Object> service = child(child(yaml("compose", "spring.application.name=orders"), "services"),
				"orders");
		assertThat(service).containsEntry("stop_grace_period", "50s");
		assertThat(child(service, "environment")).containsEntry("HEALTH_KUBERNETES_TERMINATION_GRACE_PERIOD", "50s");
		assertThat(child(service, "healthcheck"))
			.containsEntry("test", List.of("CMD", "curl", "-fsS", "http://localhost:8080/readyz"))
			.containsEntry("interval", "3s")
			.containsEntry("timeout", "2s")
			.containsEntry("retries", 2)
			.containsEntry("start_period", "180s");
		assertThat(print("compose", "server.ssl.bundle=web")).contains("-fsSk", "https://localhost:8080/readyz");
	}

	@Test
	void documentationShowsWhatIsPrinted() throws IOException {
		assertThat(Path.of("..", "docs", "operations", "kubernetes.md")).content()
			.contains("```yaml\n" + print("kubernetes", "spring.application.name=orders") + "```");
	}

	private Map<String, Object> pod(String... properties) {
		return child(yaml("kubernetes", properties), "spec");
	}

	private Map<String, Object> yaml(String name, String... properties) {
		return new Yaml().load(print(name, properties));
	}

	private String print(String name, String... properties) {
		this.out.reset();
		MockEnvironment environment = new MockEnvironment();
		for (String property : properties) {
			String[] parts = property.split("=", 2);
			environment.setProperty(parts[0], parts[1]);
		}
		environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource("--health.print=" + name));
		print(environment);
		return this.out.toString(StandardCharsets.UTF_8);
	}

	private void print(MockEnvironment environment) {
		SpringApplication application = new SpringApplication();
		application.setWebApplicationType(WebApplicationType.SERVLET);
		new ManifestPrinter(new PrintStream(this.out, true, StandardCharsets.UTF_8),
				new PrintStream(this.err, true, StandardCharsets.UTF_8), this.exits::add)
			.printWhereAskedFor(application, environment);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> container(Map<String, Object> pod) {
		return ((List<Map<String, Object>>) pod.get("containers")).get(0);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, String> environment(Map<String, Object> pod) {
		Map<String, String> variables = new LinkedHashMap<>();
		((List<Map<String, String>>) container(pod).get("env"))
			.forEach((variable) -> variables.put(variable.get("name"), variable.get("value")));
		return variables;
	}

	private static Object at(Map<String, Object> pod, String probe, String key) {
		return child(container(pod), probe).get(key);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> child(Map<String, Object> parent, String key) {
		return (Map<String, Object>) parent.get(key);
	}

	private static long millis(String duration) {
		return duration.endsWith("ms") ? Long.parseLong(duration.replace("ms", ""))
				: 1000 * Long.parseLong(duration.replace("s", ""));
	}

}
