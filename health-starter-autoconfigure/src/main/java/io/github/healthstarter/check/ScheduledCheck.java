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

import io.github.healthstarter.text.DurationText;
import io.github.healthstarter.time.Scheduler;

/**
 * Runs one check again and again, with at most one run in progress. All but the
 * indicator's own code happens on the scheduler's thread, which alone owns the fields.
 */
final class ScheduledCheck {

	private static final double MAX_JITTER = 0.1;

	private volatile CheckDefinition definition;

	private final CheckRuntime runtime;

	private final BiConsumer<CheckState, CheckState> transitions;

	private volatile CheckState state;

	private @Nullable Run current;

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
	 * Start a run, or count the one that is stuck as another failure.
	 */
	void run() {
		if (this.stopped || isRunning()) {
			return;
		}
		if (this.current != null && !this.current.hasEnded) {
			settle(this.current.stuck());
			return;
		}
		this.current = new Run();
		this.current.start();
	}

	/**
	 * Run now, unless a run is in progress.
	 * @return completed with the next result
	 */
	CompletableFuture<Void> refresh() {
		if (this.stopped) {
			return CompletableFuture.completedFuture(null);
		}
		CompletableFuture<Void> result = this.nextResult;
		if (this.next != null) {
			this.next.cancel();
		}
		run();
		return result;
	}

	/**
	 * Run by another definition of the same check, from the next run on.
	 * @param definition the definition
	 */
	void reconfigure(CheckDefinition definition) {
		if (this.definition.equals(definition)) {
			return;
		}
		boolean samePolicy = this.definition.policy().equals(definition.policy());
		this.definition = definition;
		if (samePolicy) {
			return;
		}
		this.state = this.state.withPolicy(definition.policy(), this.runtime.time().nanos());
		if (this.next != null && !isRunning()) {
			scheduleNext();
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
		if (this.current != null) {
			this.current.abandon();
			this.current = null;
		}
		this.definition = definition;
		CheckState before = this.state;
		this.state = from.withPolicy(definition.policy(), this.runtime.time().nanos());
		if (before.status() != this.state.status()) {
			this.transitions.accept(before, this.state);
		}
		return refresh();
	}

	private void scheduleNext() {
		if (this.next != null) {
			this.next.cancel();
		}
		this.next = this.runtime.scheduler()
			.schedule(this.state.nextDelay(ThreadLocalRandom.current().nextDouble(MAX_JITTER)), this::run);
	}

	private boolean isRunning() {
		return this.current != null && this.current.timeout != null;
	}

	CheckState state() {
		return this.state;
	}

	CheckDefinition definition() {
		return this.definition;
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
			completeRefresh();
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
			this.current.interrupt();
		}
	}

	/**
	 * One run. The result counts or the timeout, whichever reaches the scheduler's thread
	 * first. A result that comes after the timeout only makes room for the next run.
	 */
	private final class Run {

		private final CheckDefinition definition = ScheduledCheck.this.definition;

		private final CheckPolicy policy = this.definition.policy();

		private final long startedAt = ScheduledCheck.this.runtime.time().nanos();

		private @Nullable Runnable interrupter;

		private volatile boolean hasEnded;

		private Scheduler.@Nullable Scheduled timeout;

		void start() {
			this.timeout = ScheduledCheck.this.runtime.scheduler().schedule(this.policy.timeout(), this::onTimeout);
			try {
				this.interrupter = ScheduledCheck.this.runtime.threads().start(this.definition.name(), this::call);
			}
			catch (Throwable ex) {
				onResult(threw(ex));
			}
		}

		private void call() {
			try {
				CheckRun result = result();
				ScheduledCheck.this.runtime.scheduler().execute(() -> onResult(result));
			}
			finally {
				// If memory has run out, a thread may end without a result
				this.hasEnded = true;
			}
		}

		private CheckRun result() {
			try {
				return CheckRun.of(this.definition.indicator().health(), elapsed(),
						ScheduledCheck.this.runtime.time().instant());
			}
			catch (Throwable ex) {
				return threw(ex);
			}
		}

		private void onResult(CheckRun result) {
			if (ScheduledCheck.this.current == this) {
				ScheduledCheck.this.current = null;
			}
			if (this.timeout != null) {
				this.timeout.cancel();
				settle(result);
			}
		}

		private void onTimeout() {
			this.timeout = null;
			if (this.policy.interruptOnTimeout()) {
				interrupt();
			}
			settle(CheckRun.timedOut(timeout(), elapsed(), ScheduledCheck.this.runtime.time().instant()));
		}

		CheckRun stuck() {
			return CheckRun.stuck(timeout() + ", stuck for " + DurationText.rounded(elapsed()), elapsed(),
					ScheduledCheck.this.runtime.time().instant());
		}

		void abandon() {
			if (this.timeout != null) {
				this.timeout.cancel();
				this.timeout = null;
			}
			interrupt();
		}

		void interrupt() {
			if (this.interrupter != null) {
				this.interrupter.run();
			}
		}

		private String timeout() {
			return "timed out after " + DurationText.rounded(this.policy.timeout());
		}

		private CheckRun threw(Throwable thrown) {
			return CheckRun.threw(thrown, elapsed(), ScheduledCheck.this.runtime.time().instant());
		}

		private Duration elapsed() {
			return ScheduledCheck.this.runtime.time().since(this.startedAt);
		}

	}

}
