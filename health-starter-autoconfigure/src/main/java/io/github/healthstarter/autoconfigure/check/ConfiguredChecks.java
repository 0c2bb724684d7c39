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

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.autoconfigure.CheckProperties;
import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.CheckSnapshot;

/**
 * Properties of single checks, {@code health.checks.<name>}, matched with the checks that
 * have been found however either writes the name.
 */
final class ConfiguredChecks {

	private final HealthProperties properties;

	private final Map<String, String> configuredNames = new HashMap<>();

	ConfiguredChecks(Set<String> found, HealthProperties properties) {
		this.properties = properties;
		for (String configured : properties.getChecks().keySet()) {
			String wanted = CheckSnapshot.canonical(configured);
			found.stream()
				.filter((name) -> CheckSnapshot.canonical(name).equals(wanted))
				.findFirst()
				.ifPresent((name) -> this.configuredNames.put(name, configured));
		}
	}

	/**
	 * Return the configured names that match no check.
	 * @return the names, in their order
	 */
	Set<String> unmatched() {
		Set<String> unmatched = new TreeSet<>(this.properties.getChecks().keySet());
		unmatched.removeAll(this.configuredNames.values());
		return unmatched;
	}

	/**
	 * Return whether a check is switched on by a property of its own.
	 * @param name the name of the check
	 * @return {@code true} if it is
	 */
	boolean isSwitchedOn(String name) {
		String configured = this.configuredNames.get(name);
		CheckProperties own = (configured != null) ? this.properties.getChecks().get(configured) : null;
		return own != null && Boolean.TRUE.equals(own.enabled());
	}

	/**
	 * Return the policy of a check.
	 * @param check the check
	 * @param customizers the application's customizers
	 * @return the policy, {@code null} if it is not to be run
	 */
	@Nullable CheckPolicy policy(FoundCheck check, CheckCustomizers customizers) {
		return this.properties.checkPolicy(this.configuredNames.get(check.name()), check.impact(),
				(defaults) -> customizers.customize(check.name(), defaults));
	}

}
