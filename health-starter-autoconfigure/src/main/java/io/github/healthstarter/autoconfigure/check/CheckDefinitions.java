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

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.check.CheckDefinition;
import io.github.healthstarter.check.CheckEngine;
import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.check.CheckStatus;

/**
 * Definitions of the checks that are run. Guarded by the discovery's lock.
 */
final class CheckDefinitions {

	private static final Log logger = LogFactory.getLog(CheckDefinitions.class);

	private final CheckCustomizers customizers;

	private final IndicatorSwitches switches;

	private final CheckEngine engine;

	private final Runnable onChange;

	private Map<String, Entry> entries = Map.of();

	private Set<String> loggedUnmatched = Set.of();

	/**
	 * Create definitions of nothing.
	 * @param customizers the application's customizers
	 * @param switches the switches of Actuator
	 * @param engine runs the checks
	 * @param onChange called if a run finds that its dependency has gone
	 */
	CheckDefinitions(CheckCustomizers customizers, IndicatorSwitches switches, CheckEngine engine, Runnable onChange) {
		this.customizers = customizers;
		this.switches = switches;
		this.engine = engine;
		this.onChange = onChange;
	}

	/**
	 * Return all definitions.
	 * @return the checks to run
	 */
	Collection<CheckDefinition> all() {
		return this.entries.values().stream().map(Entry::definition).toList();
	}

	/**
	 * Forget all definitions.
	 */
	void clear() {
		this.entries = Map.of();
	}

	/**
	 * Define all checks again, and warn of what is configured and not found.
	 * @param found what has been found
	 * @param properties what is configured
	 */
	void defineAll(Map<String, FoundCheck> found, HealthProperties properties) {
		ConfiguredChecks configured = new ConfiguredChecks(found.keySet(), properties);
		logUnmatched(found.keySet(), configured.unmatched());
		logSwitchedOff(found, configured);
		Map<String, Entry> entries = new LinkedHashMap<>();
		found.forEach((name, check) -> put(entries, check, policy(check, configured)));
		this.entries = entries;
	}

	/**
	 * Define what has come, leave out what has gone, and keep the rest as it is run now.
	 * @param found what has been found
	 * @param properties what is configured
	 */
	void follow(Map<String, FoundCheck> found, HealthProperties properties) {
		ConfiguredChecks configured = new ConfiguredChecks(found.keySet(), properties);
		Map<String, Entry> entries = new LinkedHashMap<>();
		found.forEach((name, check) -> {
			Entry known = this.entries.get(name);
			if (known != null && check.isSame(known.check())) {
				CheckDefinition running = this.engine.definition(name);
				entries.put(name, (running != null) ? new Entry(check, running) : known);
			}
			else {
				follow(entries, check, configured);
			}
		});
		logDifference(entries);
		this.entries = entries;
	}

	private void follow(Map<String, Entry> entries, FoundCheck check, ConfiguredChecks configured) {
		try {
			put(entries, check, policy(check, configured));
		}
		catch (RuntimeException ex) {
			logger.warn("The check '" + check.name() + "' has no valid policy and is not run", ex);
		}
	}

	private void logDifference(Map<String, Entry> entries) {
		entries.forEach((name, entry) -> {
			if (!this.entries.containsKey(name)) {
				logger
					.info("Check '" + name + "' has been added (" + entry.definition().policy().impact().label() + ")");
			}
		});
		this.entries.keySet()
			.stream()
			.filter((name) -> !entries.containsKey(name))
			.forEach((name) -> logger.info("Check '" + name + "' has been removed"));
	}

	private void logUnmatched(Set<String> found, Set<String> unmatched) {
		unmatched.stream()
			.filter((name) -> !this.loggedUnmatched.contains(name))
			.forEach((name) -> logger.warn("'health.checks." + name + "' matches no check; there are"
					+ (found.isEmpty() ? " none" : ": " + String.join(", ", new TreeSet<>(found)))));
		this.loggedUnmatched = unmatched;
	}

	private void logSwitchedOff(Map<String, FoundCheck> found, ConfiguredChecks configured) {
		Map<String, String> off = new TreeMap<>();
		found.forEach((name, check) -> {
			String property = switchedOff(check, configured);
			if (property != null) {
				off.put(name, property);
			}
		});
		this.switches.log(off);
	}

	private @Nullable String switchedOff(FoundCheck check, ConfiguredChecks configured) {
		return configured.isSwitchedOn(check.name()) ? null : this.switches.findOff(check);
	}

	private @Nullable CheckPolicy policy(FoundCheck check, ConfiguredChecks configured) {
		return (switchedOff(check, configured) == null) ? configured.policy(check, this.customizers) : null;
	}

	// A check whose dependency and policy are unchanged is left as it is
	private void put(Map<String, Entry> entries, FoundCheck check, @Nullable CheckPolicy policy) {
		if (policy != null) {
			Entry known = this.entries.get(check.name());
			boolean isUnchanged = known != null && known.check().isSame(check)
					&& known.definition().policy().equals(policy);
			entries.put(check.name(), isUnchanged ? known : create(check, policy));
		}
	}

	private Entry create(FoundCheck check, CheckPolicy policy) {
		return new Entry(check, new CheckDefinition(check.name(), check.candidate().dependency(),
				new FollowedIndicator(check, policy, () -> isDown(check.name()), this.onChange), policy));
	}

	private boolean isDown(String name) {
		CheckState state = this.engine.snapshot().find(name);
		return state != null && state.status() == CheckStatus.DOWN;
	}

	/**
	 * A check that is run.
	 *
	 * @param check what has been found
	 * @param definition its definition
	 */
	private record Entry(FoundCheck check, CheckDefinition definition) {

	}

}
