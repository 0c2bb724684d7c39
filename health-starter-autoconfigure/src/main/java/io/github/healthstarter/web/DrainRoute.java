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

import java.time.Duration;

import io.github.healthstarter.drain.DrainTrigger;

/**
 * Route that shows, begins and cancels a drain.
 */
final class DrainRoute implements Route {

	static final String PATH = "/admin/drain";

	private static final String METHODS = "GET, POST, DELETE";

	private final DrainCalls drain;

	private final AccessPolicy access;

	/**
	 * Create the route.
	 * @param drain the drain
	 * @param access decides who may administer
	 */
	DrainRoute(DrainCalls drain, AccessPolicy access) {
		this.drain = drain;
		this.access = access;
	}

	@Override
	public RequestPlan plan(HttpRequest request) {
		HttpResponse refusal = this.access.refuseAdministration(request);
		if (refusal != null) {
			return refusal;
		}
		return switch (request.method()) {
			case "GET" -> this.drain.look();
			case "POST" -> begin(request);
			case "DELETE" -> this.drain.cancel();
			default -> HttpResponse.methodNotAllowed(METHODS);
		};
	}

	// Callers may wait for the end
	private RequestPlan begin(HttpRequest request) {
		try {
			Duration wait = DrainQuery.wait(request.query(), this.drain.maxWait());
			return RequestPlan.blocking(() -> this.drain.begin(DrainTrigger.API, wait));
		}
		catch (IllegalArgumentException ex) {
			return HttpResponse.badRequest(ex);
		}
	}

}
