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

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * The policy of a check: how it is run and how its results count.
 *
 * @param impact the effect of a failure on the instance
 * @param interval the time from one result to the next run; a random share of up to a
 * tenth is taken off, so that many instances do not check at the same moment
 * @param retryInterval the time to the next run while the check is not passing; the
 * interval counts if it is shorter
 * @param timeout how long a run may take
 * @param failureThreshold how many consecutive failures turn a check down that passes, at
 * least 1; the first one of an informational check does
 * @param successThreshold how many consecutive successes turn the check up, at least 1
 * @param interruptOnTimeout whether the thread of a run that timed out is interrupted
 * @param failOpenAfter how long a required check may be down before it becomes a
 * degrading one, {@code null} for ever
 */
public record CheckPolicy(Impact impact, Duration interval, Duration retryInterval, Duration timeout,
		int failureThreshold, int successThreshold, boolean interruptOnTimeout, @Nullable Duration failOpenAfter) {

	/**
	 * The policy of a required check with the default schedule.
	 */
	public static final CheckPolicy DEFAULT = new CheckPolicy(Impact.REQUIRED, Duration.ofSeconds(5),
			Duration.ofSeconds(1), Duration.ofSeconds(2), 2, 1, true, null);

	private static final Duration SHORTEST_FIRST_TIMEOUT = Duration.ofSeconds(10);

	public CheckPolicy {
		Assert.notNull(impact, "'impact' must not be null");
		assertPositive("interval", interval);
		assertPositive("retryInterval", retryInterval);
		assertPositive("timeout", timeout);
		if (failOpenAfter != null) {
			assertPositive("failOpenAfter", failOpenAfter);
		}
		Assert.isTrue(failureThreshold >= 1, () -> "'failureThreshold' must be at least 1 but was " + failureThreshold);
		Assert.isTrue(successThreshold >= 1, () -> "'successThreshold' must be at least 1 but was " + successThreshold);
	}

	private static void assertPositive(String name, Duration value) {
		Assert.notNull(value, () -> "'" + name + "' must not be null");
		Assert.isTrue(!value.isNegative() && !value.isZero(),
				() -> "'" + name + "' must be above zero but was " + value);
	}

	/**
	 * Return the time to the next run while the check is not passing; the interval counts
	 * if it is shorter: a check never runs less often for failing.
	 * @return the shorter of both intervals
	 */
	Duration effectiveRetryInterval() {
		return (this.retryInterval.compareTo(this.interval) < 0) ? this.retryInterval : this.interval;
	}

	/**
	 * Return how old a result may grow before it counts as a failure: twice the interval
	 * and the timeout together.
	 * @return the age from which a result is stale
	 */
	public Duration staleAfter() {
		return this.interval.plus(this.timeout).multipliedBy(2);
	}

	/**
	 * Return how long the very first run may take: the longer of ten seconds and the
	 * timeout, because connections are opened and classes loaded in it.
	 * @return the timeout of the first run
	 */
	Duration firstTimeout() {
		return (this.timeout.compareTo(SHORTEST_FIRST_TIMEOUT) > 0) ? this.timeout : SHORTEST_FIRST_TIMEOUT;
	}

	/**
	 * Return how long a check may be without its first result before that counts as a
	 * failure.
	 * @return the age from which a check without a result is stale
	 */
	Duration staleAfterStart() {
		return staleAfter().plus(firstTimeout()).minus(this.timeout);
	}

	/**
	 * Whether the first failure after a pass is confirmed by another run.
	 * @return {@code true} for any but an informational check, unless one failure is to
	 * count
	 */
	boolean confirmsFailure() {
		return this.impact != Impact.INFORMATIONAL && this.failureThreshold > 1;
	}

	/**
	 * Return this policy with another impact.
	 * @param impact the impact
	 * @return a new policy
	 */
	public CheckPolicy withImpact(Impact impact) {
		return new CheckPolicy(impact, this.interval, this.retryInterval, this.timeout, this.failureThreshold,
				this.successThreshold, this.interruptOnTimeout, this.failOpenAfter);
	}

	/**
	 * Return this policy with another interval.
	 * @param interval the time from one result to the next run
	 * @return a new policy
	 */
	public CheckPolicy withInterval(Duration interval) {
		return new CheckPolicy(this.impact, interval, this.retryInterval, this.timeout, this.failureThreshold,
				this.successThreshold, this.interruptOnTimeout, this.failOpenAfter);
	}

	/**
	 * Return this policy with another retry interval.
	 * @param retryInterval the time to the next run while the check is not passing
	 * @return a new policy
	 */
	public CheckPolicy withRetryInterval(Duration retryInterval) {
		return new CheckPolicy(this.impact, this.interval, retryInterval, this.timeout, this.failureThreshold,
				this.successThreshold, this.interruptOnTimeout, this.failOpenAfter);
	}

	/**
	 * Return this policy with another timeout.
	 * @param timeout how long a run may take
	 * @return a new policy
	 */
	public CheckPolicy withTimeout(Duration timeout) {
		return new CheckPolicy(this.impact, this.interval, this.retryInterval, timeout, this.failureThreshold,
				this.successThreshold, this.interruptOnTimeout, this.failOpenAfter);
	}

	/**
	 * Return this policy with another failure threshold.
	 * @param failureThreshold how many consecutive failures turn the check down
	 * @return a new policy
	 */
	public CheckPolicy withFailureThreshold(int failureThreshold) {
		return new CheckPolicy(this.impact, this.interval, this.retryInterval, this.timeout, failureThreshold,
				this.successThreshold, this.interruptOnTimeout, this.failOpenAfter);
	}

	/**
	 * Return this policy with another success threshold.
	 * @param successThreshold how many consecutive successes turn the check up
	 * @return a new policy
	 */
	public CheckPolicy withSuccessThreshold(int successThreshold) {
		return new CheckPolicy(this.impact, this.interval, this.retryInterval, this.timeout, this.failureThreshold,
				successThreshold, this.interruptOnTimeout, this.failOpenAfter);
	}

	/**
	 * Return this policy with or without an interrupt after a timeout.
	 * @param interruptOnTimeout whether the thread of a run that timed out is interrupted
	 * @return a new policy
	 */
	public CheckPolicy withInterruptOnTimeout(boolean interruptOnTimeout) {
		return new CheckPolicy(this.impact, this.interval, this.retryInterval, this.timeout, this.failureThreshold,
				this.successThreshold, interruptOnTimeout, this.failOpenAfter);
	}

	/**
	 * Return this policy with another time until it fails open.
	 * @param failOpenAfter how long a required check may be down before it becomes a
	 * degrading one, {@code null} for ever
	 * @return a new policy
	 */
	public CheckPolicy withFailOpenAfter(@Nullable Duration failOpenAfter) {
		return new CheckPolicy(this.impact, this.interval, this.retryInterval, this.timeout, this.failureThreshold,
				this.successThreshold, this.interruptOnTimeout, failOpenAfter);
	}

}
