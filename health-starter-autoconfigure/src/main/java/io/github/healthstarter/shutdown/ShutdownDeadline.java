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

package io.github.healthstarter.shutdown;

import java.time.Duration;
import java.util.List;

import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.time.Scheduler;

/**
 * The time by which a process that a signal asks to end would be killed. A moment before
 * that it says what is still running, and halts.
 */
public final class ShutdownDeadline {

	private static final Duration AHEAD = Duration.ofSeconds(1);

	// An appender may hang as well as anything else
	private static final Duration LAST_WORDS = Duration.ofMillis(500);

	private final Duration patience;

	private final DrainController drain;

	private final ShutdownReport report;

	/**
	 * Create a deadline.
	 * @param gracePeriod how long after the signal the process would be killed, or after
	 * the {@code preStop} hook where that has begun the drain
	 * @param drain tells what is waited for
	 * @param report gets the last words
	 */
	public ShutdownDeadline(Duration gracePeriod, DrainController drain, ShutdownReport report) {
		Duration half = gracePeriod.dividedBy(2);
		this.patience = (half.compareTo(AHEAD) < 0) ? half : gracePeriod.minus(AHEAD);
		this.drain = drain;
		this.report = report;
	}

	/**
	 * Let the time run.
	 * @param trigger the signal
	 * @param halt ends the process at once
	 */
	void start(DrainTrigger trigger, Runnable halt) {
		Duration limit = limit();
		Scheduler.start("health-deadline").schedule(limit, () -> {
			try {
				sayLastWords(trigger, limit);
			}
			finally {
				halt.run();
			}
		});
	}

	/**
	 * Return how much of the time is left. It begins with the {@code preStop} hook where
	 * there is one, and the signal comes as soon as that has been answered. A drain that
	 * was begun there by hand may have been over for hours, so it costs no more than its
	 * waiting took.
	 * @return the time, zero or more
	 */
	Duration limit() {
		DrainProgress progress = this.drain.progress();
		if (progress == null || progress.trigger() != DrainTrigger.PRE_STOP) {
			return this.patience;
		}
		Duration limit = this.patience.minus(progress.elapsed());
		return limit.isNegative() ? Duration.ZERO : limit;
	}

	private void sayLastWords(DrainTrigger trigger, Duration after) {
		Thread thread = new Thread(() -> {
			DrainProgress progress = this.drain.progress();
			List<String> waitingFor = (progress != null) ? progress.waitingFor() : List.of();
			this.drain.endWaiting();
			this.report.halting(trigger, after, waitingFor);
		}, "health-last-words");
		thread.setDaemon(true);
		thread.start();
		try {
			thread.join(LAST_WORDS.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
