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
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * The states of all checks at one moment. Immutable. Snapshots of the same checks share
 * the index of their names and, as far as a result leaves them alone, their totals: there
 * is a new snapshot for each result.
 */
public final class CheckSnapshot {

	/**
	 * A snapshot of no checks.
	 */
	public static final CheckSnapshot EMPTY = of(List.of());

	private final Map<String, Integer> places;

	private final CheckState[] states;

	private final CheckTotals totals;

	private CheckSnapshot(Map<String, Integer> places, CheckState[] states, CheckTotals totals) {
		this.places = places;
		this.states = states;
		this.totals = totals;
	}

	static CheckSnapshot of(Collection<CheckState> states) {
		CheckState[] array = states.toArray(CheckState[]::new);
		Map<String, Integer> places = new HashMap<>();
		for (int place = 0; place < array.length; place++) {
			places.put(array[place].name(), place);
		}
		return new CheckSnapshot(places, array, CheckTotals.of(array));
	}

	/**
	 * Return this snapshot with another state of one of its checks.
	 * @param state the state
	 * @return a new snapshot
	 */
	CheckSnapshot with(CheckState state) {
		Integer place = this.places.get(state.name());
		Assert.state(place != null, () -> "There is no check '" + state.name() + "'");
		CheckState[] states = this.states.clone();
		states[place] = state;
		return new CheckSnapshot(this.places, states, this.totals.after(this.states[place], state, states));
	}

	/**
	 * Return the checks in the order of their discovery.
	 * @return an unmodifiable list
	 */
	public List<CheckState> states() {
		return Collections.unmodifiableList(Arrays.asList(this.states));
	}

	/**
	 * Return one check by its name.
	 * @param name the exact name
	 * @return the check, {@code null} if there is none of that name
	 */
	public @Nullable CheckState find(String name) {
		Integer place = this.places.get(name);
		return (place != null) ? this.states[place] : null;
	}

	/**
	 * Return the checks that are not simply up, in the order of their discovery.
	 * @return an unmodifiable list
	 */
	public List<CheckState> affected() {
		return this.totals.affected();
	}

	/**
	 * Return this snapshot without some checks.
	 * @param names their exact names; unknown ones are ignored
	 * @return this snapshot if there is none of them, otherwise a new one
	 */
	public CheckSnapshot without(Set<String> names) {
		if (Collections.disjoint(this.places.keySet(), names)) {
			return this;
		}
		return of(states().stream().filter((state) -> !names.contains(state.name())).toList());
	}

	/**
	 * Whether every required check has passed at least once.
	 * @return {@code true} also if there is no required check
	 */
	public boolean requiredHavePassed() {
		return this.totals.requiredHavePassed();
	}

	/**
	 * Whether a required check is down.
	 * @return {@code true} if one is
	 */
	public boolean requiredDown() {
		return anyAffected((state) -> state.status() == CheckStatus.DOWN && state.preventsReadiness());
	}

	/**
	 * Whether a required check has no status yet.
	 * @return {@code true} if one has none
	 */
	public boolean requiredPending() {
		return anyAffected((state) -> state.status() == CheckStatus.PENDING && state.preventsReadiness());
	}

	/**
	 * Whether a check makes the instance degraded.
	 * @return {@code true} if one does
	 */
	public boolean degrade() {
		return anyAffected(CheckState::degrades);
	}

	/**
	 * Whether a check keeps the instance from serving writes.
	 * @return {@code true} if one does
	 */
	public boolean preventWrites() {
		return anyAffected(CheckState::preventsWrites);
	}

	private boolean anyAffected(Predicate<CheckState> condition) {
		return affected().stream().anyMatch(condition);
	}

	/**
	 * Return the longest time that any check may take to a new status, the confirmation
	 * of a failure included.
	 * @return the longest time, zero if there are no checks
	 */
	public Duration longestVerdict() {
		return states().stream().map(CheckState::longestVerdict).max(Duration::compareTo).orElse(Duration.ZERO);
	}

	/**
	 * Return a reading of the time source until which no result in this snapshot is
	 * stale.
	 * @param nanos the time source's reading
	 * @return the reading, not after the first at which a result gets stale; the farthest
	 * one possible if none does
	 */
	public long freshUntil(long nanos) {
		return this.totals.bounded() ? this.totals.freshUntil() : nanos + Long.MAX_VALUE;
	}

	/**
	 * Return the longest time from one result to the next of the check that runs most
	 * often, among those whose results get stale. It is half of the time after which a
	 * result of that check is stale.
	 * @return the time of its interval and its timeout in nanoseconds, the longest
	 * possible if no result gets stale
	 */
	public long shortestRound() {
		return this.totals.shortestRound();
	}

	/**
	 * Return this snapshot as of a moment: a stale result is a failure, and a required
	 * check that has been down for too long is a degrading one.
	 * @param now the time of day, for display
	 * @param nanos the time source's reading
	 * @return this snapshot if nothing is stale, otherwise a new one
	 */
	public CheckSnapshot asOf(Instant now, long nanos) {
		if (nanos - freshUntil(nanos) < 0 && affected().stream().noneMatch((state) -> state.failsOpen(nanos))) {
			return this;
		}
		return of(states().stream().map((state) -> state.asOf(now, nanos)).toList());
	}

	/**
	 * Return this snapshot as one after the start, when no first result is awaited: a
	 * required check that has no status yet is unknown.
	 * @return this snapshot if there is no such check, otherwise a new one
	 */
	public CheckSnapshot afterStart() {
		return requiredPending() ? of(states().stream().map(CheckState::afterStart).toList()) : this;
	}

	/**
	 * Return a name in the form in which names are compared: letters and digits alone, in
	 * lower case, so that {@code diskSpace}, {@code disk-space} and the {@code DISKSPACE}
	 * of an environment variable are one.
	 * @param name a check's name
	 * @return the name for comparison
	 */
	public static String canonical(String name) {
		return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
	}

}
