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

package io.github.healthstarter.health;

import java.time.Duration;

import io.github.healthstarter.liveness.LivenessMonitor;

/**
 * The time by which the age of measurements is judged. It stands still for one interval
 * after nothing has been judged for long: then the process itself was paused, and those
 * that measure need a moment to do so again. Not safe for use by several threads at once.
 */
final class JudgedTime {

	/**
	 * The time for which earlier measurements are believed after a pause.
	 */
	static final Duration GRACE = LivenessMonitor.INTERVAL;

	// Each look at the liveness signals leads to a judgement
	private static final long LONGEST_GAP = LivenessMonitor.INTERVAL.multipliedBy(2).toNanos();

	private long judgedAt;

	private long pausedAt;

	private long graceUntil;

	/**
	 * Create a time that has never stood still.
	 * @param nanos the time source's reading
	 */
	JudgedTime(long nanos) {
		this.judgedAt = nanos;
		this.pausedAt = nanos;
		this.graceUntil = nanos;
	}

	/**
	 * Return the reading by which to judge now.
	 * @param nanos the time source's reading
	 * @param longestGap the longest time from one judgement to the next while something
	 * measures, in nanoseconds; two looks at the liveness signals count if they are
	 * closer
	 * @return that reading or, after a pause, the one before it
	 */
	long judge(long nanos, long longestGap) {
		if (nanos - this.judgedAt > Math.min(longestGap, LONGEST_GAP)) {
			this.pausedAt = this.judgedAt;
			this.graceUntil = nanos + GRACE.toNanos();
		}
		this.judgedAt = nanos;
		return (nanos - this.graceUntil < 0) ? this.pausedAt : nanos;
	}

	/**
	 * Return how long a judgement may be believed that is believed by itself for a time.
	 * @param nanos the time source's reading
	 * @param freshFor the time
	 * @return that time or, after a pause, the rest of the grace
	 */
	long freshFor(long nanos, long freshFor) {
		long grace = this.graceUntil - nanos;
		return (grace > 0) ? grace : freshFor;
	}

}
