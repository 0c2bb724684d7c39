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

import java.util.ArrayList;
import java.util.List;

/**
 * What the states of all checks amount to. Follows a result without looking at all of
 * them, because with many checks that is most of what a result costs.
 *
 * @param affected the checks that are not simply up
 * @param requiredHavePassed whether every required check has passed at least once
 * @param bounded whether there is a check that is not down, so that its result gets stale
 * @param freshUntil a reading of the time source until which no result gets stale
 * @param shortestRound the time of an interval and a timeout, in nanoseconds: the
 * shortest among the checks whose results get stale
 */
record CheckTotals(List<CheckState> affected, boolean requiredHavePassed, boolean bounded, long freshUntil,
		long shortestRound) {

	static CheckTotals of(CheckState[] states) {
		List<CheckState> affected = new ArrayList<>();
		boolean requiredHavePassed = true;
		boolean bounded = false;
		long freshUntil = 0;
		long shortestRound = Long.MAX_VALUE;
		for (CheckState state : states) {
			if (state.status() != CheckStatus.UP) {
				affected.add(state);
			}
			if (!state.everPassed() && state.policy().impact() == Impact.REQUIRED) {
				requiredHavePassed = false;
			}
			if (state.status() != CheckStatus.DOWN) {
				freshUntil = bounded ? earlier(freshUntil, state.freshUntil()) : state.freshUntil();
				bounded = true;
				shortestRound = Math.min(shortestRound, round(state));
			}
		}
		return new CheckTotals(List.copyOf(affected), requiredHavePassed, bounded, freshUntil, shortestRound);
	}

	/**
	 * Return the totals after a result.
	 * @param before the state that is replaced
	 * @param after the state that replaces it
	 * @param states all states, with the new one
	 * @return new totals
	 */
	CheckTotals after(CheckState before, CheckState after, CheckState[] states) {
		boolean up = before.status() == CheckStatus.UP && after.status() == CheckStatus.UP;
		// Readings until which results were fresh stay behind as those get replaced
		boolean near = after.freshUntil() - this.freshUntil <= round(after);
		if (!up || !this.bounded || !near || round(before) != round(after)) {
			return of(states);
		}
		return new CheckTotals(this.affected, this.requiredHavePassed, true,
				earlier(this.freshUntil, after.freshUntil()), this.shortestRound);
	}

	private static long round(CheckState state) {
		return state.policy().staleAfter().toNanos() / 2;
	}

	private static long earlier(long one, long other) {
		return (one - other < 0) ? one : other;
	}

}
