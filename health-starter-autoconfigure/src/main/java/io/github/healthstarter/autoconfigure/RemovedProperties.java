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

import java.util.Map;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Refuses properties that no longer exist, and names what takes their place.
 */
public final class RemovedProperties {

	private static final Map<String, String> REPLACEMENTS = Map.of("health.access.trusted-authority",
			"Remove the property. Use Actuator's endpoints behind the application's security, or set"
					+ " 'health.access.token' or 'health.access.trusted'.");

	private RemovedProperties() {
	}

	/**
	 * Check that no removed property has a value.
	 * @param environment the environment
	 * @throws InvalidPropertyException if one has
	 */
	public static void check(Environment environment) {
		Binder binder = Binder.get(environment);
		REPLACEMENTS.forEach((property, action) -> {
			String value = binder.bind(property, String.class).orElse("");
			if (StringUtils.hasText(value)) {
				throw new InvalidPropertyException(property, value, "no longer exists.", action);
			}
		});
	}

}
