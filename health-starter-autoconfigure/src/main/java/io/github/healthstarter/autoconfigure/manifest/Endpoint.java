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

package io.github.healthstarter.autoconfigure.manifest;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

import io.github.healthstarter.autoconfigure.InvalidPropertyException;
import io.github.healthstarter.autoconfigure.web.BasePath;
import io.github.healthstarter.autoconfigure.web.WebType;

/**
 * Where an application answers.
 *
 * @param port the port
 * @param basePath what comes before its paths, empty or with a slash at its beginning
 * @param secure whether it speaks TLS
 */
record Endpoint(int port, String basePath, boolean secure) {

	Endpoint {
		if (port < 1) {
			throw new InvalidPropertyException(
					"No manifest can name the port of the application, which takes any that is free.",
					"Set 'server.port' and 'health.server.port' to ports of your choice.");
		}
	}

	/**
	 * Find where the application itself answers.
	 * @param application the application
	 * @param environment its environment
	 * @return the endpoint, {@code null} where it has no web server
	 */
	static @Nullable Endpoint ofApplication(SpringApplication application, Environment environment) {
		WebApplicationType type = WebType.of(application, environment);
		if (type == WebApplicationType.NONE) {
			return null;
		}
		Binder binder = Binder.get(environment);
		String basePath = (type == WebApplicationType.REACTIVE) ? BasePath.of(environment)
				: withoutSlash(environment.getProperty("server.servlet.context-path", ""));
		return new Endpoint(binder.bind("server.port", Integer.class).orElse(8080), basePath, isSecure(binder));
	}

	private static boolean isSecure(Binder binder) {
		boolean configured = binder.bind("server.ssl", Bindable.mapOf(String.class, Object.class)).isBound();
		return configured && binder.bind("server.ssl.enabled", Boolean.class).orElse(true);
	}

	private static String withoutSlash(String path) {
		return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
	}

}
