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

package io.github.healthstarter.traffic;

import java.util.Arrays;

/**
 * An address that probes readiness. Whether it does so steadily is judged by the
 * intervals up to the first answer that the instance is draining: some probers probe more
 * often, or less, from then on. Thread-safe: all methods are synchronized and short.
 */
final class Prober {

	private static final int GAPS = 3;

	private static final int STEADY_GAPS = 2;

	private static final long SLACK_NANOS = 250_000_000;

	// Several probers behind one address, none of which probes as often as it seems
	private static final int MANY = 8;

	private static final long LONGEST_GAP_OF_MANY_NANOS = 10_000_000_000L;

	private final long[] gaps = new long[GAPS];

	private long gapsSeen;

	private int probes;

	private long lastProbeAt;

	private int failuresSeen;

	synchronized void recordProbe(long nanos, boolean draining) {
		if (this.probes > 0 && this.failuresSeen == 0) {
			this.gaps[(int) (this.gapsSeen % GAPS)] = nanos - this.lastProbeAt;
			this.gapsSeen++;
		}
		this.probes = Math.min(this.probes + 1, MANY);
		this.lastProbeAt = nanos;
		this.failuresSeen = draining ? this.failuresSeen + 1 : 0;
	}

	synchronized boolean isPresent(long nanos) {
		return (isSteady() || isShared()) && !isSilent(nanos);
	}

	synchronized boolean isAwaited(long nanos, int observedFailures) {
		int failures = isSteady() ? observedFailures : 2 * observedFailures;
		return this.failuresSeen < failures && isPresent(nanos);
	}

	synchronized boolean isSilent(long nanos) {
		return nanos - this.lastProbeAt > 2 * longestGap() + SLACK_NANOS;
	}

	private boolean isSteady() {
		int known = (int) Math.min(this.gapsSeen, GAPS);
		if (known < STEADY_GAPS) {
			return false;
		}
		long shortest = Arrays.stream(this.gaps, 0, known).min().orElseThrow();
		return longestGap() <= 2 * shortest + SLACK_NANOS;
	}

	private boolean isShared() {
		return this.probes >= MANY && longestGap() <= LONGEST_GAP_OF_MANY_NANOS;
	}

	private long longestGap() {
		long longest = 0;
		for (long gap : this.gaps) {
			longest = Math.max(longest, gap);
		}
		return longest;
	}

}
