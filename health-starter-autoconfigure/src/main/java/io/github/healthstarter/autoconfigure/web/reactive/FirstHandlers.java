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

package io.github.healthstarter.autoconfigure.web.reactive;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.core.PriorityOrdered;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.web.server.adapter.HttpWebHandlerAdapter;

import io.github.healthstarter.traffic.Traffic;
import io.github.healthstarter.web.BlockingRouteExecutor;
import io.github.healthstarter.web.DrainHeaders;
import io.github.healthstarter.web.HttpContract;
import io.github.healthstarter.web.ModeGate;
import io.github.healthstarter.web.OpenStreams;
import io.github.healthstarter.web.reactive.DrainHandler;
import io.github.healthstarter.web.reactive.GateHandler;
import io.github.healthstarter.web.reactive.ProbeHandler;

/**
 * Puts the starter's handlers ahead of all filters. They are no {@code WebFilter}
 * themselves: those share their order with others that want to be the first, and stand
 * behind what hides what a proxy has said of the client, behind the observations of
 * requests, and before the handlers of exceptions, whose answers are to be counted too.
 */
final class FirstHandlers implements HttpHandlerDecoratorFactory, PriorityOrdered, AutoCloseable {

	private final ApplicationContext context;

	private final HttpContract contract;

	private final Traffic traffic;

	private final OpenStreams streams;

	private final @Nullable ModeGate gate;

	private final BlockingRouteExecutor executor = new BlockingRouteExecutor("health-web-wait");

	FirstHandlers(ApplicationContext context, HttpContract contract, Traffic traffic, OpenStreams streams,
			@Nullable ModeGate gate) {
		this.context = context;
		this.contract = contract;
		this.traffic = traffic;
		this.streams = streams;
		this.gate = gate;
	}

	@Override
	public HttpHandler apply(HttpHandler handler) {
		// A child context, which may have a server of its own, finds this bean too
		if (handler instanceof HttpWebHandlerAdapter adapter && adapter.getApplicationContext() != this.context) {
			return handler;
		}
		HttpHandler gated = (this.gate != null) ? new GateHandler(this.gate, handler) : handler;
		DrainHeaders drainHeaders = this.contract.drainHeaders();
		return new ProbeHandler(this.contract.routes(), this.contract.access(), drainHeaders, this.executor,
				new DrainHandler(this.traffic.requests(), this.streams, drainHeaders, gated));
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public void close() {
		this.executor.close();
	}

}
