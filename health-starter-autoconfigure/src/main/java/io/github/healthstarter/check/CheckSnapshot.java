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

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Where all checks stand at one moment. Immutable.
 */
public final class CheckSnapshot {

	/**
	 * No checks at all.
	 */
	public static final CheckSnapshot EMPTY = new CheckSnapshot(Map.of());

	private final Map<String, CheckState> states;

	private CheckSnapshot(Map<String, CheckState> states) {
		this.states = Collections.unmodifiableMap(states);
	}

	static CheckSnapshot of(Collection<CheckState> states) {
		Map<String, CheckState> map = new LinkedHashMap<>();
		states.forEach((state) -> map.put(state.name(), state));
		return new CheckSnapshot(map);
	}

	/**
	 * Return the checks in the order of their discovery.
	 * @return an unmodifiable view
	 */
	public Collection<CheckState> states() {
		return this.states.values();
	}

	/**
	 * Return one check by its name.
	 * @param name the exact name
	 * @return the check, {@code null} where there is none of that name
	 */
	public @Nullable CheckState find(String name) {
		return this.states.get(name);
	}

	/**
	 * Return this snapshot as if some checks were not there.
	 * @param names their exact names; those that there are not are ignored
	 * @return this snapshot where there is none of them, else a new one
	 */
	public CheckSnapshot without(Set<String> names) {
		if (names.isEmpty() || Collections.disjoint(this.states.keySet(), names)) {
			return this;
		}
		return of(this.states.values().stream().filter((state) -> !names.contains(state.name())).toList());
	}

	/**
	 * Whether every required check has passed at least once.
	 * @return {@code true} also where there is no required check
	 */
	public boolean requiredHavePassed() {
		for (CheckState state : states()) {
			if (!state.everPassed() && state.policy().impact() == Impact.REQUIRED) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Whether a required check is down.
	 * @return {@code true} where one is
	 */
	public boolean requiredDown() {
		return anyPreventsReadiness(CheckStatus.DOWN);
	}

	/**
	 * Whether a required check has no status yet.
	 * @return {@code true} where one has none
	 */
	public boolean requiredPending() {
		return anyPreventsReadiness(CheckStatus.UNKNOWN);
	}

	private boolean anyPreventsReadiness(CheckStatus status) {
		for (CheckState state : states()) {
			if (state.status() == status && state.preventsReadiness()) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether a check makes the instance degraded.
	 * @return {@code true} where one does
	 */
	public boolean degrade() {
		for (CheckState state : states()) {
			if (state.degrades()) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether a check keeps the instance from serving writes.
	 * @return {@code true} where one does
	 */
	public boolean preventWrites() {
		for (CheckState state : states()) {
			if (state.preventsWrites()) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return the longest time that a run of any check may take.
	 * @return the longest timeout, zero where there are no checks
	 */
	public Duration longestTimeout() {
		return this.states.values()
			.stream()
			.map((state) -> state.policy().timeout())
			.max(Duration::compareTo)
			.orElse(Duration.ZERO);
	}

	/**
	 * Return until when no result in this snapshot is stale.
	 * @param nanos the time source's reading
	 * @return the earliest reading to come at which a result gets stale, or the farthest
	 * one possible
	 */
	public long freshUntil(long nanos) {
		long left = Long.MAX_VALUE;
		for (CheckState state : states()) {
			if (state.status() != CheckStatus.DOWN) {
				left = Math.min(left, state.freshUntil() - nanos);
			}
		}
		return nanos + left;
	}

	/**
	 * Return this snapshot as it has to be seen at a moment: a stale result is a failure,
	 * and a required check that has been down for too long is a degrading one.
	 * @param now the time of day
	 * @param nanos the time source's reading
	 * @return this snapshot where nothing is stale, else a new one
	 */
	public CheckSnapshot seenAt(Instant now, long nanos) {
		if (nanos - freshUntil(nanos) < 0 && !anyFailsOpen(now)) {
			return this;
		}
		return of(states().stream().map((state) -> state.seenAt(now, nanos)).toList());
	}

	private boolean anyFailsOpen(Instant now) {
		for (CheckState state : states()) {
			if (state.failsOpen(now)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return a name as it is compared where people write it: letters and digits alone, in
	 * lower case, so that {@code diskSpace}, {@code disk-space} and the {@code DISKSPACE}
	 * of an environment variable are one.
	 * @param name a check's name
	 * @return the name for comparison
	 */
	public static String canonical(String name) {
		return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
	}

}
