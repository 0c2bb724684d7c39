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

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.jetty.reactive.JettyReactiveWebServerFactory;
import org.springframework.boot.tomcat.reactive.TomcatReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ProbedApplication;
import io.github.healthstarter.testing.WebServerChoice;
import io.github.healthstarter.traffic.RequestLoad;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is left where a reactive application is not on Reactor Netty.
 */
class OtherServerTests {

	@Test
	void probesAnswerAndRequestsAreCountedButNoAddressIsTrusted() {
		try (ProbedApplication application = ProbedApplication.onReactorNetty(TomcatApplication.class,
				"health.access.token=secret")) {
			assertThat(application.get("/readyz").json()).containsOnlyKeys("status", "state");
			assertThat(application.get("/readyz", "Authorization: Bearer secret").json()).containsKey("components");
			RequestLoad requests = application.bean(HealthInstance.class).traffic().requests();
			ReactiveApplication.Requests controller = application.bean(ReactiveApplication.Requests.class);
			try (HttpConnection connection = application.connect()) {
				connection.send("GET", "/plain");
				application.await().until(controller::entered, (entered) -> entered == 1);
				assertThat(requests.inFlight()).isEqualTo(1);
				application.bean(HealthInstance.class).drain().begin(DrainTrigger.API);
				controller.open();
				HttpAnswer answer = connection.receive();
				assertThat(answer.body()).isEqualTo("opened");
				assertThat(answer.closesConnection()).isFalse();
			}
			application.await().until(requests::inFlight, (count) -> count == 0);
			assertThat(application.get("/readyz").status()).isEqualTo(503);
		}
	}

	@ParameterizedTest
	@MethodSource
	void addressThatARequestGivesItselfIsNotAllowedToAsk(Class<?> source, String server) {
		try (ProbedApplication application = ProbedApplication.onReactorNetty(source, server,
				"server.forward-headers-strategy=native", "health.access.allow=192.0.2.7")) {
			for (String header : List.of("X-Forwarded-For: 192.0.2.7", "X-Other: a")) {
				assertThat(application.get("/readyz", header).status()).as(header).isEqualTo(403);
			}
		}
		try (ProbedApplication application = ProbedApplication.onReactorNetty(source, server,
				"server.forward-headers-strategy=native", "health.access.allow=127.0.0.1")) {
			assertThat(application.get("/readyz", "X-Forwarded-For: 192.0.2.7").status()).isEqualTo(200);
		}
	}

	static Stream<Arguments> addressThatARequestGivesItselfIsNotAllowedToAsk() {
		return Stream.of(Arguments.of(TomcatApplication.class, WebServerChoice.TOMCAT),
				Arguments.of(JettyApplication.class, WebServerChoice.JETTY));
	}

	@Configuration(proxyBeanMethods = false)
	static class JettyApplication extends ReactiveApplication {

		@Bean
		JettyReactiveWebServerFactory jetty() {
			return new JettyReactiveWebServerFactory();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TomcatApplication extends ReactiveApplication {

		@Bean
		TomcatReactiveWebServerFactory tomcat() {
			return new TomcatReactiveWebServerFactory();
		}

	}

}
