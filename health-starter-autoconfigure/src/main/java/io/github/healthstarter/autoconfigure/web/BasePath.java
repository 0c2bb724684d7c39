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

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * The path below which Spring WebFlux serves an application, the starter's own paths
 * included.
 */
public final class BasePath {

	private BasePath() {
	}

	/**
	 * Find the path. Spring Boot adds the slash that it does not begin with.
	 * @param environment what the application configures
	 * @return the path with a slash at its beginning and none at its end, or empty
	 */
	public static String of(Environment environment) {
		String configured = environment.getProperty("spring.webflux.base-path", "").strip();
		String path = StringUtils.trimTrailingCharacter(configured, '/');
		return (path.isEmpty() || path.startsWith("/")) ? path : "/" + path;
	}

}
