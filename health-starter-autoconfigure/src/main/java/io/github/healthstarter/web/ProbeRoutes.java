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

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.health.HealthSnapshot;
import io.github.healthstarter.health.Probe;
import io.github.healthstarter.health.ProbeCounters;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.lifecycle.LifecycleState;
import io.github.healthstarter.mode.ModeController;
import io.github.healthstarter.traffic.Probers;

/**
 * Routes of the three probes.
 */
final class ProbeRoutes {

	static final String STARTUP = "startupz";

	static final String METHODS = "GET, HEAD, OPTIONS";

	private final HealthMonitor health;

	private final HealthBodies bodies;

	private final AccessPolicy access;

	private final ProbeCounters counters;

	private final Probers probers;

	private final ModeController modes;

	ProbeRoutes(HealthInstance instance, HealthBodies bodies, AccessPolicy access) {
		this.health = instance.health();
		this.bodies = bodies;
		this.access = access;
		this.counters = instance.counters();
		this.probers = instance.traffic().probers();
		this.modes = instance.modes();
	}

	/**
	 * Return the route of a probe.
	 * @param probe the probe
	 * @param path the path of the route
	 * @return the route
	 */
	Route route(Probe probe, String path) {
		return new ProbeRoute(probe, name(probe, path), (snapshot) -> snapshot.passes(probe));
	}

	/**
	 * Return the route of the probe that passes if writes may be sent.
	 * @return the route, a probe of readiness
	 */
	Route writes() {
		return new ProbeRoute(Probe.READINESS, name(Probe.READINESS, ""), HealthSnapshot::servesWrites);
	}

	CheckRoutes checks() {
		return new CheckRoutes(this.health, this.bodies, this.access);
	}

	// Kubernetes has two names for liveness
	private static String name(Probe probe, String path) {
		return switch (probe) {
			case LIVENESS -> "/livez".equals(path) ? "livez" : "healthz";
			case READINESS -> "readyz";
			case STARTUP -> STARTUP;
		};
	}

	private static boolean isGoing(HealthSnapshot snapshot) {
		return snapshot.lifecycle().ending() != LifecycleState.Ending.NONE;
	}

	static boolean allowsMethodOf(HttpRequest request) {
		return "GET".equals(request.method()) || "HEAD".equals(request.method()) || isOptions(request);
	}

	static boolean isOptions(HttpRequest request) {
		return "OPTIONS".equals(request.method());
	}

	/**
	 * The request of a prober, as far as its answer depends on it.
	 *
	 * @param query the query, without what an untrusted caller may not use
	 * @param format the format of the body, {@code null} if there is to be none
	 * @param trusted whether the caller gets details
	 * @param peer the address of the caller
	 */
	private record ProbeRequest(ProbeQuery query, @Nullable Format format, boolean trusted, String peer) {

		static ProbeRequest of(HttpRequest request, boolean trusted) {
			ProbeQuery sent = ProbeQuery.of(request.query());
			ProbeQuery query = trusted ? sent : sent.untrusted();
			Format format = isOptions(request) ? null : query.format(request.header("Accept"));
			return new ProbeRequest(query, format, trusted, request.remoteAddress());
		}

	}

	/**
	 * The route of one probe.
	 */
	private final class ProbeRoute implements Route {

		private final Probe probe;

		private final String name;

		private final Predicate<HealthSnapshot> passing;

		private ProbeRoute(Probe probe, String name, Predicate<HealthSnapshot> passing) {
			this.probe = probe;
			this.name = name;
			this.passing = passing;
		}

		// Fresh results wait for the checks
		@Override
		public RequestPlan plan(HttpRequest request) {
			if (!ProbeRoutes.this.access.allows(request)) {
				return HttpResponse.empty(403);
			}
			if (!allowsMethodOf(request)) {
				return HttpResponse.methodNotAllowed(METHODS);
			}
			ProbeRequest prober = ProbeRequest.of(request, ProbeRoutes.this.access.trusts(request));
			HealthMonitor health = ProbeRoutes.this.health;
			return (prober.query().fresh() && isReadiness())
					? RequestPlan.blocking(() -> answer(prober, health.freshSnapshot()))
					: answer(prober, health.snapshot());
		}

		private boolean isReadiness() {
			return this.probe == Probe.READINESS;
		}

		private HttpResponse answer(ProbeRequest request, HealthSnapshot whole) {
			HealthSnapshot snapshot = whole.without(request.query().excluded());
			ProbeAnswer answer = new ProbeAnswer(this.name, this.passing.test(snapshot), whole, snapshot,
					request.query());
			ProbeRoutes.this.counters.answered(this.probe, answer.passes());
			if (isReadiness()) {
				ProbeRoutes.this.probers.recordProbe(request.peer(), isGoing(whole));
			}
			HttpResponse response = respond(request, answer);
			boolean back = !answer.passes() && isReadiness() && snapshot.isByOperator();
			return back ? RetryAfter.add(response, ProbeRoutes.this.modes.remaining()) : response;
		}

		private HttpResponse respond(ProbeRequest request, ProbeAnswer answer) {
			int status = answer.passes() ? 200 : 503;
			Format format = request.format();
			return (format != null)
					? HttpResponse.of(status, format, ProbeRoutes.this.bodies.body(answer, format, request.trusted()))
					: HttpResponse.empty(status);
		}

	}

}
