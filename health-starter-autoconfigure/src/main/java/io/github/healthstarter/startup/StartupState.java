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

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.text.TextLine;

/**
 * How far a start has come at one moment. Immutable.
 *
 * @param phase the phase
 * @param current the bean that is being made, or the runner or ready listener that runs,
 * {@code null} if there is none
 * @param currentFor for how long: a bean without what it waited for in others, a runner
 * since it was first seen
 * @param made how many beans have been made
 * @param expected how many there will be, as far as is known; never below {@code made}
 * @param slowest those that took longest themselves, without what they wait for in
 * others, the slowest first, at most {@value StartupProgress#MAX_SLOWEST}
 */
public record StartupState(StartupPhase phase, @Nullable String current, Duration currentFor, int made, int expected,
		List<SlowBean> slowest) {

	public StartupState {
		current = (current != null) ? TextLine.of(current) : null;
	}

	/**
	 * A bean and what it cost the start.
	 *
	 * @param name its name
	 * @param duration how long it took to make, without the beans that were made
	 * meanwhile
	 */
	public record SlowBean(String name, Duration duration) {

		public SlowBean {
			name = TextLine.of(name);
		}

	}

}
