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

import java.util.Objects;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.health.HealthSnapshot;
import io.github.healthstarter.health.Probe;
import io.github.healthstarter.health.ProbeCounters;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.lifecycle.LifecycleState;
import io.github.healthstarter.mode.ModeController;
import io.github.healthstarter.traffic.ProberKey;
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
		return new ProbeRoute(probe, path, name(probe, path), (snapshot) -> snapshot.passes(probe));
	}

	/**
	 * Return the route of the probe that passes if writes may be sent.
	 * @param path the path of the route
	 * @return the route, a probe of readiness
	 */
	Route writes(String path) {
		return new ProbeRoute(Probe.READINESS, path, name(Probe.READINESS, path), HealthSnapshot::servesWrites);
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
	 * @param prober the key of the prober, {@code null} if probes of this kind are not
	 * counted
	 */
	private record ProbeRequest(ProbeQuery query, @Nullable Format format, boolean trusted,
			@Nullable ProberKey prober) {

		static ProbeRequest of(HttpRequest request, boolean trusted, @Nullable ProberKey prober) {
			ProbeQuery sent = ProbeQuery.of(request.query());
			ProbeQuery query = trusted ? sent : sent.untrusted();
			Format format = isOptions(request) ? null : query.format(request.header("Accept"));
			return new ProbeRequest(query, format, trusted, prober);
		}

	}

	/**
	 * The route of one probe.
	 */
	private final class ProbeRoute implements Route {

		private final Probe probe;

		private final String path;

		private final String name;

		private final Predicate<HealthSnapshot> passing;

		private ProbeRoute(Probe probe, String path, String name, Predicate<HealthSnapshot> passing) {
			this.probe = probe;
			this.path = path;
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
			boolean trusted = ProbeRoutes.this.access.trusts(request);
			ProbeRequest probe = ProbeRequest.of(request, trusted, isReadiness() ? prober(request, trusted) : null);
			HealthMonitor health = ProbeRoutes.this.health;
			return (probe.query().fresh() && isReadiness())
					? RequestPlan.blocking(() -> answer(probe, health.freshSnapshot()))
					: answer(probe, health.snapshot());
		}

		// A caller that is trusted without a token is so by its address, with no proxy in
		// between
		private ProberKey prober(HttpRequest request, boolean trusted) {
			boolean direct = trusted && request.header("Authorization") == null;
			return new ProberKey(request.remoteAddress(), direct ? null : ForwardedAddress.of(request), this.path,
					Objects.requireNonNullElse(request.header("User-Agent"), ""));
		}

		private boolean isReadiness() {
			return this.probe == Probe.READINESS;
		}

		private HttpResponse answer(ProbeRequest request, HealthSnapshot whole) {
			HealthSnapshot snapshot = whole.without(request.query().excluded());
			ProbeAnswer answer = new ProbeAnswer(this.name, this.passing.test(snapshot), whole, snapshot,
					request.query());
			ProbeRoutes.this.counters.answered(this.probe, answer.passes());
			ProberKey prober = request.prober();
			if (prober != null) {
				ProbeRoutes.this.probers.recordProbe(prober, isGoing(whole));
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
