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

package io.github.healthstarter.autoconfigure.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

import io.github.healthstarter.autoconfigure.server.ApplicationProbeServer;
import io.github.healthstarter.metrics.ScrapeRoute;

/**
 * Lets the probe server's scrape answer with all meters of the application, when every
 * bean has been created.
 *
 * @param registry the registry that is scraped
 * @param server the probe server, {@code null} if the context has none
 */
record ScrapeAttachment(ObjectProvider<PrometheusMeterRegistry> registry,
		@Nullable ApplicationProbeServer server) implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(ScrapeAttachment.class);

	@Override
	public void afterSingletonsInstantiated() {
		if (this.server != null && this.server.scrape() instanceof ScrapeRoute scrape) {
			connect(scrape, this.registry.getIfAvailable());
		}
	}

	private static void connect(ScrapeRoute scrape, @Nullable PrometheusMeterRegistry registry) {
		if (registry != null) {
			scrape.connect(registry);
		}
		else {
			logger.warn("'health.server.metrics' asks for the Prometheus scrape, but the context has no Prometheus"
					+ " registry; the scrape answers with the starter's own meters alone");
		}
	}

}
