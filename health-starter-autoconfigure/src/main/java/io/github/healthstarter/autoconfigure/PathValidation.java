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

package io.github.healthstarter.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Refuses paths that cannot be meant, and two things on one path.
 */
final class PathValidation {

	private static final String PRE_STOP_PATH = "health.drain.pre-stop-path";

	private final Map<String, String> properties = new LinkedHashMap<>();

	private PathValidation() {
		this.properties.put("/admin/drain", "the drain's own path");
		this.properties.put("/admin/maintenance", "the path of the modes");
	}

	static void validate(LivenessProperties liveness, ReadinessProperties readiness, StartupProperties startup,
			@Nullable String preStopPath) {
		PathValidation validation = new PathValidation();
		validation.properties.put(readiness.path() + "/read", "the probe of reads");
		validation.properties.put(readiness.path() + "/write", "the probe of writes");
		validation.add("health.liveness", liveness.path(), liveness.additionalPaths());
		validation.add("health.readiness", readiness.path(), readiness.additionalPaths());
		validation.add("health.startup", startup.path(), startup.additionalPaths());
		if (preStopPath != null) {
			validation.add(PRE_STOP_PATH, preStopPath);
		}
	}

	private void add(String prefix, String path, List<String> additionalPaths) {
		add(prefix + ".path", path);
		additionalPaths.forEach((additional) -> add(prefix + ".additional-paths", additional));
	}

	private void add(String property, String path) {
		if (!path.matches("(/[A-Za-z0-9._~-]+)+")) {
			throw new InvalidPropertyException(property, path, "is not a path.",
					"Let it begin with a slash, end without one, and have letters, digits and -._~ in between.");
		}
		String other = this.properties.putIfAbsent(path, property);
		if (other != null) {
			throw new InvalidPropertyException(property, path, "is taken already by " + other + ".",
					PRE_STOP_PATH.equals(property) ? "Give the hook a path of its own."
							: "Give each probe paths of its own.");
		}
	}

}
