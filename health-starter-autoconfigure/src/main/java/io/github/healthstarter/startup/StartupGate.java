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
import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.time.TimeSource;

/**
 * Completes startup, once, when all runners have run and the required checks have passed.
 */
public final class StartupGate {

	private final Lifecycle lifecycle;

	private final CheckEngine checks;

	private final BooleanSupplier awaitChecks;

	private final TimeSource time;

	/**
	 * Create a gate that follows nothing yet.
	 * @param lifecycle told when startup is complete
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
				tryOpen();
			}

			@Override
			public void onResult(CheckState before, CheckState after) {
				tryOpen();
			}

		});
	}

	private void tryOpen() {
		boolean pending = this.lifecycle.state().runnersDone() && !this.lifecycle.state().isStarted();
		if (pending && (!this.awaitChecks.getAsBoolean() || havePassed())) {
			this.lifecycle.started();
		}
	}

	private boolean havePassed() {
		return this.checks.snapshot().asOf(this.time.instant(), this.time.nanos()).requiredHavePassed();
	}

}
