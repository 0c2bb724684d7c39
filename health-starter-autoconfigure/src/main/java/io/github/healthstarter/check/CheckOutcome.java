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

import java.util.Locale;

/**
 * The outcome of one run of a check.
 */
public enum CheckOutcome {

	/**
	 * The indicator answered that the dependency is usable, or that it does not know.
	 */
	UP,

	/**
	 * The indicator answered anything else.
	 */
	DOWN,

	/**
	 * The indicator did not answer in time.
	 */
	TIMEOUT,

	/**
	 * The call of an earlier run has not returned yet, so there was none.
	 */
	STUCK,

	/**
	 * The run could not begin, which says nothing of the dependency.
	 */
	NOT_BEGUN,

	/**
	 * The indicator threw, or returned nothing.
	 */
	ERROR;

	/**
	 * Whether the indicator has returned in time.
	 * @return {@code true} for {@link #UP}, {@link #DOWN} and {@link #ERROR}
	 */
	public boolean isCompleted() {
		return this != TIMEOUT && this != STUCK && this != NOT_BEGUN;
	}

	/**
	 * Return the outcome as metrics show it.
	 * @return the label
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
