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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.time.Scheduler;

/**
 * Runs one check again and again, with at most one run in progress. All but the
 * indicator's own code happens on the scheduler's thread, which alone owns the fields.
 */
final class ScheduledCheck {

	private static final double MAX_JITTER = 0.1;

	private static final Duration LONGEST_SPREAD = Duration.ofMinutes(1);

	private volatile CheckDefinition definition;

	private final CheckRuntime runtime;

	private final BiConsumer<CheckState, CheckState> transitions;

	private volatile CheckState state;

	private @Nullable CheckCall current;

	private Scheduler.@Nullable Scheduled next;

	private CompletableFuture<Void> nextResult = new CompletableFuture<>();

	private boolean stopped;

	ScheduledCheck(CheckDefinition definition, CheckState state, CheckRuntime runtime,
			BiConsumer<CheckState, CheckState> transitions) {
		this.definition = definition;
		this.state = state;
		this.runtime = runtime;
		this.transitions = transitions;
	}

	/**
	 * Begin to run: at once or, as nothing depends on an informational check, at any time
	 * within its first interval or minute, whichever is shorter. A call of the same
	 * dependency that has not ended since an earlier start is awaited first.
	 * @param earlier the check of the same name that has been stopped, {@code null} if
	 * there is none
	 */
	void start(@Nullable ScheduledCheck earlier) {
		CheckCall unended = (earlier != null) ? earlier.stuckCall() : null;
		if (unended != null && unended.isOfSameDependency(this.definition)) {
			this.current = unended;
			unended.passTo(this, this.state.timeout());
		}
		else if (this.state.isFirst() && this.state.policy().impact() == Impact.INFORMATIONAL) {
			Duration interval = this.state.policy().interval();
			Duration spread = (interval.compareTo(LONGEST_SPREAD) < 0) ? interval : LONGEST_SPREAD;
			schedule(Duration.ofNanos((long) (spread.toNanos() * ThreadLocalRandom.current().nextDouble())));
		}
		else {
			run();
		}
	}

	/**
	 * Start a run, or count the one that is stuck as another failure.
	 */
	private void run() {
		cancelNext();
		if (this.stopped || isRunning()) {
			return;
		}
		CheckCall stuck = stuckCall();
		if (stuck != null && this.state.awaitsConfirmation() && stuck.grantPause()) {
			scheduleNext();
			return;
		}
		if (stuck != null) {
			settle(stuck.stuck());
			return;
		}
		CheckCall call = new CheckCall(this, this.definition, this.state.timeout(), this.runtime);
		call.scheduleTimeout();
		this.current = call;
		call.start();
	}

	/**
	 * Schedule the next run, unless it is scheduled or a run is in progress: memory may
	 * have run out before.
	 */
	void resume() {
		if (!this.stopped && this.next == null && !isRunning()) {
			scheduleNext();
		}
	}

	/**
	 * Run now, unless a run is in progress or a failure is being confirmed.
	 * @return completed with the next result that needs no confirmation
	 */
	CompletableFuture<Void> refresh() {
		if (this.stopped) {
			return CompletableFuture.completedFuture(null);
		}
		CompletableFuture<Void> result = this.nextResult;
		if (stuckCall() == null || !this.state.awaitsConfirmation()) {
			run();
		}
		return result;
	}

	/**
	 * Run by another definition of the same check: from the next run on or, if it is of
	 * another dependency, at once.
	 * @param definition the definition
	 */
	void reconfigure(CheckDefinition definition) {
		CheckDefinition before = this.definition;
		this.definition = definition;
		if (!before.policy().equals(definition.policy())) {
			this.state = this.state.withPolicy(definition.policy(), this.runtime.time().nanos());
			if (this.next != null && !isRunning()) {
				scheduleNext();
			}
		}
		if (!before.isSameDependency(definition)) {
			abandonCurrent();
			schedule(Duration.ZERO);
		}
	}

	/**
	 * Run another definition now and from now on, whatever has become of a run of the one
	 * before.
	 * @param definition the definition
	 * @param from the state to go on from
	 * @return completed with its first result
	 */
	CompletableFuture<Void> restart(CheckDefinition definition, CheckState from) {
		abandonCurrent();
		this.definition = definition;
		CheckState before = this.state;
		this.state = from.withPolicy(definition.policy(), this.runtime.time().nanos());
		if (before.status() != this.state.status()) {
			this.transitions.accept(before, this.state);
		}
		return refresh();
	}

	private void abandonCurrent() {
		if (this.current != null) {
			this.current.abandon();
			this.current = null;
		}
	}

	private void scheduleNext() {
		if (!this.state.awaitsConfirmation()) {
			schedule(this.state.nextDelay(ThreadLocalRandom.current().nextDouble(MAX_JITTER)));
			return;
		}
		CheckCall stuck = stuckCall();
		schedule((stuck != null) ? stuck.untilSecondFailure() : Duration.ZERO);
	}

	private void schedule(Duration delay) {
		cancelNext();
		this.next = this.runtime.scheduler().schedule(delay, this::run);
	}

	private void cancelNext() {
		if (this.next != null) {
			this.next.cancel();
			this.next = null;
		}
	}

	private boolean isRunning() {
		return this.current != null && this.current.isInTime();
	}

	private @Nullable CheckCall stuckCall() {
		CheckCall call = this.current;
		return (call != null && !call.isInTime() && !call.hasEnded()) ? call : null;
	}

	CheckState state() {
		return this.state;
	}

	CheckDefinition definition() {
		return this.definition;
	}

	void onResult(CheckCall call, CheckRun result) {
		if (this.current == call) {
			this.current = null;
		}
		settle(result);
	}

	/**
	 * Record why a run has not begun. It is awaited, or tried again if it has no thread;
	 * a refresh ends.
	 * @param call the call that has not begun
	 * @param reason the reason
	 */
	void onNotBegun(CheckCall call, String reason) {
		if (this.stopped) {
			return;
		}
		if (!call.isInTime()) {
			this.current = null;
			schedule(this.state.policy().effectiveRetryInterval());
		}
		CheckState before = this.state;
		this.state = before.notBegun(reason, this.runtime.time().instant());
		this.transitions.accept(before, this.state);
		completeRefresh();
	}

	void onTimeout(CheckRun result) {
		settle(result);
	}

	/**
	 * Make room for the next run, which begins at once if it is to confirm a failure or
	 * has not had its time yet.
	 * @param call a call that has ended after its timeout, or is of an earlier start
	 * @param awaited whether it has ended before a timeout
	 */
	void onLateEnd(CheckCall call, boolean awaited) {
		if (this.current != call) {
			return;
		}
		this.current = null;
		if (awaited || this.state.awaitsConfirmation()) {
			run();
		}
	}

	private void settle(CheckRun result) {
		if (this.stopped) {
			return;
		}
		CheckState before = this.state;
		try {
			this.state = before.after(result, this.runtime.time().nanos());
			this.transitions.accept(before, this.state);
		}
		finally {
			// Also if memory has run out: the check has to run again
			scheduleNext();
			if (!this.state.awaitsConfirmation()) {
				completeRefresh();
			}
		}
	}

	private void completeRefresh() {
		CompletableFuture<Void> result = this.nextResult;
		this.nextResult = new CompletableFuture<>();
		result.complete(null);
	}

	void stop() {
		this.stopped = true;
		completeRefresh();
		if (this.current != null) {
			this.current.abandon();
		}
	}

}
