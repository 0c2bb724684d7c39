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

import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a path. Safe for use by any thread, never blocks.
 */
@FunctionalInterface
public interface RouteFinder {

	/**
	 * Find the route of a path.
	 * @param path the path of a request as sent, without context path and query
	 * @return the route, {@code null} if there is none
	 */
	@Nullable Route find(String path);

	/**
	 * Return a finder that knows one more route.
	 * @param path the path of the route, found with a slash at its end too
	 * @param route the route
	 * @return a finder that looks there first
	 */
	default RouteFinder with(String path, Route route) {
		return (asked) -> withoutTrailingSlash(asked).equals(path) ? route : find(asked);
	}

	/**
	 * Return a path as it is compared.
	 * @param path a path
	 * @return the path without the slash at its end
	 */
	static String withoutTrailingSlash(String path) {
		int length = path.length();
		return (length > 1 && path.charAt(length - 1) == '/') ? path.substring(0, length - 1) : path;
	}

}
