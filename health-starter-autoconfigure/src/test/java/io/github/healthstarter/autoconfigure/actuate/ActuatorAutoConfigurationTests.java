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

import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import io.github.healthstarter.actuate.DrainEndpoint;
import io.github.healthstarter.testing.StarterContext;

import static org.assertj.core.api.Assertions.assertThat;

class ActuatorAutoConfigurationTests {

	private final WebApplicationContextRunner runner = StarterContext.webRunner()
		.withConfiguration(AutoConfigurations.of(EndpointAutoConfiguration.class, WebEndpointAutoConfiguration.class));

	@Test
	void endpointExistsWhereItIsExposed() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=drain")
			.run((context) -> assertThat(context).hasSingleBean(DrainEndpoint.class));
	}

	@Test
	void endpointIsNotExposedUnlessAskedFor() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DrainEndpoint.class));
	}

	@Test
	void endpointIsAbsentWithoutAccessToIt() {
		this.runner
			.withPropertyValues("management.endpoints.web.exposure.include=drain",
					"management.endpoint.drain.access=NONE")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DrainEndpoint.class));
	}

	@Test
	void endpointIsAbsentWithoutActuator() {
		StarterContext.webRunner()
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.withPropertyValues("management.endpoints.web.exposure.include=drain")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DrainEndpoint.class));
	}

	@Test
	void endpointIsAbsentWhenDisabled() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=drain", "health.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DrainEndpoint.class));
	}

	@Test
	void pathsAreNotComparedWithoutAWebServer() {
		StarterContext.runner()
			.withPropertyValues("management.endpoints.web.base-path=/healthz")
			.run((context) -> assertThat(context).hasNotFailed());
	}

}
