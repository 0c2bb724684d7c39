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

/**
 * Thrown when a property has a value that cannot be meant.
 */
public final class InvalidPropertyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String description;

	private final String action;

	/**
	 * Create an exception.
	 * @param property the full name of the property
	 * @param value its value
	 * @param problem what is wrong with it, to follow the name and the value
	 * @param action what to change
	 */
	public InvalidPropertyException(String property, @Nullable Object value, String problem, String action) {
		this("Property '" + property + "' with the value '" + value + "' " + problem, action);
	}

	/**
	 * Create an exception.
	 * @param description what is wrong, naming properties and values
	 * @param action what to change
	 */
	public InvalidPropertyException(String description, String action) {
		super(description + " " + action);
		this.description = description;
		this.action = action;
	}

	String description() {
		return this.description;
	}

	String action() {
		return this.action;
	}

}
