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

import java.time.Duration;

/**
 * Client that probes readiness. It counts as present if its latest probes have come at a
 * steady interval. Unless all of them have that are remembered, there is more than one
 * client behind the key, and it is to see twice the failures. Its intervals count up to
 * the first answer that the instance is draining: some probers probe more often, or less,
 * from then on. Thread-safe: all methods are synchronized and short.
 */
final class Prober {

	private static final int MIN_GAPS = 2;

	private static final int LATEST_GAPS = 3;

	private static final int MAX_GAPS = 20;

	private static final long SLACK_NANOS = 250_000_000;

	// Eight probes of several clients, none of which probes as often as it seems
	private static final int GAPS_OF_SHARED = 7;

	private static final long LONGEST_GAP_OF_SHARED = Duration.ofSeconds(10).toNanos();

	private static final long RETENTION = Duration.ofMinutes(1).toNanos();

	private static final long[] NO_GAPS = {};

	private final ProberKey key;

	private final ProberSource source;

	private long[] gaps = NO_GAPS;

	private long gapsSeen;

	private boolean seen;

	private long lastProbeAt;

	private int failuresSeen;

	/**
	 * Create with no probe seen.
	 * @param key the key of its probes
	 * @param source the source of its probes
	 * @param nanos the time source's reading
	 */
	Prober(ProberKey key, ProberSource source, long nanos) {
		this.key = key;
		this.source = source;
		this.lastProbeAt = nanos;
	}

	ProberKey key() {
		return this.key;
	}

	ProberSource source() {
		return this.source;
	}

	synchronized void recordProbe(long nanos, boolean draining) {
		if (this.seen && this.failuresSeen == 0) {
			addGap(nanos - this.lastProbeAt);
		}
		this.seen = true;
		this.lastProbeAt = nanos;
		this.failuresSeen = draining ? this.failuresSeen + 1 : 0;
	}

	private void addGap(long gap) {
		if (this.gaps.length == 0) {
			this.gaps = new long[MAX_GAPS];
		}
		this.gaps[(int) (this.gapsSeen % MAX_GAPS)] = gap;
		this.gapsSeen++;
	}

	/**
	 * Whether the client probes readiness again and again, and has not fallen silent.
	 * @param nanos the time source's reading
	 * @return {@code true} if it does
	 */
	synchronized boolean isPresent(long nanos) {
		return isRecognized() && age(nanos) <= longestSilence();
	}

	/**
	 * Whether a drain has to wait for the client.
	 * @param nanos the time source's reading
	 * @param observedFailures how many answers in a row must have said to one client that
	 * the instance is draining
	 * @return {@code true} if it is present and has not seen its failures
	 */
	synchronized boolean isAwaited(long nanos, int observedFailures) {
		int failures = isSteady(MAX_GAPS) ? observedFailures : 2 * observedFailures;
		return this.failuresSeen < failures && isPresent(nanos);
	}

	/**
	 * Whether the client must not be forgotten. It may be late by more than a prober that
	 * is present, as all are while the process is paused.
	 * @param nanos the time source's reading
	 * @return {@code true} for one that was present within the last minute
	 */
	synchronized boolean isRetained(long nanos) {
		return isRecognized() && age(nanos) <= Math.max(RETENTION, longestSilence());
	}

	/**
	 * Return the time since the last probe.
	 * @param nanos the time source's reading
	 * @return the nanoseconds
	 */
	synchronized long age(long nanos) {
		return nanos - this.lastProbeAt;
	}

	private boolean isRecognized() {
		return isSteady(LATEST_GAPS) || isShared();
	}

	private boolean isSteady(int window) {
		int known = known(window);
		return known >= MIN_GAPS && longestGap(known) <= 2 * shortestGap(known) + SLACK_NANOS;
	}

	private boolean isShared() {
		return known(GAPS_OF_SHARED) == GAPS_OF_SHARED && longestGap(GAPS_OF_SHARED) <= LONGEST_GAP_OF_SHARED;
	}

	private long longestSilence() {
		int window = isSteady(LATEST_GAPS) ? LATEST_GAPS : GAPS_OF_SHARED;
		return 2 * longestGap(known(window)) + SLACK_NANOS;
	}

	private int known(int window) {
		return (int) Math.min(this.gapsSeen, window);
	}

	private long longestGap(int latest) {
		long longest = 0;
		for (int i = 1; i <= latest; i++) {
			longest = Math.max(longest, gap(i));
		}
		return longest;
	}

	private long shortestGap(int latest) {
		long shortest = Long.MAX_VALUE;
		for (int i = 1; i <= latest; i++) {
			shortest = Math.min(shortest, gap(i));
		}
		return shortest;
	}

	private long gap(int back) {
		return this.gaps[(int) ((this.gapsSeen - back) % MAX_GAPS)];
	}

}
