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

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.ConditionalOnPropertyAtStart;
import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.autoconfigure.web.WebAutoConfiguration;
import io.github.healthstarter.web.AccessPolicy;
import io.github.healthstarter.web.Departure;
import io.github.healthstarter.web.HttpContract;
import io.github.healthstarter.web.Route;
import io.github.healthstarter.web.RouteFinder;
import io.github.healthstarter.web.Routes;

/**
 * Auto-configuration of the probe server, which listens already where it is to listen at
 * all: it is told to serve what the context has made.
 */
@AutoConfiguration(after = WebAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnHealthEnabled
@ConditionalOnPropertyAtStart("health.server.port")
public final class ServerAutoConfiguration {

	@Bean
	ProbeServerConnection healthStarterProbeServerConnection(Routes routes, AccessPolicy access, Departure departure,
			HealthProperties properties, @Qualifier("healthStarterScrapeRoute") ObjectProvider<Route> scrape,
			ObjectProvider<ApplicationProbeServer> server, ConfigurableEnvironment environment) {
		RouteFinder finder = properties.serverMetrics() ? Scraping.of(routes, scrape.getIfAvailable()) : routes;
		return new ProbeServerConnection(new HttpContract(finder, access, departure), server, environment);
	}

	@Bean
	SslBundleRenewal healthStarterSslBundleRenewal(HealthProperties properties,
			ObjectProvider<ApplicationProbeServer> server, ObjectProvider<SslBundles> bundles) {
		return new SslBundleRenewal(properties.probeServerBundle(), server, bundles);
	}

}
