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

package io.github.healthstarter.autoconfigure.liveness;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.Http11NioProtocol;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.testing.StuckApplication;

/**
 * Tests of the threads of Tomcat.
 */
class TomcatSignalTests extends AbstractWebServerTests {

	WebApplicationType type() {
		return WebApplicationType.SERVLET;
	}

	@Override
	ConfigurableApplicationContext start(String... properties) {
		FailingAcceptorProtocol.OUT_OF_MEMORY.set(false);
		return new SpringApplicationBuilder(StuckApplication.class, Endings.class).web(type())
			.registerShutdownHook(false)
			.properties("server.tomcat.accept-count=1", "server.tomcat.max-connections=4")
			.properties(properties)
			.run();
	}

	@Test
	void pollerThatHasEndedFails() {
		FailingAcceptorProtocol.OUT_OF_MEMORY.set(true);
		ask("/fast");
		assertFailure("-Poller");
	}

	@Test
	void acceptorThatHasEndedFails() {
		this.context.close();
		begin("testing.protocol=" + FailingAcceptorProtocol.class.getName());
		FailingAcceptorProtocol.OUT_OF_MEMORY.set(true);
		ask("/fast");
		assertFailure("-Acceptor");
	}

	@Test
	void connectorThatTheApplicationPausesOrStopsDoesNotFail() throws Exception {
		TomcatWebServer server = (TomcatWebServer) ((WebServerApplicationContext) this.context).getWebServer();
		Connector connector = server.getTomcat().getConnector();
		connector.pause();
		assertNoFailure();
		connector.getProtocolHandler().closeServerSocketGraceful();
		assertNoFailure();
		connector.stop();
		assertNoFailure();
	}

	@Configuration(proxyBeanMethods = false)
	static class Endings {

		@Bean
		WebServerFactoryCustomizer<TomcatWebServerFactory> protocol(
				@Value("${testing.protocol:" + TomcatWebServerFactory.DEFAULT_PROTOCOL + "}") String protocol) {
			return (factory) -> factory.setProtocol(protocol);
		}

		@Bean
		TomcatProtocolHandlerCustomizer<Http11NioProtocol> threads() {
			ExecutorService threads = Executors.newCachedThreadPool();
			return (protocol) -> protocol.setExecutor((task) -> {
				if (FailingAcceptorProtocol.OUT_OF_MEMORY.getAndSet(false)) {
					throw new OutOfMemoryError("unable to create native thread");
				}
				threads.execute(task);
			});
		}

	}

}
