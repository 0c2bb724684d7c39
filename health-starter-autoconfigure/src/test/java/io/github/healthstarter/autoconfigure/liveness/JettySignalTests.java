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

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.testing.StuckApplication;
import io.github.healthstarter.testing.WebServerChoice;

/**
 * Tests of the threads of Jetty.
 */
class JettySignalTests extends AbstractWebServerTests {

	private static final AtomicBoolean ACCEPTOR_OUT_OF_MEMORY = new AtomicBoolean();

	private static final AtomicBoolean SELECTOR_OUT_OF_MEMORY = new AtomicBoolean();

	WebApplicationType type() {
		return WebApplicationType.SERVLET;
	}

	@Override
	ConfigurableApplicationContext start(String... properties) {
		ACCEPTOR_OUT_OF_MEMORY.set(false);
		SELECTOR_OUT_OF_MEMORY.set(false);
		return new SpringApplicationBuilder(StuckApplication.class, Endings.class).web(type())
			.registerShutdownHook(false)
			.properties(WebServerChoice.JETTY)
			.properties(properties)
			.run();
	}

	@Test
	void acceptorThatHasEndedFails() {
		ACCEPTOR_OUT_OF_MEMORY.set(true);
		ask("/fast");
		ask("/fast");
		assertFailure("-acceptor-");
	}

	@Test
	void selectorThatHasEndedFails() {
		SELECTOR_OUT_OF_MEMORY.set(true);
		ask("/fast");
		assertFailure("selector of Jetty");
	}

	@Configuration(proxyBeanMethods = false)
	static class Endings {

		@Bean
		WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> connector() {
			return (factory) -> factory.addServerCustomizers(
					(server) -> server.setConnectors(new Connector[] { new MortalConnector(server) }));
		}

	}

	private static final class MortalConnector extends ServerConnector {

		MortalConnector(Server server) {
			super(server, 1, 1);
			setAcceptQueueSize(1);
		}

		@Override
		public void accept(int acceptor) throws IOException {
			super.accept(acceptor);
			if (ACCEPTOR_OUT_OF_MEMORY.get()) {
				throw new OutOfMemoryError("for the test");
			}
		}

		// As it does if the heap does not suffice for the log either
		@Override
		protected boolean handleAcceptFailure(Throwable failure) {
			if (ACCEPTOR_OUT_OF_MEMORY.getAndSet(false)) {
				throw new OutOfMemoryError("for the test");
			}
			return super.handleAcceptFailure(failure);
		}

		@Override
		protected SelectorManager newSelectorManager(Executor executor, Scheduler scheduler, int selectors) {
			return new ServerConnectorManager(executor, scheduler, selectors) {

				@Override
				protected ManagedSelector newSelector(int id) {
					return new ManagedSelector(this, id) {

						@Override
						protected int nioSelect(Selector selector, boolean now) throws IOException {
							if (SELECTOR_OUT_OF_MEMORY.getAndSet(false)) {
								throw new OutOfMemoryError("for the test");
							}
							return super.nioSelect(selector, now);
						}

						// As it does if the heap does not suffice for another selector
						@Override
						protected void handleSelectFailure(Selector selector, Throwable failure) throws IOException {
							if (failure instanceof OutOfMemoryError) {
								throw new IOException(failure);
							}
							super.handleSelectFailure(selector, failure);
						}

					};
				}

			};
		}

	}

}
