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

package io.github.healthstarter.web.reactive;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.test.web.reactive.server.WebTestClient;

import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.StarterContext;
import io.github.healthstarter.traffic.RequestLoad;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application whose tests ask it without any server, as those with
 * {@code @AutoConfigureWebTestClient} do.
 */
class NoServerTests {

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(StarterContext.autoConfigurations())
		.withConfiguration(AutoConfigurations.of(WebFluxAutoConfiguration.class, HttpHandlerAutoConfiguration.class))
		.withUserConfiguration(ReactiveApplication.Requests.class);

	@Test
	void probesAnswerAndRequestsAreCounted() {
		this.runner.run((context) -> {
			WebTestClient client = WebTestClient.bindToApplicationContext(context.getSourceApplicationContext())
				.build();
			client.get().uri("/healthz").exchange().expectStatus().isOk();
			RequestLoad requests = context.getBean(HealthInstance.class).traffic().requests();
			context.getBean(ReactiveApplication.Requests.class).open();
			client.get().uri("/plain").exchange().expectBody(String.class).isEqualTo("opened");
			client.get().uri("/missing").exchange().expectStatus().isNotFound();
			assertThat(requests.begun()).isEqualTo(2);
			assertThat(requests.inFlight()).isZero();
			context.getBean(HealthInstance.class).drain().begin(DrainTrigger.API);
			client.get().uri("/plain").exchange().expectStatus().isOk();
			client.get().uri("/readyz").exchange().expectStatus().isEqualTo(503);
		});
	}

}
