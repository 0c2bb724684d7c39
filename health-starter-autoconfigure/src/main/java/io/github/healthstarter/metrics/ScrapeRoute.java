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

package io.github.healthstarter.metrics;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Semaphore;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.web.HttpRequest;
import io.github.healthstarter.web.HttpResponse;
import io.github.healthstarter.web.Instance;
import io.github.healthstarter.web.Route;

/**
 * Answers with all meters in Prometheus' text format, version 0.0.4. A gauge that hangs
 * holds up a few scrapes; further ones get 503 at once.
 */
public final class ScrapeRoute implements Route {

	/**
	 * Where it answers.
	 */
	public static final String PATH = "/metrics";

	private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

	// Two servers that scrape alike, and as many again for people
	private static final int MAX_SCRAPES = 4;

	private final Semaphore scrapes = new Semaphore(MAX_SCRAPES);

	private final PrometheusMeterRegistry registry;

	/**
	 * Create a route.
	 * @param registry the meters
	 */
	public ScrapeRoute(PrometheusMeterRegistry registry) {
		this.registry = registry;
	}

	/**
	 * Return a route for an application that has no meters yet but those of its health.
	 * @param instance the instance
	 * @return the route
	 */
	public static ScrapeRoute of(Instance instance) {
		PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		new HealthMetrics(instance.health(), instance.counters(), instance.traffic().requests(), instance.drain(),
				TimeSource.system())
			.bindTo(registry);
		return new ScrapeRoute(registry);
	}

	@Override
	public HttpResponse answer(HttpRequest request) {
		if (!"GET".equals(request.method()) && !"HEAD".equals(request.method())) {
			return HttpResponse.methodNotAllowed("GET, HEAD");
		}
		if (!this.scrapes.tryAcquire()) {
			return HttpResponse.empty(503);
		}
		try {
			byte[] body = this.registry.scrape(CONTENT_TYPE).getBytes(StandardCharsets.UTF_8);
			return new HttpResponse(200, CONTENT_TYPE, body, Map.of());
		}
		finally {
			this.scrapes.release();
		}
	}

	// The application's gauges take the time that they take
	@Override
	public boolean mayWait(HttpRequest request) {
		return true;
	}

}
