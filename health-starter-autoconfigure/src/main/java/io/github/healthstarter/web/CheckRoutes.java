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

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.healthstarter.check.CheckSnapshot;
import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.health.HealthMonitor;

/**
 * The routes of single checks.
 */
final class CheckRoutes {

	private final HealthMonitor health;

	private final HealthBodies bodies;

	private final AccessPolicy access;

	CheckRoutes(HealthMonitor health, HealthBodies bodies, AccessPolicy access) {
		this.health = health;
		this.bodies = bodies;
		this.access = access;
	}

	Route route(String name) {
		return (request) -> answer(name, request);
	}

	private HttpResponse answer(String name, HttpRequest request) {
		if (!this.access.allows(request)) {
			return HttpResponse.empty(403);
		}
		if (!ProbeRoutes.allowsMethodOf(request)) {
			return HttpResponse.methodNotAllowed(ProbeRoutes.METHODS);
		}
		boolean options = ProbeRoutes.isOptions(request);
		CheckSnapshot checks = this.health.snapshot().checks();
		CheckState check = checks.find(name);
		boolean trusted = this.access.trusts(request);
		if (check == null) {
			return (!options && trusted) ? HttpResponse.json(404, unknownCheck(checks)) : HttpResponse.empty(404);
		}
		int status = check.isPassing() ? 200 : 503;
		if (options) {
			return HttpResponse.empty(status);
		}
		ProbeQuery query = ProbeQuery.of(request.query());
		Format format = query.format(request.header("Accept"));
		return HttpResponse.of(status, format,
				trusted ? this.bodies.check(check, format, query.verbose()) : this.bodies.checkSummary(check, format));
	}

	private static Map<String, Object> unknownCheck(CheckSnapshot checks) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("error", "there is no check of that name");
		body.put("checks", checks.states().stream().map(CheckState::name).toList());
		return body;
	}

}
