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

package io.github.healthstarter.autoconfigure.indicator.r2dbc;

import java.time.Duration;
import java.util.List;

import io.r2dbc.h2.H2ConnectionConfiguration;
import io.r2dbc.h2.H2ConnectionFactory;
import io.r2dbc.spi.ConnectionFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.healthstarter.indicator.r2dbc.ConnectionFactoryIndicator;
import io.github.healthstarter.testing.RestrictedClassPath;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for R2DBC where what is looked for around it is really not there.
 */
class R2dbcWithoutLibrariesTests {

	@ParameterizedTest
	@ValueSource(strings = { "r2dbc-pool", "spring-r2dbc" })
	void connectionFactoryIsAskedWithoutALibrary(String library) {
		try (RestrictedClassPath classPath = RestrictedClassPath.without(List.of(library))) {
			assertThat((String[]) classPath.call(Asked.class, "status", "without")).containsExactly("UP", "null");
		}
	}

	static class Asked {

		static String[] status(String... name) {
			ConnectionFactory factory = new H2ConnectionFactory(
					H2ConnectionConfiguration.builder().inMemory(name[0]).build());
			ConnectionFactoryIndicator indicator = new ConnectionFactoryIndicator(factory, null,
					Duration.ofSeconds(20));
			return new String[] { indicator.health().getStatus().getCode(),
					String.valueOf(RoutingTargets.of(factory)) };
		}

	}

}
