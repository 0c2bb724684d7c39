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

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.text.DurationText;

/**
 * The state of one check. Immutable.
 *
 * @param name the check's name
 * @param policy the policy by which it is run
 * @param status the status, after thresholds
 * @param since the time from which it has had that status, for display
 * @param changedAt the time source's reading then, for durations
 * @param streak the number of results of the same kind in a row: successes if
 * {@code lastRun} passed, failures if it did not
 * @param everPassed whether it has ever been passing
 * @param lastRun the latest result, {@code null} before the first
 * @param freshUntil the reading of the time source after which the result is stale
 * @param history the latest results and changes of status
 */
public record CheckState(String name, CheckPolicy policy, CheckStatus status, Instant since, long changedAt, int streak,
		boolean everPassed, @Nullable CheckRun lastRun, long freshUntil, CheckHistory history) {

	static CheckState pending(CheckDefinition definition, Instant now, long nanos) {
		CheckPolicy policy = definition.policy();
		return new CheckState(definition.name(), policy, CheckStatus.PENDING, now, nanos, 0, false, null,
				nanos + policy.staleAfterStart().toNanos(), CheckHistory.EMPTY);
	}

	/**
	 * Return this state with another policy, by which it is fresh from now on.
	 * @param policy the policy
	 * @param nanos the time source's reading
	 * @return a new state
	 */
	CheckState withPolicy(CheckPolicy policy, long nanos) {
		return new CheckState(this.name, policy, this.status, this.since, this.changedAt, this.streak, this.everPassed,
				this.lastRun, nanos + staleAfter(policy).toNanos(), this.history);
	}

	private Duration staleAfter(CheckPolicy policy) {
		return isFirst() ? policy.staleAfterStart() : policy.staleAfter();
	}

	/**
	 * Whether the next run is the very first.
	 * @return {@code true} before the first result
	 */
	boolean isFirst() {
		return this.streak == 0;
	}

	/**
	 * Return how long the next run may take.
	 * @return the timeout
	 */
	Duration timeout() {
		return isFirst() ? this.policy.firstTimeout() : this.policy.timeout();
	}

	/**
	 * Return how long it takes at most until a run that begins now has led to a status: a
	 * call that ends between one and two timeouts is confirmed by another run.
	 * @return the longest time
	 */
	Duration longestVerdict() {
		boolean confirms = !isFirst() && this.policy.confirmsFailure();
		return confirms ? timeout().multipliedBy(3) : timeout();
	}

	/**
	 * Whether the latest result is a failure that counts only if the next run confirms
	 * it.
	 * @return {@code true} after the first failure of a check that passes
	 */
	boolean awaitsConfirmation() {
		return this.status.isPassing() && consecutiveFailures() == 1 && this.policy.confirmsFailure();
	}

	/**
	 * Return the number of failures in a row up to the latest result.
	 * @return zero if the latest result passed or there is none
	 */
	public int consecutiveFailures() {
		return (this.lastRun == null || this.lastRun.status() != CheckStatus.DOWN) ? 0 : this.streak;
	}

	/**
	 * Whether nothing has to be done about the check.
	 * @return {@code true} if it passes, or nothing depends on a result that it does not
	 * have yet
	 */
	public boolean isPassing() {
		return this.status.isPassing() || (this.status == CheckStatus.PENDING && !preventsReadiness());
	}

	/**
	 * Return why the check is not up.
	 * @return the error of the latest result, {@code null} if it has none
	 */
	public @Nullable String error() {
		return (this.lastRun != null) ? this.lastRun.error() : null;
	}

	/**
	 * Return the reason why the check is not up. For trusted readers only.
	 * @return the error of the latest result; if that has passed, the number of those
	 * needed that have passed
	 */
	public String reason() {
		CheckRun run = this.lastRun;
		if (run == null) {
			return "not run yet";
		}
		if (run.error() != null && run.status() != CheckStatus.UP) {
			return run.error();
		}
		return (run.status() == CheckStatus.UNKNOWN) ? "the indicator reported UNKNOWN"
				: "passed " + this.streak + " of " + this.policy.successThreshold() + " times";
	}

	/**
	 * Whether the check's failure keeps the instance from being ready. A required check
	 * that has no status yet does.
	 * @return {@code true} for a required check that is not passing
	 */
	public boolean preventsReadiness() {
		return this.policy.impact() == Impact.REQUIRED && !this.status.isPassing();
	}

	/**
	 * Whether the check makes the instance degraded without taking it out of traffic.
	 * @return {@code true} for a degrading check that is down, and for any but an
	 * informational one that is restricted
	 */
	public boolean degrades() {
		return switch (this.policy.impact()) {
			case REQUIRED -> this.status.isRestricted();
			case DEGRADING -> this.status.isRestricted() || this.status == CheckStatus.DOWN;
			case INFORMATIONAL -> false;
		};
	}

	/**
	 * Whether the check keeps the instance from serving writes.
	 * @return {@code true} for any but an informational one whose dependency refuses
	 * writes
	 */
	public boolean preventsWrites() {
		return this.status == CheckStatus.READ_ONLY && this.policy.impact() != Impact.INFORMATIONAL;
	}

	/**
	 * Return this state with the reason why a run could not begin. Nothing else changes:
	 * it is no failure of the dependency, and the last result grows stale.
	 * @param error the reason
	 * @param now the time of day
	 * @return a new state
	 */
	CheckState notBegun(String error, Instant now) {
		return new CheckState(this.name, this.policy, this.status, this.since, this.changedAt, this.streak,
				this.everPassed, CheckRun.notBegun(this.lastRun, error, now), this.freshUntil, this.history);
	}

	/**
	 * Return the state that a result leads to.
	 * @param run the result
	 * @param nanos the time source's reading
	 * @return a new state
	 */
	CheckState after(CheckRun run, long nanos) {
		CheckStatus status = statusAfter(run, streakAfter(run));
		boolean changed = status != this.status;
		return new CheckState(this.name, this.policy, status, changed ? run.at() : this.since,
				changed ? nanos : this.changedAt, streakAfter(run), this.everPassed || status.isPassing(), run,
				nanos + this.policy.staleAfter().toNanos(),
				this.history.after(changed ? transition(status, run, nanos) : null));
	}

	private int streakAfter(CheckRun run) {
		boolean continued = this.lastRun != null && this.lastRun.status().isPassing() == run.status().isPassing();
		return continued ? Math.max(this.streak, this.streak + 1) : 1;
	}

	private CheckTransition transition(CheckStatus status, CheckRun run, long nanos) {
		return new CheckTransition(run.at(), this.status, status, (status != CheckStatus.UP) ? run.error() : null,
				lastedUntil(nanos));
	}

	private CheckStatus statusAfter(CheckRun run, int streak) {
		boolean passed = run.status().isPassing();
		if (passed && this.status.isPassing()) {
			return run.status();
		}
		return (streak >= (passed ? this.policy.successThreshold() : failureThreshold())) ? run.status() : this.status;
	}

	// A check that has not passed has no verdict that would have to be protected
	private int failureThreshold() {
		return (this.status.isPassing() && this.policy.confirmsFailure()) ? this.policy.failureThreshold() : 1;
	}

	/**
	 * Whether the check has been down for so long that it no longer counts as a required
	 * one.
	 * @param nanos the time source's reading
	 * @return {@code true} if it is a degrading one from now on
	 */
	boolean failsOpen(long nanos) {
		Duration after = this.policy.failOpenAfter();
		return after != null && this.policy.impact() == Impact.REQUIRED && this.status == CheckStatus.DOWN
				&& lastedUntil(nanos).compareTo(after) >= 0;
	}

	/**
	 * Return how long the check has had its status.
	 * @param nanos the time source's reading
	 * @return the span, never negative
	 */
	Duration lastedUntil(long nanos) {
		return Duration.ofNanos(Math.max(0, nanos - this.changedAt));
	}

	/**
	 * Return this state as of a moment: down if its result is stale, since that moment;
	 * degrading if it fails open.
	 * @param now the time of day, for display
	 * @param nanos the time source's reading
	 * @return this state, or a new one that is down
	 */
	CheckState asOf(Instant now, long nanos) {
		if (failsOpen(nanos)) {
			return new CheckState(this.name, this.policy.withImpact(Impact.DEGRADING), this.status, this.since,
					this.changedAt, this.streak, this.everPassed, this.lastRun, this.freshUntil, this.history);
		}
		if (nanos - this.freshUntil < 0 || this.status == CheckStatus.DOWN) {
			return this;
		}
		Duration staleFor = Duration.ofNanos(nanos - this.freshUntil);
		String error = "not measured for " + DurationText.rounded(staleAfter(this.policy).plus(staleFor));
		if (this.lastRun != null && this.lastRun.outcome() == CheckOutcome.NOT_BEGUN) {
			error += ", " + this.lastRun.error();
		}
		Instant measuredAt = (this.lastRun != null) ? this.lastRun.at() : this.since;
		return new CheckState(this.name, this.policy, CheckStatus.DOWN, now.minus(staleFor), this.freshUntil,
				consecutiveFailures() + 1, this.everPassed, CheckRun.timedOut(error, Duration.ZERO, measuredAt),
				this.freshUntil, this.history);
	}

	/**
	 * Return this state as one after the start.
	 * @return an unknown state if it would prevent readiness only for want of a result
	 */
	CheckState afterStart() {
		boolean awaited = this.status == CheckStatus.PENDING && preventsReadiness();
		return awaited ? new CheckState(this.name, this.policy, CheckStatus.UNKNOWN, this.since, this.changedAt,
				this.streak, this.everPassed, this.lastRun, this.freshUntil, this.history) : this;
	}

	/**
	 * Return the delay of the next run, if the latest result awaits no confirmation.
	 * @param jitter the share of the interval to take off, from 0 to 0.1
	 * @return the delay
	 */
	Duration nextDelay(double jitter) {
		boolean settled = this.lastRun != null && this.lastRun.status().isPassing() && this.status.isPassing();
		if (!settled && this.policy.impact() != Impact.INFORMATIONAL) {
			return this.policy.effectiveRetryInterval();
		}
		long nanos = this.policy.interval().toNanos();
		return Duration.ofNanos(nanos - (long) (nanos * jitter));
	}

}
