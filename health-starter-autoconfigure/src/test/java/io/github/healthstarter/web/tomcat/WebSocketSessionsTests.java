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

package io.github.healthstarter.web.tomcat;

import java.time.Duration;

import jakarta.servlet.ServletContext;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import org.apache.tomcat.websocket.server.WsSci;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainOutcome;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.EnableWithoutDependencies;
import io.github.healthstarter.testing.ProbedApplication;
import io.github.healthstarter.testing.WebSocketClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebSocketSessions}, with a real client.
 */
@Timeout(120)
class WebSocketSessionsTests {

	private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(20);

	@Test
	void openSessionIsNotWaitedForAndItsClientIsToldThatTheServerGoesAway() throws Exception {
		WebSocketClient client;
		long begun;
		try (ProbedApplication application = ProbedApplication.onServlets(SocketApplication.class,
				"server.shutdown=graceful", "health.drain.max-wait=20s", "health.drain.quiet-period=0s",
				"health.drain.observed-failures=0",
				"spring.lifecycle.timeout-per-shutdown-phase=" + SHUTDOWN_TIMEOUT.toSeconds() + "s")) {
			client = WebSocketClient.to(application.port(), "/socket");
			assertThat(client.greeting()).isEqualTo("hello");
			application.await()
				.until(() -> application.bean(HealthInstance.class).traffic().requests().inFlight(),
						(count) -> count == 0);
			DrainController drain = application.bean(HealthInstance.class).drain();
			drain.begin(DrainTrigger.API);
			application.await()
				.untilAsserted(
						() -> assertThat(drain.progress()).extracting("outcome").isEqualTo(DrainOutcome.QUIESCED));
			assertThat(client.isOpen()).isTrue();
			begun = System.nanoTime();
		}
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SHUTDOWN_TIMEOUT.dividedBy(4));
		assertThat(client.closeStatus()).isEqualTo(1001);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWithoutDependencies
	static class SocketApplication {

		// As Spring Boot does where there is Spring WebSocket
		@Bean
		WebServerFactoryCustomizer<TomcatWebServerFactory> webSocket() {
			return (factory) -> factory
				.addContextCustomizers((context) -> context.addServletContainerInitializer(new WsSci(), null));
		}

		@Bean
		ApplicationRunner endpoint(ServletContext servletContext) {
			return (arguments) -> addEndpoint(
					(ServerContainer) servletContext.getAttribute("jakarta.websocket.server.ServerContainer"));
		}

		private static void addEndpoint(ServerContainer container) throws DeploymentException {
			container.addEndpoint(ServerEndpointConfig.Builder.create(Greeter.class, "/socket").build());
		}

	}

	public static final class Greeter extends Endpoint {

		@Override
		public void onOpen(Session session, EndpointConfig config) {
			session.getAsyncRemote().sendText("hello", (result) -> {
			});
		}

	}

}
