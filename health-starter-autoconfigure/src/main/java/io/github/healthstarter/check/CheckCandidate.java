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

import java.util.function.Function;

import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.util.Assert;

import io.github.healthstarter.text.TextLine;

/**
 * A dependency that can be checked.
 *
 * @param name the name of the check
 * @param impact the impact of a failure unless the application sets another
 * @param dependency the dependency, the same object for as long as it is the same
 * dependency: another one of that name is checked in its place
 * @param indicator creates the indicator for a policy
 */
public record CheckCandidate(String name, Impact impact, Object dependency,
		Function<CheckPolicy, HealthIndicator> indicator) {

	public CheckCandidate {
		Assert.hasText(name, "'name' must not be empty");
		String line = TextLine.of(name);
		Assert.notNull(impact, () -> "'impact' of '" + line + "' must not be null");
		Assert.notNull(dependency, () -> "'dependency' of '" + line + "' must not be null");
		Assert.notNull(indicator, () -> "'indicator' of '" + line + "' must not be null");
		name = line;
	}

	/**
	 * Return whether another candidate is of the same dependency.
	 * @param other the other candidate
	 * @return {@code true} if it is the same object
	 */
	public boolean isSameDependency(CheckCandidate other) {
		return this.dependency == other.dependency;
	}

}
