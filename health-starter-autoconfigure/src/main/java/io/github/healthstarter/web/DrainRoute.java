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

import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.probe.HealthMonitor;

/**
 * Looks at, begins and undoes a drain.
 */
final class DrainRoute implements Route {

	static final String PATH = "/admin/drain";

	private static final String METHODS = "GET, POST, DELETE";

	private final DrainController drain;

	private final HealthMonitor health;

	private final HealthBodies bodies;

	private final AccessPolicy access;

	/**
	 * Create the route.
	 * @param drain the drain
	 * @param health what the body tells the state from
	 * @param bodies the bodies
	 * @param access who may ask
	 */
	DrainRoute(DrainController drain, HealthMonitor health, HealthBodies bodies, AccessPolicy access) {
		this.drain = drain;
		this.health = health;
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
			case "GET" -> status(200);
			case "POST" -> begin();
			case "DELETE" -> cancel();
			default -> HttpResponse.methodNotAllowed(METHODS);
		};
	}

	// The application's listeners are told, and take the time that they take
	@Override
	public boolean mayWait(HttpRequest request) {
		return ("POST".equals(request.method()) || "DELETE".equals(request.method()))
				&& this.access.refuseAdministration(request) == null;
	}

	private HttpResponse begin() {
		this.drain.begin(DrainTrigger.API);
		DrainProgress progress = this.drain.progress();
		return status((progress != null && progress.outcome() == null) ? 202 : 200);
	}

	private HttpResponse cancel() {
		boolean undone = this.drain.cancel();
		return status((undone || this.drain.progress() == null) ? 200 : 409);
	}

	private HttpResponse status(int status) {
		return HttpResponse.json(status, this.bodies.drain(this.health.snapshot(), this.drain.progress()));
	}

}
