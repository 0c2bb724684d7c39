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

import io.github.healthstarter.text.DurationText;
import io.github.healthstarter.time.Scheduler;

/**
 * A call of an indicator. The result counts or the timeout, whichever reaches the
 * scheduler's thread first. A result that comes after the timeout only makes room for the
 * next call.
 */
final class CheckCall implements Runnable {

	// A timer that fires later than that was not late alone: the process, too, was paused
	private static final Duration PAUSE = Duration.ofSeconds(1);

	private ScheduledCheck check;

	private final CheckDefinition definition;

	private Duration limit;

	private final CheckRuntime runtime;

	private volatile long begunAt;

	private volatile boolean begun;

	private CheckThreads.@Nullable Started thread;

	private volatile boolean ended;

	private Scheduler.@Nullable Scheduled timeout;

	private boolean pauseGranted;

	// Of an earlier start: its result does not count
	private boolean passedOn;

	/**
	 * Create a call that has not begun.
	 * @param check the check that gets the result
	 * @param definition the definition of the check
	 * @param limit how long the call may take
	 * @param runtime the surroundings of the check
	 */
	CheckCall(ScheduledCheck check, CheckDefinition definition, Duration limit, CheckRuntime runtime) {
		this.check = check;
		this.definition = definition;
		this.limit = limit;
		this.runtime = runtime;
		this.begunAt = runtime.time().nanos();
	}

	void scheduleTimeout() {
		this.timeout = this.runtime.scheduler().schedule(this.limit, this::onTimeout);
	}

	void start() {
		try {
			this.thread = this.runtime.threads().start(this.definition.name(), this);
		}
		catch (Throwable ex) {
			cancelTimeout();
			this.ended = true;
			this.check.onNotBegun(this, "could not begin: " + DetailsLimit.describe(ex));
		}
	}

	/**
	 * Note that the thread has got a processor: the time counts from now on.
	 */
	void begin() {
		this.begunAt = this.runtime.time().nanos();
		this.begun = true;
	}

	@Override
	public void run() {
		begin();
		try {
			CheckRun result = result();
			this.runtime.scheduler().execute(() -> onResult(result));
		}
		finally {
			// If memory has run out, a thread may end without a result
			this.ended = true;
		}
	}

	private CheckRun result() {
		try {
			return CheckRun.of(this.definition.indicator().health(), elapsed(), this.runtime.time().instant());
		}
		catch (Throwable ex) {
			return threw(ex);
		}
	}

	private void onResult(CheckRun result) {
		boolean inTime = isInTime();
		cancelTimeout();
		if (inTime && !this.passedOn) {
			this.check.onResult(this, result);
		}
		else {
			this.check.onLateEnd(this, inTime);
		}
	}

	private void onTimeout() {
		// First, so that nothing that is thrown below leaves a call in time for ever
		this.timeout = null;
		if (!this.begun) {
			scheduleTimeout();
			this.check.onNotBegun(this,
					"could not begin within " + DurationText.rounded(this.limit) + ": its thread has had no processor");
			return;
		}
		Duration remaining = this.limit.minus(elapsed());
		if (!remaining.isNegative() && !remaining.isZero()) {
			this.timeout = this.runtime.scheduler().schedule(remaining, this::onTimeout);
			return;
		}
		if (grantPause(this.limit)) {
			scheduleTimeout();
			return;
		}
		if (this.definition.policy().interruptOnTimeout()) {
			interrupt();
		}
		this.check.onTimeout(CheckRun.timedOut(timedOut(), elapsed(), this.runtime.time().instant()));
	}

	/**
	 * Whether the call is awaited.
	 * @return {@code true} until it has a result, has timed out or is abandoned
	 */
	boolean isInTime() {
		return this.timeout != null;
	}

	/**
	 * Whether the indicator has returned. May be called from any thread.
	 * @return {@code true} once its thread is free
	 */
	boolean hasEnded() {
		return this.ended;
	}

	/**
	 * Return the time until a call that has not returned by then counts as the second
	 * failure: until it has lasted for two timeouts.
	 * @return the time, zero or more
	 */
	Duration untilSecondFailure() {
		Duration remaining = this.limit.multipliedBy(2).minus(elapsed());
		return remaining.isNegative() ? Duration.ZERO : remaining;
	}

	/**
	 * Give the call another timeout if it would count as the second failure only because
	 * the process was paused.
	 * @return whether it has more time
	 */
	boolean grantPause() {
		return grantPause(this.limit.multipliedBy(2));
	}

	// Once, so that a scheduler that is always late does not keep a call for ever
	private boolean grantPause(Duration due) {
		if (this.pauseGranted || elapsed().minus(due).compareTo(PAUSE) < 0) {
			return false;
		}
		this.pauseGranted = true;
		this.begunAt = this.runtime.time().nanos() - due.minus(this.limit).toNanos();
		return true;
	}

	CheckRun stuck() {
		return CheckRun.stuck(timedOut() + ", stuck for " + DurationText.rounded(elapsed()), elapsed(),
				this.runtime.time().instant());
	}

	boolean isOfSameDependency(CheckDefinition other) {
		return this.definition.isSameDependency(other);
	}

	/**
	 * Make another check await the end of this call that has been abandoned. Its result
	 * does not count.
	 * @param successor the check of the same dependency
	 * @param limit how long the call may take from now on
	 */
	void passTo(ScheduledCheck successor, Duration limit) {
		this.check = successor;
		this.limit = limit;
		this.passedOn = true;
		this.begunAt = this.runtime.time().nanos();
		scheduleTimeout();
	}

	void abandon() {
		cancelTimeout();
		interrupt();
	}

	private void cancelTimeout() {
		if (this.timeout != null) {
			this.timeout.cancel();
			this.timeout = null;
		}
	}

	void interrupt() {
		if (this.thread != null) {
			this.thread.interrupt();
		}
	}

	private String timedOut() {
		return "timed out after " + DurationText.rounded(this.limit);
	}

	private CheckRun threw(Throwable thrown) {
		return CheckRun.threw(thrown, elapsed(), this.runtime.time().instant());
	}

	private Duration elapsed() {
		return this.runtime.time().since(this.begunAt);
	}

}
