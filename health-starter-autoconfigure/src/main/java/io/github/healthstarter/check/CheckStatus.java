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

package io.github.healthstarter.check;

/**
 * The status of a check after its thresholds have been applied.
 */
public enum CheckStatus {

	/**
	 * There are not enough results yet.
	 */
	PENDING,

	/**
	 * The indicator reports that it does not know.
	 */
	UNKNOWN,

	/**
	 * The dependency is usable.
	 */
	UP,

	/**
	 * The dependency is usable, with a restriction.
	 */
	DEGRADED,

	/**
	 * The dependency answers reads and refuses writes.
	 */
	READ_ONLY,

	/**
	 * The dependency is not usable.
	 */
	DOWN;

	/**
	 * Whether the dependency is usable, as far as its indicator knows.
	 * @return {@code true} for {@link #UP}, {@link #UNKNOWN}, {@link #DEGRADED} and
	 * {@link #READ_ONLY}
	 */
	public boolean isPassing() {
		return this == UP || this == UNKNOWN || isRestricted();
	}

	/**
	 * Whether the dependency is usable, with a restriction.
	 * @return {@code true} for {@link #DEGRADED} and {@link #READ_ONLY}
	 */
	public boolean isRestricted() {
		return this == DEGRADED || this == READ_ONLY;
	}

	/**
	 * Return the status as bodies show it, in Actuator's words.
	 * @return the code; a dependency that refuses writes is {@code DEGRADED}, a check
	 * without results {@code UNKNOWN}
	 */
	public String code() {
		return switch (this) {
			case PENDING -> UNKNOWN.name();
			case READ_ONLY -> DEGRADED.name();
			default -> name();
		};
	}

}
