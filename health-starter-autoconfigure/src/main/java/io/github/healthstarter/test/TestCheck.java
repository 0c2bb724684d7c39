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

package io.github.healthstarter.test;

import io.github.healthstarter.check.CheckStatus;

/**
 * A check whose result a test sets: at once, whatever its thresholds are and its
 * dependency says, until it is released or set to something else.
 */
public final class TestCheck {

	private final TestHealth health;

	private final String name;

	TestCheck(TestHealth health, String name) {
		this.health = health;
		this.name = name;
	}

	/**
	 * Let it pass.
	 */
	public void up() {
		this.health.hold(this.name, CheckStatus.UP, null);
	}

	/**
	 * Let it fail.
	 * @param reason what bodies say of it
	 */
	public void down(String reason) {
		this.health.hold(this.name, CheckStatus.DOWN, reason);
	}

	/**
	 * Let it pass with a restriction, as an exhausted pool does.
	 * @param reason what bodies say of it
	 */
	public void degraded(String reason) {
		this.health.hold(this.name, CheckStatus.DEGRADED, reason);
	}

	/**
	 * Let it pass for reads alone.
	 * @param reason what bodies say of it
	 */
	public void readOnly(String reason) {
		this.health.hold(this.name, CheckStatus.READ_ONLY, reason);
	}

	/**
	 * Let it tell of its dependency again. It stands where it stood before, and has been
	 * asked anew.
	 */
	public void release() {
		this.health.release(this.name);
	}

}
