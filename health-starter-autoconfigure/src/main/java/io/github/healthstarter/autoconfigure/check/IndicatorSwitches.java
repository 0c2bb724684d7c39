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

package io.github.healthstarter.autoconfigure.check;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

import io.github.healthstarter.autoconfigure.indicator.DependencyCheckSource;
import io.github.healthstarter.check.CheckSnapshot;

/**
 * Actuator's switches for its indicators, {@code management.health.<name>.enabled} and
 * {@code management.health.defaults.enabled}, which hold for checks as well.
 */
final class IndicatorSwitches {

	private final Environment environment;

	IndicatorSwitches(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Return the switch that leaves a check out.
	 * @param check the check
	 * @return the property, {@code null} if none is off
	 */
	@Nullable String findOff(FoundCheck check) {
		String own = property(CheckSnapshot.canonical(check.name()));
		Boolean enabled = value(own);
		if (enabled != null) {
			return enabled ? null : own;
		}
		return (check.source() instanceof DependencyCheckSource source) ? findOff(source.indicatorName()) : null;
	}

	private @Nullable String findOff(String kind) {
		Boolean enabled = value(property(kind));
		if (enabled != null) {
			return enabled ? null : property(kind);
		}
		return Boolean.FALSE.equals(value(property("defaults"))) ? property("defaults") : null;
	}

	private @Nullable Boolean value(String property) {
		return this.environment.getProperty(property, Boolean.class);
	}

	private static String property(String name) {
		return "management.health." + name + ".enabled";
	}

}
