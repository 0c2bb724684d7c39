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

import org.jspecify.annotations.Nullable;

/**
 * The latest results and changes of status of a check. Immutable and bounded.
 *
 * @param transitions the latest changes of status, the oldest first, at most
 * {@value #MAX_TRANSITIONS}
 * @param changed a bit for each of the latest results, set if it changed the status, the
 * latest as the lowest
 * @param results how many results the bits stand for, at most {@value #WINDOW}
 */
public record CheckHistory(List<CheckTransition> transitions, int changed, int results) {

	static final int MAX_TRANSITIONS = 20;

	static final int WINDOW = 16;

	static final CheckHistory EMPTY = new CheckHistory(List.of(), 0, 0);

	private static final int FLAPPING_FROM = 4;

	private static final int MASK = (1 << WINDOW) - 1;

	public CheckHistory {
		transitions = List.copyOf(transitions);
	}

	/**
	 * Whether the check keeps changing: at least four of its latest sixteen results, and
	 * more than half of them, have changed its status.
	 * @return {@code true} while it does
	 */
	public boolean isFlapping() {
		int changes = Integer.bitCount(this.changed);
		return changes >= FLAPPING_FROM && changes * 2 > this.results;
	}

	CheckHistory after(@Nullable CheckTransition transition) {
		// The first status of a check is no change
		int bit = (transition != null && transition.from() != CheckStatus.PENDING) ? 1 : 0;
		return new CheckHistory((transition != null) ? with(transition) : this.transitions,
				((this.changed << 1) | bit) & MASK, Math.min(this.results + 1, WINDOW));
	}

	private List<CheckTransition> with(CheckTransition transition) {
		List<CheckTransition> all = new ArrayList<>(this.transitions);
		all.add(transition);
		return (all.size() <= MAX_TRANSITIONS) ? all : all.subList(1, all.size());
	}

}
