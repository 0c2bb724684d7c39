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
 * A check whose result a test overrides: at once, whatever its thresholds are and its
 * dependency says, until the override is cleared or replaced.
 */
public final class TestCheck {

	private final TestHealth health;

	private final String name;

	TestCheck(TestHealth health, String name) {
		this.health = health;
		this.name = name;
	}

	/**
	 * Let the check pass.
	 */
	public void up() {
		this.health.override(this.name, CheckStatus.UP, null);
	}

	/**
	 * Let the check fail.
	 * @param reason the error that bodies show
	 */
	public void down(String reason) {
		this.health.override(this.name, CheckStatus.DOWN, reason);
	}

	/**
	 * Let the check pass with a restriction, as an exhausted pool does.
	 * @param reason the error that bodies show
	 */
	public void degraded(String reason) {
		this.health.override(this.name, CheckStatus.DEGRADED, reason);
	}

	/**
	 * Let the check pass for reads alone.
	 * @param reason the error that bodies show
	 */
	public void readOnly(String reason) {
		this.health.override(this.name, CheckStatus.READ_ONLY, reason);
	}

	/**
	 * Let the check go on from the state that it had before the override. It has been run
	 * again when this returns.
	 */
	public void clearOverride() {
		this.health.clearOverride(this.name);
	}

}
