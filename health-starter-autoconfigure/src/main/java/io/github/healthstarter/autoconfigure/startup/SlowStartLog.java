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

package io.github.healthstarter.autoconfigure.startup;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.healthstarter.startup.StartupPhase;
import io.github.healthstarter.startup.StartupProgress;
import io.github.healthstarter.startup.StartupState;
import io.github.healthstarter.text.DurationText;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;

/**
 * Writes one log line for each bean that the start has been waiting for too long, and one
 * for the first runner or ready listener that keeps the instance from being ready. Ends
 * after that one, because it may never return. The time before a pause of the process
 * counts against nothing.
 */
final class SlowStartLog implements AutoCloseable {

	static final Duration SLOW = Duration.ofSeconds(10);

	static final Duration SLOW_RUNNER = Duration.ofSeconds(60);

	private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

	// Between looks, from which on the process was paused
	private static final Duration PAUSE = Duration.ofSeconds(5);

	private static final Log logger = LogFactory.getLog(SlowStartLog.class);

	private final StartupProgress progress;

	private final Scheduler scheduler;

	private final TimeSource time;

	private final Set<String> logged = new HashSet<>();

	private Scheduler.Scheduled next = () -> {
	};

	private long lookedAt;

	private long awakeSince;

	SlowStartLog(StartupProgress progress, Scheduler scheduler, TimeSource time) {
		this.progress = progress;
		this.scheduler = scheduler;
		this.time = time;
		this.lookedAt = time.nanos();
		this.awakeSince = this.lookedAt;
		scheduler.recoverWith(this::lookLater);
		lookLater();
	}

	// At most one look is scheduled: memory may run out before or after that
	private void lookLater() {
		this.next.cancel();
		this.next = this.scheduler.schedule(LOOK_INTERVAL, this::look);
	}

	private void look() {
		boolean paused = this.time.since(this.lookedAt).compareTo(PAUSE) > 0;
		this.lookedAt = this.time.nanos();
		this.awakeSince = paused ? this.lookedAt : this.awakeSince;
		StartupState state = this.progress.state();
		boolean runners = state.phase() == StartupPhase.RUNNERS;
		if (runners ? isOver(state) : state.phase() == StartupPhase.CHECKS) {
			close();
			return;
		}
		if (!runners) {
			lookAtBean(state);
		}
		lookLater();
	}

	private void lookAtBean(StartupState state) {
		String bean = state.current();
		Duration waited = waited(state);
		if (bean != null && waited.compareTo(SLOW) >= 0 && this.logged.add(bean)) {
			logger.warn("The start has been waiting for the bean '" + bean + "' for " + DurationText.rounded(waited)
					+ " (" + state.made() + " of " + state.expected() + " beans have been made)");
		}
	}

	// An application that its runner has closed is not announced as ready
	private boolean isOver(StartupState state) {
		boolean slow = state.current() != null && waited(state).compareTo(SLOW_RUNNER) >= 0;
		if (slow) {
			logger.warn("The runner or ready listener '" + state.current() + "' has not returned for "
					+ DurationText.rounded(waited(state)) + "; the instance is not ready until it does. Use a"
					+ " thread of its own for work that does not end");
		}
		return slow || state.current() == null;
	}

	private Duration waited(StartupState state) {
		Duration awake = this.time.since(this.awakeSince);
		return (awake.compareTo(state.currentFor()) < 0) ? awake : state.currentFor();
	}

	@Override
	public void close() {
		this.scheduler.close();
	}

}
