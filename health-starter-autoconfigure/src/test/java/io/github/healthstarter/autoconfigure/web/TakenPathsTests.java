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

package io.github.healthstarter.autoconfigure.web;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatServletManagementContextAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import io.github.healthstarter.testing.EnableWithoutDependencies;
import io.github.healthstarter.testing.FailureReports;
import io.github.healthstarter.testing.StarterContext;
import io.github.healthstarter.testing.StartupAttempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests that a path of the starter's that is Actuator's or a controller's as well stops
 * the application with the mend, and that no other path does.
 */
class TakenPathsTests {

	private final WebApplicationContextRunner runner = StarterContext.webRunner()
		.withConfiguration(AutoConfigurations.of(DispatcherServletAutoConfiguration.class,
				WebMvcAutoConfiguration.class, EndpointAutoConfiguration.class, WebEndpointAutoConfiguration.class,
				ManagementContextAutoConfiguration.class, TomcatServletManagementContextAutoConfiguration.class,
				HealthEndpointAutoConfiguration.class, AvailabilityProbesAutoConfiguration.class,
				ApplicationAvailabilityAutoConfiguration.class));

	@ParameterizedTest
	@MethodSource("takenPaths")
	void pathOfActuatorIsNamedWithItsMend(String[] properties, String description, String action) {
		this.runner.withPropertyValues(properties).run((context) -> assertThatReportSays(context, description, action));
	}

	static Stream<Arguments> takenPaths() {
		String mend = "management.endpoints.web.path-mapping";
		return Stream.of(
				taken("The path '/actuator/health' of the health starter is Actuator's as well", mend,
						"health.readiness.path=/actuator/health"),
				taken("The path '/actuator/health/liveness' of the health starter is Actuator's as well ('/actuator/health')",
						mend, "health.liveness.additional-paths=/actuator/health/liveness"),
				taken("The path '/healthz' of the health starter is Actuator's as well", mend,
						"management.endpoints.web.base-path=/", "management.endpoints.web.path-mapping.health=healthz"),
				taken("The path '/readyz/health' of the health starter is Actuator's as well", mend,
						"management.endpoints.web.base-path=/readyz"),
				taken("The path '/healthz' of the health starter is Actuator's as well", mend,
						"management.endpoints.web.base-path=/healthz"),
				taken("The path '/readyz' of the health starter is Actuator's as well", "add-additional-paths",
						"management.endpoint.health.probes.add-additional-paths=true"),
				taken("The path '/readyz' of the health starter is Actuator's as well", "add-additional-paths",
						"management.endpoint.health.probes.add-additional-paths=true", "management.server.port=0"),
				taken("The path '/healthz' of the health starter is Actuator's as well", "additional-path",
						"management.endpoint.health.group.live.include=ping",
						"management.endpoint.health.group.live.additional-path=server:/healthz"),
				taken("The path '/ops/actuator/health' of the health starter is Actuator's as well", mend,
						"spring.mvc.servlet.path=/ops", "health.readiness.path=/ops/actuator/health"));
	}

	private static Arguments taken(String description, String action, String... properties) {
		return Arguments.of(properties, description, action);
	}

	@ParameterizedTest
	@MethodSource("takenByControllers")
	void controllerOnAPathIsNamedWithItsMend(Class<?> controller, String[] properties, String path) {
		this.runner.withPropertyValues(properties)
			.withUserConfiguration(controller)
			.run((context) -> assertThatReportSays(context,
					"The path '" + path + "' of " + controller.getName() + "#answer", "health.liveness.path"));
	}

	static Stream<Arguments> takenByControllers() {
		return Stream.of(Arguments.of(HealthzController.class, new String[0], "/healthz"),
				Arguments.of(CheckController.class, new String[0], "/readyz/db"),
				Arguments.of(HealthzController.class,
						new String[] { "spring.mvc.servlet.path=/app", "health.liveness.path=/app/healthz" },
						"/app/healthz"));
	}

	@ParameterizedTest
	@MethodSource("freePaths")
	void pathOfNobodyElseIsNoMistake(Class<?> source, String[] properties) {
		this.runner.withPropertyValues(properties)
			.withUserConfiguration(source)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	static Stream<Arguments> freePaths() {
		return Stream.of(free(TakenPathsTests.class),
				free(TakenPathsTests.class, "management.server.port=-1", "health.readiness.path=/actuator/health"),
				free(TakenPathsTests.class, "management.endpoints.web.base-path=/"),
				free(TakenPathsTests.class, "health.liveness.path=/actuator/healthz"),
				free(TakenPathsTests.class, "health.readiness.path=/ready",
						"management.endpoint.health.probes.add-additional-paths=true"),
				free(TakenPathsTests.class, "spring.mvc.servlet.path=/ops", "health.readiness.path=/actuator/health"),
				free(HealthzController.class, "spring.mvc.servlet.path=/app"),
				free(HealthzController.class, "health.liveness.path=/livez"), free(AnyPathController.class));
	}

	private static Arguments free(Class<?> source, String... properties) {
		return Arguments.of(source, properties);
	}

	@ParameterizedTest
	@MethodSource("pathsOnTheManagementPort")
	void pathOfTheManagementPortIsNoMistake(String[] properties) {
		StartupAttempt.onServlets(WebApplication.class).start(properties).close();
	}

	static Stream<Arguments> pathsOnTheManagementPort() {
		return Stream.of(
				onManagementPort("management.server.port=0", "management.endpoints.web.base-path=/",
						"management.endpoints.web.path-mapping.health=healthz"),
				onManagementPort("management.server.port=0", "management.endpoint.health.group.live.include=ping",
						"management.endpoint.health.group.live.additional-path=management:/healthz"));
	}

	private static Arguments onManagementPort(String... properties) {
		return Arguments.of((Object) properties);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void wholeApplicationIsStoppedWithTheReport(CapturedOutput output) {
		assertThatException().isThrownBy(() -> StartupAttempt.onServlets(WholeApplication.class).start().close());
		assertThat(output.getOut()).containsSubsequence("APPLICATION FAILED TO START", "Description:",
				"The path '/healthz' of " + HealthzController.class.getName() + "#answer", "Action:",
				"health.liveness.path");
	}

	private static void assertThatReportSays(AssertableWebApplicationContext context, String description,
			String action) {
		assertThat(context).hasFailed();
		FailureAnalysis report = FailureReports.analyze(context.getStartupFailure(), new MockEnvironment());
		assertThat(report.getDescription()).contains(description);
		assertThat(report.getAction()).contains(action);
	}

	@EnableWithoutDependencies
	static class WebApplication {

	}

	@EnableWithoutDependencies
	@Import(HealthzController.class)
	static class WholeApplication {

	}

	@RestController
	static class HealthzController {

		@GetMapping("/healthz")
		String answer() {
			return "mine";
		}

	}

	@RestController
	static class CheckController {

		@GetMapping("/readyz/db")
		String answer() {
			return "mine";
		}

	}

	@RestController
	static class AnyPathController {

		@GetMapping("/{name}")
		String answer(@PathVariable String name) {
			return name;
		}

	}

}
