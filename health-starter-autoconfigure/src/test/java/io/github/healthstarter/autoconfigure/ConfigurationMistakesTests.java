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
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.github.healthstarter.testing.FailureReports;
import io.github.healthstarter.testing.StartupAttempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests that a mistake is named with the property, the value and the mend, and that it
 * stops a whole application with that report.
 */
class ConfigurationMistakesTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	@ParameterizedTest
	@MethodSource("mistakes")
	void mistakeIsNamedWithItsMend(String[] properties, String description, String action) {
		TestPropertyValues.of(properties).applyTo(this.environment);
		assertThatReportSays(description, action);
	}

	static Stream<Arguments> mistakes() {
		return Stream.of(
				mistake("'health.check-defaults.timeout' with the value '0s' is not above zero", "500ms or 2s",
						"health.check-defaults.timeout=0s"),
				mistake("'health.check-defaults.interval' with the value '-5s' is not above zero", "500ms or 2s",
						"health.check-defaults.interval=-5s"),
				mistake("'health.check-defaults.retry-interval' with the value '0s' is not above zero", "500ms or 2s",
						"health.check-defaults.retry-interval=0"),
				mistake("'health.check-defaults.failure-threshold' with the value '0' is below 1", "1 or more",
						"health.check-defaults.failure-threshold=0"),
				mistake("'health.check-defaults.success-threshold' with the value '-1' is below 1", "1 or more",
						"health.check-defaults.success-threshold=-1"),
				mistake("'health.checks.db.timeout' with the value '0s' is not above zero", "500ms or 2s",
						"health.checks.db.timeout=0s"),
				mistake("'health.checks.db.interval' with the value '-1ms' is not above zero", "500ms or 2s",
						"health.checks.db.interval=-1ms"),
				mistake("'health.checks.db.retry-interval' with the value '0s' is not above zero", "500ms or 2s",
						"health.checks.db.retry-interval=0s"),
				mistake("'health.checks.db.failure-threshold' with the value '0' is below 1", "1 or more",
						"health.checks.db.failure-threshold=0"),
				mistake("'health.checks.db.success-threshold' with the value '0' is below 1", "1 or more",
						"health.checks.db.success-threshold=0"),
				mistake("Property: health.checks.db.impact\n    Value: \"fatal\"",
						"DEGRADING\n    INFORMATIONAL\n    REQUIRED", "health.checks.db.impact=fatal"),
				mistake("Property: health.drain.max-wait\n    Value: \"soon\"",
						"Update your application's configuration", "health.drain.max-wait=soon"),
				mistake("'health.drain.max-wait' with the value '15s' is below 'health.drain.min-wait' with the value '20s'",
						"Raise 'health.drain.max-wait' to at least 20s", "health.drain.min-wait=20s"),
				mistake("'health.drain.min-wait' with the value '-1s' is negative", "Set it to 0s",
						"health.drain.min-wait=-1s"),
				mistake("'health.drain.max-wait' with the value '-1s' is negative", "Set it to 0s",
						"health.drain.max-wait=-1s"),
				mistake("'health.drain.quiet-period' with the value '-1s' is negative", "Set it to 0s",
						"health.drain.quiet-period=-1s"),
				mistake("'health.kubernetes.termination-grace-period' with the value '0s' is not above zero",
						"500ms or 2s", "health.kubernetes.termination-grace-period=0s"),
				mistake("'health.drain.observed-failures' with the value '-1' is negative", "Set it to 0 or more",
						"health.drain.observed-failures=-1"),
				mistake("'health.access.allow' with the value '10.0.0.0/33' cannot be read",
						"CIDR blocks such as 10.0.0.0/8", "health.access.allow=10.0.0.0/33"),
				mistake("'health.access.trusted' with the value '10.0.0.1,localhost' cannot be read: 'localhost'",
						"host names are not looked up", "health.access.trusted=10.0.0.1,localhost"),
				mistake("'health.access.trusted' with the value '10.0.0' cannot be read", "addresses such as 10.1.2.3",
						"health.access.trusted=10.0.0"),
				mistake("'health.access.hosts' with the value 'app,http://orders' cannot be read: 'http://orders' is not",
						"Use host names without scheme and port", "health.access.hosts=app,http://orders"),
				mistake("'health.access.token' with the value '(not shown)' has a character that no header can carry",
						"Use printable ASCII without spaces", "health.access.token=two words"),
				mistake("'health.access.token' with the value '(not shown)' has a character that no header can carry",
						"openssl rand", "health.access.token=Gr\u00fcn"),
				mistake("'health.readiness.path' with the value '/healthz' is taken already by health.liveness.path",
						"Give each probe paths of its own", "health.readiness.path=/healthz"),
				mistake("'health.startup.additional-paths' with the value '/readyz' is taken already by health.readiness.path",
						"Give each probe paths of its own", "health.startup.additional-paths=/started,/readyz"),
				mistake("'health.liveness.additional-paths' with the value '/livez' is taken already",
						"Give each probe paths of its own", "health.liveness.additional-paths=/livez,/livez"),
				mistake("'health.liveness.additional-paths' with the value '/readyz/write' is taken already by the probe of writes",
						"Give each probe paths of its own", "health.liveness.additional-paths=/readyz/write"),
				mistake("'health.liveness.path' with the value '/admin/drain' is taken already by the drain's own path",
						"Give each probe paths of its own", "health.liveness.path=/admin/drain"),
				mistake("'health.drain.pre-stop-path' with the value '/readyz' is taken already by health.readiness.path",
						"Give the hook a path of its own", "health.drain.pre-stop-path=/readyz"),
				mistake("'health.drain.pre-stop-path' with the value '/admin/drain' is taken already by the drain's own path",
						"Give the hook a path of its own", "health.drain.pre-stop-path=/admin/drain"),
				mistake("'health.drain.pre-stop-path' with the value 'stop' is not a path", "begin with a slash",
						"health.drain.pre-stop-path=stop"),
				mistake("'health.liveness.path' with the value 'healthz' is not a path", "begin with a slash",
						"health.liveness.path=healthz"),
				mistake("'health.liveness.path' with the value '/healthz/' is not a path", "end without one",
						"health.liveness.path=/healthz/"),
				mistake("'health.readiness.additional-paths' with the value '/rea dy' is not a path", "letters, digits",
						"health.readiness.additional-paths=/rea dy"),
				mistake("'health.startup.path' with the value '/{name}' is not a path", "letters, digits",
						"health.startup.path=/{name}"),
				mistake("'health.jdbc.validation' with the value 'query' asks for a query", "'health.jdbc.query'",
						"health.jdbc.validation=query", "health.jdbc.query= "),
				mistake("'health.jdbc.table' with the value 'health-probe' is not the name of a table",
						"letters, digits and underscores", "health.jdbc.table=health-probe"),
				mistake("'health.jdbc.table' with the value 'a.b.c' is not the name of a table", "ops.health_probe",
						"health.jdbc.table=a.b.c"),
				mistake("Property: health.jdbc.validation\n    Value: \"look\"", "PING\n    QUERY\n    WRITE",
						"health.jdbc.validation=look"),
				mistake("Property: health.redis.validation\n    Value: \"query\"", "PING\n    WRITE",
						"health.redis.validation=query"),
				mistake("'health.redis.key' with the value 'health probe' is not a key", "orders:health_probe",
						"health.redis.key=health probe"));
	}

	private static Arguments mistake(String description, String action, String... properties) {
		return Arguments.of(properties, description, action);
	}

	@ParameterizedTest
	@MethodSource("mistakenVariables")
	void mistakeInAnEnvironmentVariableIsNamedWithItsMend(String variable, String value, String description,
			String action) {
		this.environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(variable, value)));
		assertThatReportSays(description, action);
	}

	static Stream<Arguments> mistakenVariables() {
		return Stream.of(
				Arguments.of("HEALTH_CHECKDEFAULTS_TIMEOUT", "0s",
						"'health.check-defaults.timeout' with the value '0s' is not above zero", "500ms or 2s"),
				Arguments.of("HEALTH_CHECKS_DISKSPACE_TIMEOUT", "0s",
						"'health.checks.diskspace.timeout' with the value '0s' is not above zero", "500ms or 2s"),
				Arguments.of("HEALTH_CHECKS_DB_IMPACT", "fatal", "Value: \"fatal\"", "REQUIRED"),
				Arguments.of("HEALTH_DRAIN_MINWAIT", "1m", "is below 'health.drain.min-wait' with the value '60s'",
						"Raise 'health.drain.max-wait'"),
				Arguments.of("HEALTH_ACCESS_TRUSTED", "proxy.local",
						"'health.access.trusted' with the value 'proxy.local'", "host names are not looked up"),
				Arguments.of("HEALTH_STARTUP_PATH", "/readyz",
						"'health.startup.path' with the value '/readyz' is taken", "Give each probe paths of its own"));
	}

	@Test
	void everySettingAtOnceIsNoMistake() {
		TestPropertyValues.of("health.access.allow=10.0.0.0/8,::/0", "health.access.trusted=",
				"health.drain.min-wait=5s", "health.drain.max-wait=5s", "health.drain.observed-failures=0",
				"health.liveness.additional-paths=/healthcheck,/health", "health.checks.disk-space.impact=degrading",
				"health.checks.db.failure-threshold=3", "health.jdbc.validation=write",
				"health.jdbc.table=ops.health_probe", "health.jdbc.initialize-schema=embedded",
				"health.redis.validation=write", "health.redis.key={orders}:probe")
			.applyTo(this.environment);
		assertThatCode(this::bind).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@CsvSource({ "health.check-defaults.timeout, 0s, is not above zero, 500ms or 2s",
			"health.checks.db.impact, fatal, 'Value: \"fatal\"', REQUIRED",
			"health.liveness.include, db, is nothing that liveness can depend on, health.checks.db.impact=required" })
	@ExtendWith(OutputCaptureExtension.class)
	void wholeApplicationIsStoppedWithTheReport(String property, String value, String description, String action,
			CapturedOutput output) {
		assertThatException().isThrownBy(() -> StartupAttempt.plain().start(property + "=" + value).close());
		assertThat(output).contains("APPLICATION FAILED TO START");
		String report = output.getOut().substring(output.getOut().indexOf("APPLICATION FAILED TO START"));
		assertThat(report).containsSubsequence("Description:", property, description, "Action:", action);
	}

	@Test
	void mistakeCostsNothingWhereTheStarterIsDisabled() {
		try (ConfigurableApplicationContext context = StartupAttempt.plain()
			.start("health.enabled=false", "health.check-defaults.timeout=0s", "health.liveness.include=db")) {
			assertThat(context.isRunning()).isTrue();
		}
	}

	private void assertThatReportSays(String description, String action) {
		FailureAnalysis report = FailureReports.analyze(catchThrowable(this::bind), this.environment);
		assertThat(report.getDescription()).contains(description);
		assertThat(report.getAction()).contains(action);
	}

	private void bind() {
		ConfigurationPropertySources.attach(this.environment);
		HealthProperties.bind(this.environment);
	}

}
