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

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonParseException;
import org.springframework.boot.json.JsonParserFactory;

import io.github.healthstarter.body.ModeBody;
import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.mode.ModeController;

/**
 * Route that shows, enters and leaves a mode.
 */
final class MaintenanceRoute implements Route {

	static final String PATH = "/admin/maintenance";

	private static final String METHODS = "GET, PUT, DELETE";

	private static final int MAX_BODY = 4096;

	private static final String NOT_UNDERSTOOD = "the body must be JSON such as {\"mode\": \"maintenance\"}";

	private final ModeController modes;

	private final HealthMonitor health;

	private final AccessPolicy access;

	MaintenanceRoute(HealthInstance instance, AccessPolicy access) {
		this.modes = instance.modes();
		this.health = instance.health();
		this.access = access;
	}

	@Override
	public RequestPlan plan(HttpRequest request) {
		HttpResponse refusal = this.access.refuseAdministration(request);
		if (refusal != null) {
			return refusal;
		}
		return switch (request.method()) {
			case "GET" -> state();
			case "PUT" -> RequestPlan.blocking(MAX_BODY + 1, this::enter);
			case "DELETE" -> leave();
			default -> HttpResponse.methodNotAllowed(METHODS);
		};
	}

	private HttpResponse enter(byte[] body) {
		try {
			this.modes.enter(read(body));
			return state();
		}
		catch (IllegalArgumentException ex) {
			return HttpResponse.badRequest(ex);
		}
	}

	private static Map<String, Object> read(byte[] body) {
		if (body.length > MAX_BODY) {
			throw new IllegalArgumentException("the body must not be longer than " + MAX_BODY + " bytes");
		}
		Map<String, Object> values = parse(body);
		if (values == null) {
			throw new IllegalArgumentException(NOT_UNDERSTOOD);
		}
		return values;
	}

	// The literal null is no map, and no mistake to a parser
	private static @Nullable Map<String, Object> parse(byte[] body) {
		try {
			return JsonParserFactory.getJsonParser().parseMap(new String(body, StandardCharsets.UTF_8));
		}
		catch (JsonParseException ex) {
			throw new IllegalArgumentException(NOT_UNDERSTOOD, ex);
		}
	}

	private HttpResponse leave() {
		this.modes.leave();
		return state();
	}

	private HttpResponse state() {
		return HttpResponse.json(200, ModeBody.of(this.health.snapshot(), true));
	}

}
