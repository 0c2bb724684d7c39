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

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.healthstarter.notification.Notifications;
import io.github.healthstarter.text.DurationText;

/**
 * Writes one log line and publishes one {@link CheckChangedEvent} for each change of a
 * check's status, and nothing for a status that lasts. Writes one line as well for runs
 * in a row that could not begin.
 */
final class CheckNotifier implements CheckListener {

	private static final Log logger = LogFactory.getLog(CheckNotifier.class);

	private final Notifications notifications;

	CheckNotifier(Notifications notifications) {
		this.notifications = notifications;
	}

	@Override
	public void onResult(CheckState before, CheckState after) {
		if (before.status() != after.status()) {
			this.notifications.logs().execute(() -> log(before, after));
			this.notifications.publish(new CheckChangedEvent(before, after));
		}
		if (isNotBegun(after) && !isNotBegun(before)) {
			this.notifications.logs().execute(() -> logNotBegun(after));
		}
	}

	private static boolean isNotBegun(CheckState state) {
		return state.lastRun() != null && state.lastRun().outcome() == CheckOutcome.NOT_BEGUN;
	}

	private static void logNotBegun(CheckState state) {
		logger.warn("Check '" + state.name() + "' " + state.error() + ". The process is short of processor time, memory"
				+ " or threads; its dependency has not been checked and keeps its last status until that is stale");
	}

	private static void log(CheckState before, CheckState after) {
		String check = "Check '" + after.name() + "' ";
		switch (after.status()) {
			case DOWN -> logger.warn(check + "is down: " + after.error());
			case READ_ONLY -> logger.warn(check + "is read-only: " + after.error());
			case DEGRADED -> logger.warn(check + "is degraded: " + after.error());
			case UNKNOWN -> {
				if (before.status() != CheckStatus.PENDING) {
					logger.info(check + "reports UNKNOWN");
				}
			}
			default -> {
				if (before.status() != CheckStatus.PENDING) {
					Duration lasted = before.lastedUntil(after.changedAt());
					logger.info(check + "is up again after " + DurationText.rounded(lasted));
				}
			}
		}
	}

}
