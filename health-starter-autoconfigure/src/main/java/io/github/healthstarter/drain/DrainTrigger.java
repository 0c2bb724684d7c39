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

package io.github.healthstarter.drain;

/**
 * What began a drain.
 */
public enum DrainTrigger {

	/**
	 * The signal with which orchestrators and supervisors ask a process to end.
	 */
	SIGTERM("SIGTERM"),

	/**
	 * Ctrl-C.
	 */
	SIGINT("SIGINT"),

	/**
	 * The application context is being closed.
	 */
	CONTEXT("context"),

	/**
	 * A call of the admin path.
	 */
	API("api"),

	/**
	 * The {@code preStop} hook of Kubernetes.
	 */
	PRE_STOP("pre-stop"),

	/**
	 * A call of Actuator's endpoint.
	 */
	ACTUATOR("actuator");

	private final String label;

	DrainTrigger(String label) {
		this.label = label;
	}

	boolean isShutdown() {
		return this == SIGTERM || this == SIGINT || this == CONTEXT;
	}

	/**
	 * Return the trigger as bodies, logs and metrics show it.
	 * @return the label
	 */
	public String label() {
		return this.label;
	}

}
