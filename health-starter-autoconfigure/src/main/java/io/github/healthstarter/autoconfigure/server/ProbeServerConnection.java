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

package io.github.healthstarter.autoconfigure.server;

import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

import io.github.healthstarter.web.HttpContract;

/**
 * Lets the probe server serve what the context has made, once every bean has been made.
 */
final class ProbeServerConnection implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(ProbeServerConnection.class);

	private static final String PORT = "local.health.port";

	private final HttpContract contract;

	private final ObjectProvider<ApplicationProbeServer> server;

	private final ConfigurableEnvironment environment;

	ProbeServerConnection(HttpContract contract, ObjectProvider<ApplicationProbeServer> server,
			ConfigurableEnvironment environment) {
		this.contract = contract;
		this.server = server;
		this.environment = environment;
	}

	@Override
	public void afterSingletonsInstantiated() {
		ApplicationProbeServer server = this.server.getIfAvailable();
		if (server != null) {
			this.environment.getPropertySources()
				.addFirst(new MapPropertySource("healthStarterPorts", Map.of(PORT, server.connect(this.contract))));
		}
		else if (this.environment.containsProperty(ProbeServerStart.PORT)
				&& !ProbeServerStart.isTest(this.environment)) {
			logger.warn("There is no probe server: 'health.server.port' has to be known before the context is built,"
					+ " and the context must not be the child of another");
		}
	}

}
