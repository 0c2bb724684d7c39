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

package io.github.healthstarter.startup;

/**
 * The phases of a start, in their order.
 */
public enum StartupPhase {

	/**
	 * The configuration is read and the context prepared.
	 */
	ENVIRONMENT("environment"),

	/**
	 * Beans are made.
	 */
	BEANS("beans"),

	/**
	 * All beans have been made; the web server, and what else has a lifecycle, starts.
	 */
	WEB_SERVER("web server"),

	/**
	 * The application's runners and ready listeners run.
	 */
	RUNNERS("runners"),

	/**
	 * The first results of the required checks are waited for.
	 */
	CHECKS("checks");

	private final String label;

	StartupPhase(String label) {
		this.label = label;
	}

	/**
	 * Return the name for people and bodies.
	 * @return lower case words
	 */
	public String label() {
		return this.label;
	}

}
