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

package io.github.healthstarter.actuate;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import io.github.healthstarter.reload.ReloadRequestedEvent;
import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.ProbedApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the endpoint over HTTP.
 */
class ReloadEndpointTests {

	private static final List<String> NO_REDIS = List.of("spring.autoconfigure.exclude="
			+ "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration");

	@Test
	void reloadTellsWhatCameOfIt() {
		try (ProbedApplication application = start("management.endpoints.web.exposure.include=reload",
				"management.endpoint.reload.access=unrestricted", "management.endpoint.health.show-details=always")) {
			Map<String, Object> reloaded = reload(application).json();
			assertThat(reloaded).containsEntry("outcome", "reloaded").containsKey("tookMillis");
			application.bean(Application.class).failing = true;
			assertThat(reload(application).json()).containsEntry("outcome", "failed")
				.hasEntrySatisfying("reason", (reason) -> assertThat(reason).asString().contains("no reload today"));
		}
	}

	@Test
	void reasonOfAFailureIsNotShownUnlessDetailsOfHealthAre() {
		try (ProbedApplication application = start("management.endpoints.web.exposure.include=reload",
				"management.endpoint.reload.access=unrestricted")) {
			application.bean(Application.class).failing = true;
			assertThat(reload(application).json()).containsEntry("outcome", "failed").doesNotContainKey("reason");
		}
	}

	@Test
	void endpointThatIsExposedWithAllOthersIsClosed() {
		try (ProbedApplication application = start("management.endpoints.web.exposure.include=*")) {
			assertThat(reload(application).status()).isEqualTo(404);
		}
	}

	private static HttpAnswer reload(ProbedApplication application) {
		return application.ask("POST", "/actuator/reload");
	}

	private static ProbedApplication start(String... properties) {
		String[] all = Stream.concat(NO_REDIS.stream(), Arrays.stream(properties)).toArray(String[]::new);
		ProbedApplication application = ProbedApplication.start(new SpringApplicationBuilder(Application.class), all);
		application.awaitState("running");
		return application;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		private volatile boolean failing;

		@EventListener
		void onReload(ReloadRequestedEvent event) {
			if (this.failing) {
				throw new IllegalStateException("no reload today");
			}
		}

	}

}
