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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class ServletPathTests {

	private final MockEnvironment environment = new MockEnvironment();

	@ParameterizedTest
	@CsvSource({ "/app, /app", "/app/, /app", "/, ''" })
	void pathEndsWithoutASlash(String configured, String path) {
		this.environment.setProperty("spring.mvc.servlet.path", configured);
		assertThat(ServletPath.of(this.environment)).isEqualTo(path);
	}

	@Test
	void pathIsEmptyUnlessConfigured() {
		assertThat(ServletPath.of(this.environment)).isEmpty();
	}

}
