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

package io.github.healthstarter.autoconfigure.instance;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.github.healthstarter.autoconfigure.InvalidPropertyException;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LivenessPropertyCheckTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	@ParameterizedTest
	@CsvSource({ "health.liveness.include, health.liveness.include",
			"health.liveness.include[0], health.liveness.include.0",
			"health.liveness.checks.db.enabled, health.liveness.checks.db.enabled",
			"health.liveness.signals.db.enabled, health.liveness.signals.db.enabled",
			"health.liveness.signals.deadlock.interval, health.liveness.signals.deadlock.interval" })
	void foreignPropertyIsRefusedByItsName(String property, String named) {
		property(property, "db");
		assertThatExceptionOfType(InvalidPropertyException.class).isThrownBy(this::check)
			.withMessageContaining(
					"Property '" + named + "' with the value 'db' is nothing that liveness can depend on")
			.withMessageContaining("health.checks.db.impact=required");
	}

	@ParameterizedTest
	@CsvSource({ "HEALTH_LIVENESS_INCLUDE, health.liveness.include",
			"HEALTH_LIVENESS_SIGNALS_DB_ENABLED, health.liveness.signals.db.enabled" })
	void foreignEnvironmentVariableIsRefused(String variable, String named) {
		variable(variable, "db");
		assertThatExceptionOfType(InvalidPropertyException.class).isThrownBy(this::check)
			.withMessageContaining("'" + named + "' with the value 'db'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "health.liveness.path", "health.liveness.additional-paths",
			"health.liveness.additionalPaths", "health.liveness.additional-paths[0]",
			"health.liveness.signals.deadlock.enabled", "health.liveness.signals.web-server.enabled",
			"health.liveness.signals.request-executor.enabled", "health.liveness.signals.request-executor.stuck-after",
			"health.readiness.include", "health.livenessx" })
	void ownPropertyPasses(String property) {
		property(property, "true");
		assertThatCode(this::check).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@ValueSource(strings = { "HEALTH_LIVENESS_PATH", "HEALTH_LIVENESS_ADDITIONALPATHS",
			"HEALTH_LIVENESS_ADDITIONAL_PATHS", "HEALTH_LIVENESS_ADDITIONALPATHS_0",
			"HEALTH_LIVENESS_SIGNALS_DEADLOCK_ENABLED", "HEALTH_LIVENESS_SIGNALS_REQUESTEXECUTOR_STUCKAFTER" })
	void ownEnvironmentVariablePasses(String variable) {
		variable(variable, "true");
		assertThatCode(this::check).doesNotThrowAnyException();
	}

	@Test
	void headingWithoutContentPasses() {
		property("health.liveness.signals", "");
		assertThatCode(this::check).doesNotThrowAnyException();
	}

	private void property(String name, String value) {
		this.environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(name, value)));
	}

	private void variable(String name, String value) {
		this.environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource(
					"test-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(name, value)));
	}

	private void check() {
		ConfigurationPropertySources.attach(this.environment);
		LivenessPropertyCheck.check(this.environment);
	}

}
