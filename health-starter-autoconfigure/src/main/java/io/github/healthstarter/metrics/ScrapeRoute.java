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
import org.jspecify.annotations.Nullable;

import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.web.HttpRequest;
import io.github.healthstarter.web.HttpResponse;
import io.github.healthstarter.web.RequestPlan;
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

	private final HealthInstance instance;

	private volatile @Nullable PrometheusMeterRegistry connected;

	private @Nullable PrometheusMeterRegistry early;

	/**
	 * Create a route that answers with the meters of an instance, as long as there are no
	 * others.
	 * @param instance the instance
	 */
	public ScrapeRoute(HealthInstance instance) {
		this.instance = instance;
	}

	/**
	 * Answer with the meters of the application from now on.
	 * @param registry the application's registry
	 */
	public void connect(PrometheusMeterRegistry registry) {
		this.connected = registry;
	}

	/**
	 * Answer with the meters of the instance alone, as before the application had any.
	 */
	public void disconnect() {
		this.connected = null;
	}

	private PrometheusMeterRegistry registry() {
		PrometheusMeterRegistry connected = this.connected;
		return (connected != null) ? connected : early();
	}

	// Created when it is first scraped: a registry costs a start more than most beans
	private synchronized PrometheusMeterRegistry early() {
		PrometheusMeterRegistry early = this.early;
		if (early == null) {
			early = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
			new HealthMetrics(this.instance).bindTo(early);
			this.early = early;
		}
		return early;
	}

	// The application's gauges may block
	@Override
	public RequestPlan plan(HttpRequest request) {
		boolean known = "GET".equals(request.method()) || "HEAD".equals(request.method());
		return known ? RequestPlan.blocking(this::scrape) : HttpResponse.methodNotAllowed("GET, HEAD");
	}

	private HttpResponse scrape() {
		if (!this.scrapes.tryAcquire()) {
			return HttpResponse.empty(503);
		}
		try {
			byte[] body = registry().scrape(CONTENT_TYPE).getBytes(StandardCharsets.UTF_8);
			return new HttpResponse(200, CONTENT_TYPE, body, Map.of());
		}
		finally {
			this.scrapes.release();
		}
	}

}
