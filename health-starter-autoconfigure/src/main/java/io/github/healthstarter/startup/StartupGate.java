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

package io.github.healthstarter.startup;

import java.util.function.BooleanSupplier;

import io.github.healthstarter.check.CheckEngine;
import io.github.healthstarter.check.CheckListener;
import io.github.healthstarter.check.CheckOutcome;
import io.github.healthstarter.check.CheckRun;
import io.github.healthstarter.check.CheckSnapshot;
import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.lifecycle.LifecycleState;
import io.github.healthstarter.lifecycle.LifecycleState.ContextState;
import io.github.healthstarter.time.TimeSource;

/**
 * Completes startup, once, when the context has been refreshed and, if that is wanted,
 * the required checks have passed. Ends the maintenance of a context that was stopped
 * when it runs again and the required checks have passed since.
 */
public final class StartupGate {

	private final Lifecycle lifecycle;

	private final CheckEngine checks;

	private final BooleanSupplier awaitChecks;

	private final TimeSource time;

	// The states from which the checks went on when they were last started
	private volatile CheckSnapshot startedFrom = CheckSnapshot.EMPTY;

	/**
	 * Create a gate that follows nothing yet.
	 * @param lifecycle notified when startup is complete
	 * @param checks the checks
	 * @param awaitChecks whether to wait until every required check has passed once, or
	 * fails open; read each time the gate decides
	 * @param time the time source
	 */
	public StartupGate(Lifecycle lifecycle, CheckEngine checks, BooleanSupplier awaitChecks, TimeSource time) {
		this.lifecycle = lifecycle;
		this.checks = checks;
		this.awaitChecks = awaitChecks;
		this.time = time;
	}

	/**
	 * Follow what completes startup from now on.
	 */
	public void follow() {
		this.lifecycle.addListener(this::tryOpen);
		this.checks.addListener(new CheckListener() {

			// A reload may have removed the check that was awaited
			@Override
			public void onStart() {
				StartupGate.this.startedFrom = StartupGate.this.checks.snapshot();
				tryOpen();
			}

			@Override
			public void onResult(CheckState before, CheckState after) {
				tryOpen();
			}

		});
	}

	private void tryOpen() {
		LifecycleState state = this.lifecycle.state();
		if (state.isRefreshed() && !state.isStarted() && (!this.awaitChecks.getAsBoolean() || havePassed())) {
			this.lifecycle.started();
		}
		if (state.context() == ContextState.STARTED_AGAIN && havePassedAgain()) {
			this.lifecycle.contextResumed();
		}
	}

	// Before checks are run, there is none that would not have passed
	private boolean havePassed() {
		return this.checks.isRunning() && snapshot().requiredHavePassed();
	}

	private CheckSnapshot snapshot() {
		return this.checks.snapshot().asOf(this.time.instant(), this.time.nanos());
	}

	private boolean havePassedAgain() {
		return snapshot().states()
			.stream()
			.filter((check) -> check.policy().impact() == Impact.REQUIRED)
			.allMatch((check) -> !check.preventsReadiness() && hasPassedAgain(check));
	}

	// A check that goes on keeps its latest run until the next. A first failure does not
	// change its status, but is no pass either
	@SuppressWarnings("ReferenceEquality")
	private boolean hasPassedAgain(CheckState check) {
		CheckState from = this.startedFrom.find(check.name());
		CheckRun run = check.lastRun();
		return from == null || (run != null && run != from.lastRun() && run.outcome() != CheckOutcome.NOT_BEGUN
				&& run.status().isPassing());
	}

}
