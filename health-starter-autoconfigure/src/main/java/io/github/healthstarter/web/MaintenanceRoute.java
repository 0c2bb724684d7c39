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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonParseException;
import org.springframework.boot.json.JsonParserFactory;

import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.mode.ModeController;

/**
 * The route that looks at, enters and leaves a mode.
 */
final class MaintenanceRoute implements Route {

	static final String PATH = "/admin/maintenance";

	private static final String METHODS = "GET, PUT, DELETE";

	private static final int MAX_BODY = 4096;

	private static final String NOT_UNDERSTOOD = "the body must be JSON such as {\"mode\": \"maintenance\"}";

	private final ModeController modes;

	private final HealthMonitor health;

	private final HealthBodies bodies;

	private final AccessPolicy access;

	MaintenanceRoute(Instance instance, HealthBodies bodies, AccessPolicy access) {
		this.modes = instance.modes();
		this.health = instance.health();
		this.bodies = bodies;
		this.access = access;
	}

	@Override
	public HttpResponse answer(HttpRequest request) {
		HttpResponse refusal = this.access.refuseAdministration(request);
		if (refusal != null) {
			return refusal;
		}
		return switch (request.method()) {
			case "GET" -> state();
			case "PUT" -> enter(request);
			case "DELETE" -> leave();
			default -> HttpResponse.methodNotAllowed(METHODS);
		};
	}

	// The application's listeners are told, and take the time that they take
	@Override
	public boolean mayWait(HttpRequest request) {
		return ("PUT".equals(request.method()) || "DELETE".equals(request.method()))
				&& this.access.refuseAdministration(request) == null;
	}

	@Override
	public int bodyLimit(HttpRequest request) {
		return ("PUT".equals(request.method()) && mayWait(request)) ? MAX_BODY + 1 : 0;
	}

	private HttpResponse enter(HttpRequest request) {
		try {
			this.modes.enter(read(request));
			return state();
		}
		catch (IllegalArgumentException ex) {
			return HttpResponse.badRequest(ex);
		}
	}

	private static Map<String, Object> read(HttpRequest request) {
		Map<String, Object> values = parse(request);
		if (values == null) {
			throw new IllegalArgumentException(NOT_UNDERSTOOD);
		}
		return values;
	}

	// The literal null is no map, and no mistake to a parser
	private static @Nullable Map<String, Object> parse(HttpRequest request) {
		try {
			byte[] body = request.body(MAX_BODY + 1);
			if (body.length > MAX_BODY) {
				throw new IllegalArgumentException("the body must not be longer than " + MAX_BODY + " bytes");
			}
			return JsonParserFactory.getJsonParser().parseMap(new String(body, StandardCharsets.UTF_8));
		}
		catch (IOException | JsonParseException ex) {
			throw new IllegalArgumentException(NOT_UNDERSTOOD, ex);
		}
	}

	private HttpResponse leave() {
		this.modes.leave();
		return state();
	}

	private HttpResponse state() {
		return HttpResponse.json(200, this.bodies.maintenance(this.health.snapshot()));
	}

}
