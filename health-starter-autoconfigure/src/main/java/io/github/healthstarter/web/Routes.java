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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

import io.github.healthstarter.health.Probe;
import io.github.healthstarter.instance.HealthInstance;

/**
 * The routes of the probes and of the administration. Immutable.
 */
public final class Routes implements RouteFinder {

	private final Map<String, Route> routes;

	private final String checkPrefix;

	private final CheckRoutes checks;

	/**
	 * Create the routes of the probes and of the administration.
	 * @param paths the paths of each probe, its main path first
	 * @param instance the instance
	 * @param access decides on access
	 * @param preStopPath the path on which a {@code GET} begins a drain, {@code null} for
	 * none
	 */
	public Routes(Map<Probe, List<String>> paths, HealthInstance instance, AccessPolicy access,
			@Nullable String preStopPath) {
		HealthBodies bodies = new HealthBodies(instance);
		ProbeRoutes probes = new ProbeRoutes(instance, bodies, access);
		Map<String, Route> routes = new HashMap<>();
		paths.forEach((probe, all) -> all.forEach((path) -> add(routes, path, probes.route(probe, path))));
		String readiness = Objects.requireNonNull(paths.get(Probe.READINESS)).get(0);
		add(routes, readiness + "/read", probes.route(Probe.READINESS, readiness + "/read"));
		add(routes, readiness + "/write", probes.writes(readiness + "/write"));
		DrainCalls calls = new DrainCalls(instance);
		add(routes, DrainRoute.PATH, new DrainRoute(calls, access));
		if (preStopPath != null) {
			add(routes, preStopPath, new PreStopRoute(calls, access));
		}
		add(routes, MaintenanceRoute.PATH, new MaintenanceRoute(instance, access));
		this.routes = Map.copyOf(routes);
		this.checkPrefix = readiness + "/";
		this.checks = probes.checks();
	}

	private static void add(Map<String, Route> routes, String path, Route route) {
		Assert.isTrue(routes.putIfAbsent(path, route) == null, () -> "Two routes for the path " + path);
	}

	@Override
	public @Nullable Route find(String path) {
		String plain = RouteFinder.withoutTrailingSlash(path);
		Route route = this.routes.get(plain);
		if (route == null && plain.startsWith(this.checkPrefix)) {
			return this.checks.route(decode(plain.substring(this.checkPrefix.length())));
		}
		return route;
	}

	private static String decode(String name) {
		try {
			return StringUtils.uriDecode(name, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return name;
		}
	}

	/**
	 * Return patterns of a servlet that match all routes.
	 * @return the paths, with and without a slash at their end, and all below readiness
	 */
	public List<String> patterns() {
		return Stream
			.concat(this.routes.keySet().stream().flatMap((path) -> Stream.of(path, path + "/")),
					Stream.of(this.checkPrefix + "*"))
			.toList();
	}

	/**
	 * Return all paths that are taken.
	 * @return the paths, without those of single checks
	 */
	public List<String> paths() {
		return this.routes.keySet().stream().sorted().toList();
	}

}
