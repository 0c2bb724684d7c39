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

import java.util.function.Predicate;

import io.github.healthstarter.drain.Probers;
import io.github.healthstarter.lifecycle.LifecycleState;
import io.github.healthstarter.mode.ModeController;
import io.github.healthstarter.probe.HealthMonitor;
import io.github.healthstarter.probe.HealthSnapshot;
import io.github.healthstarter.probe.Probe;
import io.github.healthstarter.probe.ProbeCounters;

/**
 * The routes of the three probes.
 */
final class ProbeRoutes {

	static final String METHODS = "GET, HEAD, OPTIONS";

	private final HealthMonitor health;

	private final HealthBodies bodies;

	private final AccessPolicy access;

	private final ProbeCounters counters;

	private final Probers probers;

	private final ModeController modes;

	ProbeRoutes(Instance instance, HealthBodies bodies, AccessPolicy access) {
		this.health = instance.health();
		this.bodies = bodies;
		this.access = access;
		this.counters = instance.counters();
		this.probers = instance.traffic().probers();
		this.modes = instance.modes();
	}

	Route route(Probe probe) {
		return (request) -> answer(probe, request, (snapshot) -> snapshot.passes(probe));
	}

	/**
	 * Return the route that tells whether writes may be sent.
	 * @return the route, a probe of readiness
	 */
	Route writes() {
		return (request) -> answer(Probe.READINESS, request, HealthSnapshot::servesWrites);
	}

	CheckRoutes checks() {
		return new CheckRoutes(this.health, this.bodies, this.access);
	}

	private HttpResponse answer(Probe probe, HttpRequest request, Predicate<HealthSnapshot> passing) {
		if (!this.access.allows(request)) {
			return HttpResponse.empty(403);
		}
		if (!allowsMethodOf(request)) {
			return HttpResponse.methodNotAllowed(METHODS);
		}
		HealthSnapshot snapshot = this.health.snapshot();
		boolean passes = passing.test(snapshot);
		this.counters.answered(probe, passes);
		if (probe == Probe.READINESS) {
			this.probers.asked(request.remoteAddress(), snapshot.lifecycle().ending() != LifecycleState.Ending.NONE);
		}
		int status = passes ? 200 : 503;
		HttpResponse response = isOptions(request) ? HttpResponse.empty(status)
				: HttpResponse.json(status, this.bodies.body(snapshot, this.access.trusts(request)));
		return (passes || !snapshot.isByOperator()) ? response : RetryAfter.add(response, this.modes.remaining());
	}

	static boolean allowsMethodOf(HttpRequest request) {
		return "GET".equals(request.method()) || "HEAD".equals(request.method()) || isOptions(request);
	}

	static boolean isOptions(HttpRequest request) {
		return "OPTIONS".equals(request.method());
	}

}
