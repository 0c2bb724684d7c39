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
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

import io.github.healthstarter.autoconfigure.TestEnvironment;
import io.github.healthstarter.text.TextLine;

/**
 * Attaches a context to the probe server, when every bean has been created: its port
 * becomes a property, and its certificate follows the SSL bundle of the context, except a
 * renewed one that cannot be used.
 */
final class ProbeServerAttachment implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(ProbeServerAttachment.class);

	private static final String PORT = "local.health.port";

	private final ConfigurableEnvironment environment;

	private final @Nullable String bundle;

	private final @Nullable ApplicationProbeServer server;

	private final ObjectProvider<SslBundles> bundles;

	ProbeServerAttachment(ConfigurableEnvironment environment, @Nullable String bundle,
			@Nullable ApplicationProbeServer server, ObjectProvider<SslBundles> bundles) {
		this.environment = environment;
		this.bundle = bundle;
		this.server = server;
		this.bundles = bundles;
	}

	@Override
	public void afterSingletonsInstantiated() {
		ApplicationProbeServer server = this.server;
		if (server != null) {
			this.environment.getPropertySources()
				.addFirst(new MapPropertySource("healthStarterPorts", Map.of(PORT, server.awaitPort())));
			followBundle(server, this.bundles.getIfAvailable());
		}
		else if (StringUtils.hasText(this.environment.getProperty(ProbeServerFactory.PORT))
				&& !TestEnvironment.is(this.environment)) {
			logger.warn("There is no probe server: 'health.server.port' has to be known before the context is built,"
					+ " and the context must not be the child of another");
		}
	}

	private void followBundle(ApplicationProbeServer server, @Nullable SslBundles bundles) {
		if (this.bundle != null && bundles != null && bundles.getBundleNames().contains(this.bundle)) {
			String name = this.bundle;
			server.encrypt(ServerBundle.read(name, this.environment));
			bundles.addBundleUpdateHandler(name, (renewed) -> renew(server, name));
		}
	}

	private void renew(ApplicationProbeServer server, String name) {
		try {
			server.encrypt(ServerBundle.read(name, this.environment));
		}
		catch (RuntimeException ex) {
			logger.warn("The SSL bundle '" + name
					+ "' was renewed and cannot be used; the probe server keeps its certificate: "
					+ TextLine.of(String.valueOf(NestedExceptionUtils.getMostSpecificCause(ex).getMessage())));
		}
	}

}
