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

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the probe server follows the web server in an application's own tests.
 */
class ProbeServerInTestsTests {

	private static final String PORT = "health.server.port=9091";

	/**
	 * A test with a web server on a random port.
	 */
	@Nested
	@DirtiesContext
	@SpringBootTest(classes = Application.class, properties = PORT, webEnvironment = WebEnvironment.RANDOM_PORT)
	class OnARandomPort {

		@Test
		void serverHasARandomPortToo(@Autowired Environment environment) {
			assertThat(environment.getRequiredProperty("local.health.port", Integer.class)).isPositive()
				.isNotIn(9091, environment.getRequiredProperty("local.server.port", Integer.class));
		}

	}

	/**
	 * A test without a web server.
	 */
	@Nested
	@DirtiesContext
	@SpringBootTest(classes = Application.class, properties = PORT)
	class WithAMock {

		@Test
		void thereIsNoServer(@Autowired Environment environment) {
			assertThat(environment.containsProperty("local.health.port")).isFalse();
		}

	}

	/**
	 * A test of an application that has none.
	 */
	@Nested
	@DirtiesContext
	@SpringBootTest(classes = Application.class, properties = PORT, webEnvironment = WebEnvironment.NONE)
	class WithoutAWebServer {

		@Test
		void thereIsNoServer(@Autowired Environment environment) {
			assertThat(environment.containsProperty("local.health.port")).isFalse();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
