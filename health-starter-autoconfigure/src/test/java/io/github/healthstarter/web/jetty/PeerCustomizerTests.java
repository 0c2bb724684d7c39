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

package io.github.healthstarter.web.jetty;

import java.util.List;

import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.ProxyConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.JettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.testing.EnableWithoutDependencies;
import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ProbedApplication;
import io.github.healthstarter.testing.WebServerChoice;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PeerCustomizer}.
 */
class PeerCustomizerTests {

	private static final String NATIVE = "server.forward-headers-strategy=native";

	@Test
	void addressThatARequestGivesItselfIsNotTrusted() {
		try (ProbedApplication application = ProbedApplication.onServlets(Application.class, WebServerChoice.JETTY,
				NATIVE)) {
			assertThat(application.get("/readyz").json()).containsKey("components");
			for (String header : List.of("X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: https",
					"Forwarded: for=127.0.0.1")) {
				assertThat(application.get("/readyz", header).json()).as(header).doesNotContainKey("components");
			}
		}
	}

	@Test
	void addressThatARequestGivesItselfIsNotAllowedToAskEither() {
		try (ProbedApplication application = ProbedApplication.start(
				new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET), WebServerChoice.JETTY,
				NATIVE, "health.access.allow=192.0.2.7")) {
			assertThat(application.get("/readyz", "X-Forwarded-For: 192.0.2.7").status()).isEqualTo(403);
		}
	}

	@Test
	void headerOfAnotherNameIsNotBelievedEither() {
		try (ProbedApplication application = ProbedApplication.onServlets(OwnHeader.class, WebServerChoice.JETTY)) {
			assertThat(application.get("/readyz").json()).containsKey("components");
			assertThat(application.get("/readyz", "X-Client: 127.0.0.1").json()).doesNotContainKey("components");
		}
	}

	@Test
	void addressThatAConnectionGivesItselfIsNeitherTrustedNorAllowed() {
		try (ProbedApplication application = ProbedApplication.onServlets(BehindProxyProtocol.class,
				WebServerChoice.JETTY)) {
			assertThat(proxied(application, "127.0.0.1").json()).containsKey("components");
			assertThat(proxied(application, "127.0.0.2").json()).doesNotContainKey("components");
		}
		try (ProbedApplication application = ProbedApplication.onServlets(BehindProxyProtocol.class,
				WebServerChoice.JETTY, "health.access.allow=127.0.0.2")) {
			assertThat(proxied(application, "127.0.0.2").status()).isEqualTo(403);
		}
	}

	private static HttpAnswer proxied(ProbedApplication application, String client) {
		try (HttpConnection connection = application.connect()) {
			connection.sendRaw("PROXY TCP4 " + client + " 127.0.0.1 40000 80\r\n");
			return connection.ask("GET", "/readyz");
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class BehindProxyProtocol extends Application {

		@Bean
		JettyServerCustomizer proxyProtocol() {
			return (server) -> ((ServerConnector) server.getConnectors()[0])
				.addFirstConnectionFactory(new ProxyConnectionFactory());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWithoutDependencies
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnHeader extends Application {

		@Bean
		JettyServerCustomizer ownHeader() {
			return OwnHeader::customize;
		}

		private static void customize(Server server) {
			ForwardedRequestCustomizer forwarded = new ForwardedRequestCustomizer();
			forwarded.setForwardedForHeader("X-Client");
			for (ConnectionFactory factory : server.getConnectors()[0].getConnectionFactories()) {
				if (factory instanceof HttpConfiguration.ConnectionFactory http) {
					http.getHttpConfiguration().addCustomizer(forwarded);
				}
			}
		}

	}

}
