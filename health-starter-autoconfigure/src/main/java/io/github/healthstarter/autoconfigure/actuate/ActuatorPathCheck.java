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

package io.github.healthstarter.autoconfigure.actuate;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.core.env.Environment;

import io.github.healthstarter.autoconfigure.InvalidPropertyException;
import io.github.healthstarter.autoconfigure.web.ServletPath;
import io.github.healthstarter.web.Routes;

/**
 * Refuses paths that are Actuator's as well: one of the two would never be asked.
 */
final class ActuatorPathCheck implements SmartInitializingSingleton {

	private final Routes routes;

	private final ObjectProvider<PathMappedEndpoints> endpoints;

	private final Environment environment;

	ActuatorPathCheck(Routes routes, ObjectProvider<PathMappedEndpoints> endpoints, Environment environment) {
		this.routes = routes;
		this.endpoints = endpoints;
		this.environment = environment;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.endpoints.ifAvailable(this::check);
	}

	private void check(PathMappedEndpoints endpoints) {
		endpoints.forEach((endpoint) -> endpoint.getAdditionalPaths(WebServerNamespace.SERVER).forEach(this::check));
		if (ManagementPortType.get(this.environment) == ManagementPortType.SAME) {
			endpoints.getAllPaths().forEach(this::check);
			refuseWhereTaken(endpoints.getBasePath());
		}
	}

	private void check(String endpointPath) {
		refuseWhereTaken(endpointPath);
		for (String path : this.routes.paths()) {
			if (path.startsWith(onMainPort(endpointPath) + "/")) {
				throw refusal(path, endpointPath);
			}
		}
	}

	private void refuseWhereTaken(String actuatorPath) {
		String path = onMainPort(actuatorPath);
		if (this.routes.find(path) != null) {
			throw refusal(path, actuatorPath);
		}
	}

	private String onMainPort(String actuatorPath) {
		String separator = actuatorPath.startsWith("/") ? "" : "/";
		return ServletPath.of(this.environment) + separator + actuatorPath;
	}

	private static InvalidPropertyException refusal(String path, String actuatorPath) {
		return new InvalidPropertyException(
				"The path '" + path + "' of the health starter is Actuator's as well ('" + actuatorPath + "').",
				"Give it another path with 'health.liveness.path', 'health.readiness.path', 'health.startup.path' or"
						+ " 'health.drain.pre-stop-path', or take the path from Actuator: see"
						+ " 'management.endpoints.web.base-path', 'management.endpoints.web.path-mapping',"
						+ " 'management.endpoint.health.probes.add-additional-paths' and 'additional-path' of its"
						+ " health groups.");
	}

}
