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

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Reads a property before there is a context, which may bring what a placeholder in its
 * value stands for.
 */
public final class EarlyProperty {

	private EarlyProperty() {
	}

	/**
	 * Return the value of a property.
	 * @param <T> the type of the value
	 * @param environment what is configured
	 * @param name the name of the property
	 * @param type the type of the value
	 * @return the value, {@code null} if there is none, or if it cannot be resolved or
	 * converted: a mistake is reported when the context binds it
	 */
	public static <T> @Nullable T find(Environment environment, String name, Class<T> type) {
		// The first binder of a process is expensive to create
		if (!environment.containsProperty(name)) {
			return null;
		}
		try {
			return Binder.get(environment).bind(name, type).orElse(null);
		}
		catch (BindException ex) {
			return null;
		}
	}

}
