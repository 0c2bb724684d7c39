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

import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.health.HealthSnapshot;
import io.github.healthstarter.health.Probe;
import io.github.healthstarter.health.ProbeCounters;
import io.github.healthstarter.lifecycle.LifecycleState;
import io.github.healthstarter.mode.ModeController;
import io.github.healthstarter.traffic.Probers;

/**
 * The routes of the three probes.
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

	ProbeRoutes(Instance instance, HealthBodies bodies, AccessPolicy access) {
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
	 * @param path where it answers
	 * @return the route
	 */
	Route route(Probe probe, String path) {
		return new Question(probe, name(probe, path), (snapshot) -> snapshot.passes(probe));
	}

	/**
	 * Return the route that tells whether writes may be sent.
	 * @return the route, a probe of readiness
	 */
	Route writes() {
		return new Question(Probe.READINESS, name(Probe.READINESS, ""), HealthSnapshot::servesWrites);
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

	private HttpResponse answer(Question question, HttpRequest request) {
		if (!this.access.allows(request)) {
			return HttpResponse.empty(403);
		}
		if (!allowsMethodOf(request)) {
			return HttpResponse.methodNotAllowed(METHODS);
		}
		boolean trusted = this.access.trusts(request);
		ProbeAnswer answer = judge(question, request, trusted);
		this.counters.answered(question.probe, answer.passes());
		if (question.probe == Probe.READINESS) {
			this.probers.asked(request.remoteAddress(), isGoing(answer.whole()));
		}
		HttpResponse response = respond(answer, request, trusted);
		boolean back = !answer.passes() && question.probe == Probe.READINESS && answer.snapshot().isByOperator();
		return back ? RetryAfter.add(response, this.modes.remaining()) : response;
	}

	private static boolean isGoing(HealthSnapshot snapshot) {
		return snapshot.lifecycle().ending() != LifecycleState.Ending.NONE;
	}

	private HttpResponse respond(ProbeAnswer answer, HttpRequest request, boolean trusted) {
		int status = answer.passes() ? 200 : 503;
		if (isOptions(request)) {
			return HttpResponse.empty(status);
		}
		Format format = answer.query().format(request.header("Accept"));
		return HttpResponse.of(status, format, this.bodies.body(answer, format, trusted));
	}

	private ProbeAnswer judge(Question question, HttpRequest request, boolean trusted) {
		ProbeQuery asked = ProbeQuery.of(request.query());
		ProbeQuery query = trusted ? asked : asked.untrusted();
		HealthSnapshot whole = question.isFresh(query) ? this.health.freshSnapshot() : this.health.snapshot();
		HealthSnapshot snapshot = whole.without(query.excluded());
		return new ProbeAnswer(question.name, question.passing.test(snapshot), whole, snapshot, query);
	}

	static boolean allowsMethodOf(HttpRequest request) {
		return "GET".equals(request.method()) || "HEAD".equals(request.method()) || isOptions(request);
	}

	static boolean isOptions(HttpRequest request) {
		return "OPTIONS".equals(request.method());
	}

	/**
	 * What a route tells.
	 */
	private final class Question implements Route {

		private final Probe probe;

		private final String name;

		private final Predicate<HealthSnapshot> passing;

		private Question(Probe probe, String name, Predicate<HealthSnapshot> passing) {
			this.probe = probe;
			this.name = name;
			this.passing = passing;
		}

		@Override
		public HttpResponse answer(HttpRequest request) {
			return ProbeRoutes.this.answer(this, request);
		}

		// Fresh results are there when the checks are done
		@Override
		public boolean mayWait(HttpRequest request) {
			return isFresh(ProbeQuery.of(request.query())) && allowsMethodOf(request)
					&& ProbeRoutes.this.access.allows(request) && ProbeRoutes.this.access.trusts(request);
		}

		private boolean isFresh(ProbeQuery query) {
			return query.fresh() && this.probe == Probe.READINESS;
		}

	}

}
