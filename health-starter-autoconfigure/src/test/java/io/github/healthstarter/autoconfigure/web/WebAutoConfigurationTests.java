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
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import io.github.healthstarter.testing.StarterContext;
import io.github.healthstarter.web.HttpContract;

import static org.assertj.core.api.Assertions.assertThat;

class WebAutoConfigurationTests {

	private final WebApplicationContextRunner runner = StarterContext.webRunner();

	@Test
	void probesAnswerOnTheirDefaultPaths() {
		this.runner.run((context) -> assertThat(context.getBean(HttpContract.class).routes().paths()).containsExactly(
				"/admin/drain", "/admin/maintenance", "/healthz", "/readyz", "/readyz/read", "/readyz/write",
				"/startupz"));
	}

	@Test
	void probesAnswerOnConfiguredPaths() {
		this.runner
			.withPropertyValues("health.liveness.path=/livez", "health.liveness.additional-paths=/alive",
					"health.readiness.path=/ready", "health.readiness.additional-paths=/healthcheck,/health",
					"health.startup.path=/started", "health.startup.additional-paths[0]=/boot")
			.run((context) -> assertThat(context.getBean(HttpContract.class).routes().paths()).containsExactly(
					"/admin/drain", "/admin/maintenance", "/alive", "/boot", "/health", "/healthcheck", "/livez",
					"/ready", "/ready/read", "/ready/write", "/started"));
	}

	@Test
	void routesAreAbsentWithoutAWebServer() {
		StarterContext.runner()
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HttpContract.class));
	}

	@Test
	void routesAreAbsentWhenDisabled() {
		this.runner.withPropertyValues("health.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HttpContract.class));
	}

}
