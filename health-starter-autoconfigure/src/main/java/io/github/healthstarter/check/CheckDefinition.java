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

import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.util.Assert;

import io.github.healthstarter.text.TextLine;

/**
 * A check to be run: its name, its dependency, its indicator and its policy.
 *
 * @param name the name in paths, bodies, metrics and properties
 * @param dependency the dependency, the same object for as long as it is the same
 * dependency
 * @param indicator checks the dependency; may block and may throw
 * @param policy the policy by which it is run
 */
public record CheckDefinition(String name, Object dependency, HealthIndicator indicator, CheckPolicy policy) {

	public CheckDefinition {
		Assert.hasText(name, "'name' must not be empty");
		String line = TextLine.of(name);
		Assert.notNull(dependency, () -> "'dependency' of '" + line + "' must not be null");
		name = line;
	}

	boolean isSameDependency(CheckDefinition other) {
		return this.dependency == other.dependency;
	}

}
