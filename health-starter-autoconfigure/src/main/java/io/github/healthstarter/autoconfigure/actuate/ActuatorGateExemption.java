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

import java.util.List;
import java.util.stream.Stream;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

import io.github.healthstarter.autoconfigure.web.ServletPath;
import io.github.healthstarter.mode.GateExemption;

/**
 * Lets Actuator's paths through, which are found when the first request is gated.
 */
final class ActuatorGateExemption implements GateExemption {

	private final SingletonSupplier<List<String>> roots;

	ActuatorGateExemption(ObjectProvider<PathMappedEndpoints> endpoints, Environment environment) {
		this.roots = SingletonSupplier.of(() -> endpoints.stream()
			.flatMap((all) -> roots(all, environment))
			.map((root) -> ServletPath.of(environment) + (root.startsWith("/") ? root : "/" + root))
			.toList());
	}

	private static Stream<String> roots(PathMappedEndpoints endpoints, Environment environment) {
		Stream<String> additional = endpoints.stream()
			.flatMap((endpoint) -> endpoint.getAdditionalPaths(WebServerNamespace.SERVER).stream());
		if (ManagementPortType.get(environment) != ManagementPortType.SAME) {
			return additional;
		}
		Stream<String> own = endpoints.getBasePath().isEmpty() ? endpoints.getAllPaths().stream()
				: Stream.of(endpoints.getBasePath());
		return Stream.concat(additional, own);
	}

	@Override
	public boolean exempts(String path) {
		return this.roots.obtain().stream().anyMatch((root) -> path.equals(root) || path.startsWith(root + "/"));
	}

}
