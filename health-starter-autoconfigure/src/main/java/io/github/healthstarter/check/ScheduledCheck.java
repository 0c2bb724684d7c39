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
 * Runs one check again and again, with at most one run under way. All but the indicator's
 * own code happens on the scheduler's thread, which alone owns the fields.
 */
final class ScheduledCheck {

	private static final double MAX_JITTER = 0.1;

	private CheckDefinition definition;

	private final CheckRuntime runtime;

	private final BiConsumer<CheckState, CheckState> transitions;

	private volatile CheckState state;

	private @Nullable Run current;

	private Scheduler.@Nullable Scheduled next;

	private CompletableFuture<Void> nextResult = new CompletableFuture<>();

	private @Nullable HeldResult held;

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
		if (this.stopped || isUnderWay()) {
			return;
		}
		if (this.held != null) {
			show(this.held);
			return;
		}
		if (this.current != null && !this.current.threadHasEnded) {
			settle(this.current.stuck());
			return;
		}
		this.current = new Run();
		this.current.start();
	}

	/**
	 * Run now, unless a run is under way.
	 * @return completed with the next result
	 */
	CompletableFuture<Void> refresh() {
		if (this.stopped) {
			return CompletableFuture.completedFuture(null);
		}
		CompletableFuture<Void> result = this.nextResult;
		if (this.next != null) {
			this.next.cancel();
			this.next = null;
		}
		run();
		return result;
	}

	/**
	 * Stand somewhere, whatever the runs come to.
	 * @param status where
	 * @param error why it is not up
	 */
	void hold(CheckStatus status, @Nullable String error) {
		if (!this.stopped) {
			this.held = new HeldResult(status, error, (this.held != null) ? this.held.measured() : this.state);
			show(this.held);
		}
	}

	private void show(HeldResult held) {
		settle(held.run(this.runtime.time().instant()));
	}

	/**
	 * Stand again where the runs have led to, and run, unless a run is under way.
	 * @return completed with the next result
	 */
	CompletableFuture<Void> release() {
		HeldResult held = this.held;
		if (held == null || this.stopped) {
			return CompletableFuture.completedFuture(null);
		}
		this.held = null;
		CheckState before = this.state;
		this.state = held.measured().under(this.definition.policy(), this.runtime.time().nanos());
		this.transitions.accept(before, this.state);
		return refresh();
	}

	/**
	 * Be another check of the same name from the next run on.
	 * @param definition the check
	 */
	void become(CheckDefinition definition) {
		if (this.definition.equals(definition)) {
			return;
		}
		this.definition = definition;
		this.state = this.state.under(definition.policy(), this.runtime.time().nanos());
		if (this.next != null && !isUnderWay()) {
			scheduleNext();
		}
	}

	private void scheduleNext() {
		if (this.next != null) {
			this.next.cancel();
		}
		this.next = this.runtime.scheduler()
			.schedule(this.state.nextDelay(ThreadLocalRandom.current().nextDouble(MAX_JITTER)), this::run);
	}

	private boolean isUnderWay() {
		return this.current != null && this.current.timeout != null;
	}

	CheckState state() {
		return this.state;
	}

	private void settle(CheckRun result) {
		if (this.stopped) {
			return;
		}
		CheckState before = this.state;
		try {
			this.state = (this.held != null) ? before.at(this.held.run(result.at()), this.runtime.time().nanos())
					: before.after(result, this.runtime.time().nanos());
			this.transitions.accept(before, this.state);
		}
		finally {
			// Also where memory has run out: a check that is asked no more stays down for
			// ever
			scheduleNext();
			tellResult();
		}
	}

	private void tellResult() {
		CompletableFuture<Void> result = this.nextResult;
		this.nextResult = new CompletableFuture<>();
		result.complete(null);
	}

	void stop() {
		this.stopped = true;
		tellResult();
		if (this.current != null) {
			this.current.interrupt();
		}
	}

	/**
	 * One run. Whichever reaches the scheduler's thread first counts, the result or the
	 * timeout. A result that comes after the timeout only makes room for the next run.
	 */
	private final class Run {

		private final CheckDefinition definition = ScheduledCheck.this.definition;

		private final long startedAt = ScheduledCheck.this.runtime.time().nanos();

		private @Nullable Thread thread;

		private volatile boolean threadHasEnded;

		private Scheduler.@Nullable Scheduled timeout;

		void start() {
			this.timeout = ScheduledCheck.this.runtime.scheduler().schedule(policy().timeout(), this::onTimeout);
			try {
				Thread thread = ScheduledCheck.this.runtime.threads().newThread(this::ask);
				this.thread = thread;
				thread.start();
			}
			catch (Throwable ex) {
				onResult(threw(ex));
			}
		}

		private void ask() {
			try {
				CheckRun result = result();
				ScheduledCheck.this.runtime.scheduler().execute(() -> onResult(result));
			}
			finally {
				// Where memory has run out, a thread may end without a result
				this.threadHasEnded = true;
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
			if (policy().interruptOnTimeout()) {
				interrupt();
			}
			settle(CheckRun.timedOut(timeout(), elapsed(), ScheduledCheck.this.runtime.time().instant()));
		}

		CheckRun stuck() {
			return CheckRun.stuck(timeout() + ", stuck for " + Durations.format(elapsed()), elapsed(),
					ScheduledCheck.this.runtime.time().instant());
		}

		void interrupt() {
			if (this.thread != null) {
				this.thread.interrupt();
			}
		}

		private String timeout() {
			return "timed out after " + Durations.format(policy().timeout());
		}

		private CheckRun threw(Throwable thrown) {
			return CheckRun.threw(thrown, elapsed(), ScheduledCheck.this.runtime.time().instant());
		}

		private Duration elapsed() {
			return ScheduledCheck.this.runtime.time().since(this.startedAt);
		}

		private CheckPolicy policy() {
			return this.definition.policy();
		}

	}

}
