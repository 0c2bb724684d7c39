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

import java.util.Map;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

import io.github.healthstarter.autoconfigure.indicator.DependencyCheckSource;
import io.github.healthstarter.check.CheckSnapshot;

/**
 * Actuator's switches for its indicators, {@code management.health.<name>.enabled} and
 * {@code management.health.defaults.enabled}, which hold for checks as well. Guarded by
 * the discovery's lock.
 */
final class IndicatorSwitches {

	private static final Log logger = LogFactory.getLog(IndicatorSwitches.class);

	private final Environment environment;

	private Map<String, String> logged = Map.of();

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

	/**
	 * Log which checks are left out, unless that has been logged before.
	 * @param off the switches by the name of the check, in the order of the log
	 */
	void log(Map<String, String> off) {
		if (!off.isEmpty() && !off.equals(this.logged)) {
			logger.info("Not checked, because Actuator's switches are off: "
					+ off.entrySet()
						.stream()
						.map((entry) -> "'" + entry.getKey() + "' (" + entry.getValue() + "=false)")
						.collect(Collectors.joining(", "))
					+ "; 'health.checks.<name>.enabled=true' brings a check back");
		}
		this.logged = off;
	}

	private @Nullable Boolean value(String property) {
		return this.environment.getProperty(property, Boolean.class);
	}

	private static String property(String name) {
		return "management.health." + name + ".enabled";
	}

}
