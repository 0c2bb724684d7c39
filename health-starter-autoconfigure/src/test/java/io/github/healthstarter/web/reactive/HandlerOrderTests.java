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

import java.net.InetSocketAddress;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.util.StringUtils;
import org.springframework.web.server.WebFilter;

import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ProbedApplication;
import io.github.healthstarter.web.AbstractProbeOrderTests;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the place of {@link ProbeHandler} before all that an application does, and of
 * what the server has done before it.
 */
class HandlerOrderTests extends AbstractProbeOrderTests {

	// On this class path there are two servers, and both would make the port for
	// management
	private static final String OF_TOMCAT = "org.springframework.boot.tomcat.autoconfigure.actuate.web.server"
			+ ".TomcatReactiveManagementContextAutoConfiguration";

	@Override
	protected ProbedApplication startDenying(String... properties) {
		return ProbedApplication.onReactorNetty(DenyingApplication.class,
				StringUtils.addStringToArray(properties, "spring.webflux.base-path=/shop/"));
	}

	@Override
	protected ProbedApplication startPlain(String... properties) {
		return ProbedApplication.onReactorNetty(ReactiveApplication.class, properties);
	}

	@Test
	void springRefusesAQueryThatIsNoPartOfAUri() {
		try (ProbedApplication application = startDenying()) {
			assertThat(application.get("/shop/readyz?a=%7B%25%7D").status()).isEqualTo(200);
			assertThat(application.get("/shop/readyz?a={%}").status()).isEqualTo(400);
			assertThat(application.get("/shop/orders?a={%}").status()).isEqualTo(400);
		}
	}

	@Test
	void basePathWithoutASlashIsUnderstoodAsSpringDoes() {
		try (ProbedApplication application = ProbedApplication.onReactorNetty(ReactiveApplication.class,
				"spring.webflux.base-path=shop")) {
			assertThat(application.get("/shop/readyz?a=b").status()).isEqualTo(200);
			assertThat(application.get("/readyz").status()).isEqualTo(404);
		}
	}

	@Test
	void addressThatTheServerTakesFromAHeaderOfItsOwnProvesNothingEither() {
		try (ProbedApplication application = ProbedApplication.onReactorNetty(ForwardingApplication.class,
				"health.access.allow=127.0.0.1")) {
			assertThat(application.get("/readyz").json()).containsKey("components");
			assertThat(application.get("/readyz", "X-Client: 127.0.0.2").json()).doesNotContainKey("components");
			assertThat(application.get("/readyz", "X-Client: 127.0.0.1").json()).doesNotContainKey("components");
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { ReactiveApplication.class, DecoratingApplication.class })
	void portForManagementIsLeftAlone(Class<?> source) {
		try (ProbedApplication application = ProbedApplication.onReactorNetty(source, "management.server.port=0",
				"spring.autoconfigure.exclude=" + OF_TOMCAT)) {
			int port = application.bean(Environment.class).getRequiredProperty("local.management.port", Integer.class);
			long begun = application.bean(HealthInstance.class).traffic().requests().begun();
			try (HttpConnection connection = HttpConnection.to(port)) {
				assertThat(connection.ask("GET", "/readyz").status()).isEqualTo(404);
				assertThat(connection.ask("GET", "/actuator/health").status()).isEqualTo(200);
			}
			assertThat(application.bean(HealthInstance.class).traffic().requests().begun()).isEqualTo(begun);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class DenyingApplication extends ReactiveApplication {

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		WebFilter aFirstFilter() {
			return (exchange, chain) -> {
				exchange.getResponse().getHeaders().set("X-Denied-By", "the application");
				exchange.getResponse().setStatusCode(HttpStatus.UNAUTHORIZED);
				return exchange.getResponse().setComplete();
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class DecoratingApplication extends ReactiveApplication {

		@Bean
		HttpHandlerDecoratorFactory decorator() {
			return (handler) -> (request, response) -> handler.handle(request, response);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ForwardingApplication extends ReactiveApplication {

		@Bean
		WebServerFactoryCustomizer<NettyReactiveWebServerFactory> forwarding() {
			return (factory) -> factory.addServerCustomizers((server) -> server.forwarded((connection, request) -> {
				String client = request.headers().get("X-Client");
				return (client != null) ? connection.withRemoteAddress(new InetSocketAddress(client,
						Objects.requireNonNull(connection.getRemoteAddress()).getPort() + 1)) : connection;
			}));
		}

	}

}
