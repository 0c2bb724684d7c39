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

import java.util.Collection;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoint;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.core.env.Environment;

import io.github.healthstarter.autoconfigure.InvalidPropertyException;
import io.github.healthstarter.autoconfigure.web.ServletPath;
import io.github.healthstarter.web.Routes;

/**
 * Refuses paths that are Actuator's as well: one of the two would never be reached.
 */
public final class ActuatorPathCheck {

	private final Environment environment;

	private ActuatorPathCheck(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Check the endpoints of a context.
	 * @param beanFactory the beans of the context
	 * @param environment what the application configures
	 * @param routes the starter's paths
	 */
	public static void check(BeanFactory beanFactory, Environment environment, Routes routes) {
		PathMappedEndpoints endpoints = beanFactory.getBeanProvider(PathMappedEndpoints.class).getIfAvailable();
		if (endpoints != null) {
			new ActuatorPathCheck(environment).check(routes, endpoints);
		}
	}

	private void check(Routes routes, PathMappedEndpoints endpoints) {
		for (PathMappedEndpoint endpoint : endpoints) {
			check(routes, endpoint.getAdditionalPaths(WebServerNamespace.SERVER));
		}
		if (ManagementPortType.get(this.environment) == ManagementPortType.SAME) {
			check(routes, endpoints.getAllPaths());
			refuseWhereTaken(routes, endpoints.getBasePath());
		}
	}

	private void check(Routes routes, Collection<String> endpointPaths) {
		for (String endpointPath : endpointPaths) {
			refuseWhereTaken(routes, endpointPath);
			for (String path : routes.paths()) {
				if (path.startsWith(onMainPort(endpointPath) + "/")) {
					throw refusal(path, endpointPath);
				}
			}
		}
	}

	private void refuseWhereTaken(Routes routes, String actuatorPath) {
		String path = onMainPort(actuatorPath);
		if (routes.find(path) != null) {
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
