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

package io.github.healthstarter.health;

import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.check.CheckSnapshot;
import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.check.CheckStatus;
import io.github.healthstarter.lifecycle.LifecycleState;
import io.github.healthstarter.liveness.Liveness;
import io.github.healthstarter.mode.Mode;
import io.github.healthstarter.mode.ModeState;

/**
 * Composes the reason for the state of the instance, in one line, if the state needs one.
 */
final class HealthReason {

	private HealthReason() {
	}

	static @Nullable String of(HealthState state, LifecycleState lifecycle, Liveness liveness, CheckSnapshot checks,
			ModeState mode) {
		return switch (state) {
			case RUNNING, DRAINING, STOPPING -> null;
			case STARTING -> starting(lifecycle, checks);
			case READ_ONLY ->
				(mode.mode() == Mode.READ_ONLY) ? asked(mode) : errors(checks, CheckState::preventsWrites);
			case DEGRADED -> errors(checks, CheckState::degrades);
			case FAILING -> failing(lifecycle, checks);
			case MAINTENANCE -> maintenance(lifecycle, checks, mode);
			case BROKEN -> liveness.failures().stream().map(Object::toString).collect(Collectors.joining("; "));
			case FAILED -> lifecycle.failure();
		};
	}

	private static String starting(LifecycleState lifecycle, CheckSnapshot checks) {
		if (!lifecycle.isReady()) {
			return lifecycle.isRefreshed() ? "waiting for runners" : "starting";
		}
		return waitingFor(checks);
	}

	private static String waitingFor(CheckSnapshot checks) {
		String pending = pending(checks);
		return pending.isEmpty() ? "waiting for checks" : "waiting for checks: " + pending;
	}

	// Checks may all have recovered while the start still lasts
	private static String failing(LifecycleState lifecycle, CheckSnapshot checks) {
		String errors = errors(checks,
				checks.requiredDown() ? (check) -> check.preventsReadiness() && check.status() == CheckStatus.DOWN
						: CheckState::preventsReadiness);
		return errors.isEmpty() ? starting(lifecycle, checks) : errors;
	}

	private static String maintenance(LifecycleState lifecycle, CheckSnapshot checks, ModeState mode) {
		if (mode.mode() == Mode.MAINTENANCE) {
			return asked(mode);
		}
		return switch (lifecycle.context()) {
			case STOPPED -> "application context is stopped";
			case STARTED_AGAIN -> "application context has been started again, " + waitingFor(checks);
			case RUNNING -> lifecycle.refusing() ? "the application refuses traffic" : starting(lifecycle, checks);
		};
	}

	private static String asked(ModeState mode) {
		return Objects.requireNonNullElse(mode.reason(), "an operator has asked for it");
	}

	private static String pending(CheckSnapshot checks) {
		return checks.affected()
			.stream()
			.filter(CheckState::preventsReadiness)
			.map((check) -> (check.lastRun() != null) ? check.name() + " (" + check.reason() + ")" : check.name())
			.collect(Collectors.joining(", "));
	}

	private static String errors(CheckSnapshot checks, Predicate<CheckState> affected) {
		return checks.affected()
			.stream()
			.filter(affected)
			.map((check) -> check.name() + ": " + check.reason())
			.collect(Collectors.joining("; "));
	}

}
