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

package io.github.healthstarter.autoconfigure.web;

import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.healthstarter.autoconfigure.InvalidPropertyException;
import io.github.healthstarter.web.RouteFinder;

/**
 * Refuses a controller, or another handler of the application's, on a path of the
 * starter's: it would never be asked.
 */
public final class PathClash {

	private PathClash() {
	}

	/**
	 * Look for such a path, and say what is wrong and how it can be mended.
	 * @param routes tells which paths are the starter's
	 * @param paths the handler's paths
	 * @param handler names the controller's method, or what else is there
	 */
	public static void check(RouteFinder routes, Stream<String> paths, Supplier<String> handler) {
		paths.filter((path) -> routes.find(path) != null).forEach((path) -> {
			throw new InvalidPropertyException(
					"The path '" + path + "' of " + handler.get() + " is one of the health starter's.",
					"Give it another path; or, where it is a probe's, give the probe another one"
							+ " with 'health.liveness.path', 'health.readiness.path' or 'health.startup.path'; or, where it"
							+ " is that of 'health.drain.pre-stop-path', change that.");
		});
	}

}
