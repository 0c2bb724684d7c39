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

package io.github.healthstarter.web;

import java.net.InetAddress;
import java.util.Map;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

import io.github.healthstarter.server.ProbeServer;
import io.github.healthstarter.testing.ProbeServerDefaults;

/**
 * Serves the routes of an application on a probe server as well, and makes its port the
 * one that is asked.
 */
@Configuration(proxyBeanMethods = false)
class ProbeServerConfiguration {

	static SpringApplicationBuilder application(Class<?>... sources) {
		return new SpringApplicationBuilder(sources).sources(ProbeServerConfiguration.class)
			.web(WebApplicationType.SERVLET);
	}

	@Bean
	ProbeServer probeServer(HttpContract contract) {
		return new ProbeServer(ProbeServerDefaults.of(InetAddress.getLoopbackAddress(), 0), contract.routes(),
				contract.access(), contract.drainHeaders());
	}

	@Bean
	ProbeServerStart probeServerStart(ProbeServer server, ConfigurableEnvironment environment) {
		return new ProbeServerStart(server, environment);
	}

	/**
	 * Starts after the web server, whose port it hides.
	 */
	static final class ProbeServerStart implements SmartLifecycle {

		private final ProbeServer server;

		private final ConfigurableEnvironment environment;

		private volatile boolean running;

		ProbeServerStart(ProbeServer server, ConfigurableEnvironment environment) {
			this.server = server;
			this.environment = environment;
		}

		@Override
		public void start() {
			this.environment.getPropertySources()
				.addFirst(new MapPropertySource("probe-server", Map.of("local.server.port", this.server.start())));
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

	}

}
