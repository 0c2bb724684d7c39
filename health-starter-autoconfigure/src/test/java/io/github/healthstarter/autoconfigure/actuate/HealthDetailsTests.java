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

package io.github.healthstarter.autoconfigure.actuate;

import java.security.Principal;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HealthDetails}.
 */
class HealthDetailsTests {

	@ParameterizedTest(name = "{0} with roles {1}: {2} with role {3} is told {4}")
	@CsvSource(nullValues = "-",
			value = { "never, -, ada, -, false", "always, -, -, -, true", "when-authorized, -, -, -, false",
					"when-authorized, -, ada, -, true", "WHEN_AUTHORIZED, 'ops,dev', ada, -, false",
					"when_authorized, 'ops,dev', ada, dev, true" })
	void areShownAsThoseOfActuatorsHealthAre(String show, @Nullable String roles, @Nullable String name,
			@Nullable String role, boolean shown) {
		MockEnvironment environment = new MockEnvironment().withProperty("management.endpoint.health.show-details",
				show);
		if (roles != null) {
			environment.setProperty("management.endpoint.health.roles", roles);
		}
		assertThat(HealthDetails.of(environment).areShownTo(new Caller(name, role))).isEqualTo(shown);
	}

	private record Caller(@Nullable String name, @Nullable String role) implements SecurityContext {

		@Override
		public @Nullable Principal getPrincipal() {
			return (this.name != null) ? () -> this.name : null;
		}

		@Override
		public boolean isUserInRole(String asked) {
			return asked.equals(this.role);
		}

	}

}
