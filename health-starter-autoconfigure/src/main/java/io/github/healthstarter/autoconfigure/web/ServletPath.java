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

/**
 * The path below which Spring MVC, and with it Actuator, serve an application. The
 * starter's own paths are not below it.
 */
public final class ServletPath {

	private ServletPath() {
	}

	/**
	 * Find the path.
	 * @param environment what the application configures
	 * @return the path without a slash at its end, empty where Spring MVC serves all
	 * paths
	 */
	public static String of(Environment environment) {
		String path = environment.getProperty("spring.mvc.servlet.path", "");
		return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
	}

}
