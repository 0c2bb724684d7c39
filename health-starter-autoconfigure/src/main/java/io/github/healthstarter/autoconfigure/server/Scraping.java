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

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.healthstarter.autoconfigure.InvalidPropertyException;
import io.github.healthstarter.metrics.ScrapeRoute;
import io.github.healthstarter.web.Route;
import io.github.healthstarter.web.RouteFinder;
import io.github.healthstarter.web.Routes;

/**
 * Puts the scrape beside the routes of the probes.
 */
final class Scraping {

	private static final Log logger = LogFactory.getLog(Scraping.class);

	private Scraping() {
	}

	static RouteFinder of(Routes routes, @Nullable Route scrape) {
		if (scrape == null) {
			logger.warn("'health.server.metrics' asks for the Prometheus scrape, but there is no registry for it: add"
					+ " 'io.micrometer:micrometer-registry-prometheus', which 'health-starter' brings, and see that"
					+ " nothing turns it off");
			return routes;
		}
		if (routes.find(ScrapeRoute.PATH) != null) {
			throw new InvalidPropertyException(
					"The path '" + ScrapeRoute.PATH + "' is a probe's as well as the Prometheus scrape's.",
					"Give the probe another path, or turn 'health.server.metrics' off.");
		}
		return routes.with(ScrapeRoute.PATH, scrape);
	}

}
