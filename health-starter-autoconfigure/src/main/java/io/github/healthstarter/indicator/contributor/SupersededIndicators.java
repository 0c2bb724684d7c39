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

package io.github.healthstarter.indicator.contributor;

import java.util.Set;

import org.springframework.util.ClassUtils;

/**
 * Spring Boot's indicators that are not run: those that ask what the starter's own checks
 * ask already, and those that show what is decided here. What an application has derived
 * from one of them is its own, and is run.
 */
final class SupersededIndicators {

	private static final Set<String> TYPES = Set.of(
			"org.springframework.boot.health.application.AvailabilityStateHealthIndicator",
			"org.springframework.boot.health.application.LivenessStateHealthIndicator",
			"org.springframework.boot.health.application.ReadinessStateHealthIndicator",
			"org.springframework.boot.jdbc.health.DataSourceHealthIndicator",
			"org.springframework.boot.r2dbc.health.ConnectionFactoryHealthIndicator",
			"org.springframework.boot.data.redis.health.DataRedisHealthIndicator",
			"org.springframework.boot.data.redis.health.DataRedisReactiveHealthIndicator");

	private SupersededIndicators() {
	}

	static boolean include(Object indicator) {
		return TYPES.contains(ClassUtils.getUserClass(indicator).getName());
	}

}
