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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link RemovedProperties}.
 */
class RemovedPropertiesTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	@ParameterizedTest
	@ValueSource(strings = { "health.access.trusted-authority", "health.access.trustedAuthority" })
	void checkWhenPropertyIsSetThrowsWithReplacement(String property) {
		TestPropertyValues.of(property + "=OPS").applyTo(this.environment);
		assertThatExceptionOfType(InvalidPropertyException.class)
			.isThrownBy(() -> RemovedProperties.check(this.environment))
			.withMessageContaining("Property 'health.access.trusted-authority' with the value 'OPS' no longer exists.")
			.withMessageContaining("Actuator's endpoints behind the application's security");
	}

	@Test
	void checkWhenEnvironmentVariableIsSetThrows() {
		this.environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
					Map.of("HEALTH_ACCESS_TRUSTEDAUTHORITY", "OPS")));
		assertThatExceptionOfType(InvalidPropertyException.class)
			.isThrownBy(() -> RemovedProperties.check(this.environment));
	}

	@Test
	void checkWhenPropertyIsEmptyOrAbsentDoesNotThrow() {
		RemovedProperties.check(this.environment);
		TestPropertyValues.of("health.access.trusted-authority=").applyTo(this.environment);
		assertThatNoException().isThrownBy(() -> RemovedProperties.check(this.environment));
	}

}
