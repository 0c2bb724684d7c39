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

package io.github.healthstarter.autoconfigure.indicator;

import java.time.Duration;

import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Factory of the indicators of dependencies.
 *
 * @param <T> the type of the dependencies
 */
@FunctionalInterface
public interface IndicatorFactory<T> {

	/**
	 * Create an indicator.
	 * @param dependency the dependency
	 * @param opens whether the check may open its pool
	 * @param timeout the timeout of the check
	 * @return the indicator
	 */
	HealthIndicator create(T dependency, boolean opens, Duration timeout);

}
