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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import io.github.healthstarter.text.TextLine;

/**
 * The result of one run of a check.
 *
 * @param outcome the outcome of the run
 * @param status the status of the dependency, {@link CheckStatus#PENDING} only if no run
 * could begin yet
 * @param error the reason why the dependency is not fully usable; for trusted readers
 * only
 * @param details the other details of the indicator, bounded in size; for trusted readers
 * only
 * @param duration the duration of the run
 * @param at the time when it ended
 */
public record CheckRun(CheckOutcome outcome, CheckStatus status, @Nullable String error, Map<String, Object> details,
		Duration duration, Instant at) {

	private static final String ERROR_DETAIL = "error";

	public CheckRun {
		error = (error != null) ? TextLine.of(error) : null;
	}

	static CheckRun of(@Nullable Health health, Duration duration, Instant at) {
		if (health == null) {
			return failed(CheckOutcome.ERROR, "the indicator returned null", duration, at);
		}
		CheckStatus status = status(health.getStatus());
		CheckOutcome outcome = status.isPassing() ? CheckOutcome.UP : CheckOutcome.DOWN;
		Map<String, Object> details = new LinkedHashMap<>(health.getDetails());
		Object error = details.remove(ERROR_DETAIL);
		if (error == null && status != CheckStatus.UP && status != CheckStatus.UNKNOWN) {
			error = "the indicator reported " + health.getStatus().getCode();
		}
		return new CheckRun(outcome, status, (error != null) ? DetailsLimit.line(error) : null,
				Collections.unmodifiableMap(DetailsLimit.apply(details)), duration, at);
	}

	static CheckRun threw(Throwable thrown, Duration duration, Instant at) {
		return failed(CheckOutcome.ERROR, DetailsLimit.describe(thrown), duration, at);
	}

	static CheckRun timedOut(String error, Duration duration, Instant at) {
		return failed(CheckOutcome.TIMEOUT, error, duration, at);
	}

	static CheckRun stuck(String error, Duration duration, Instant at) {
		return failed(CheckOutcome.STUCK, error, duration, at);
	}

	/**
	 * Return the result of a run that could not begin: as that of the run before, with
	 * the reason.
	 * @param before the result of the run before, {@code null} if there is none
	 * @param error the reason
	 * @param at the time
	 * @return the result
	 */
	static CheckRun notBegun(@Nullable CheckRun before, String error, Instant at) {
		return new CheckRun(CheckOutcome.NOT_BEGUN, (before != null) ? before.status() : CheckStatus.PENDING, error,
				(before != null) ? before.details() : Map.of(), Duration.ZERO, (before != null) ? before.at() : at);
	}

	private static CheckRun failed(CheckOutcome outcome, String error, Duration duration, Instant at) {
		return new CheckRun(outcome, CheckStatus.DOWN, error, Map.of(), duration, at);
	}

	private static CheckStatus status(Status status) {
		if (Status.UP.equals(status)) {
			return CheckStatus.UP;
		}
		return switch (status.getCode()) {
			case "UNKNOWN" -> CheckStatus.UNKNOWN;
			case "DEGRADED" -> CheckStatus.DEGRADED;
			case "READ_ONLY" -> CheckStatus.READ_ONLY;
			default -> CheckStatus.DOWN;
		};
	}

}
