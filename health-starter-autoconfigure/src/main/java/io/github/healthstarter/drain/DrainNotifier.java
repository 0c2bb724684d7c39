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

package io.github.healthstarter.drain;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.healthstarter.notification.Notifications;

/**
 * Writes one log line when a drain begins and one when its wait is over, and publishes an
 * event for each.
 */
final class DrainNotifier implements DrainListener {

	private static final Log logger = LogFactory.getLog(DrainNotifier.class);

	private final Notifications notifications;

	DrainNotifier(Notifications notifications) {
		this.notifications = notifications;
	}

	@Override
	public void onStarted(DrainProgress progress) {
		String waiting = progress.waitingFor().isEmpty() ? "nothing to wait for"
				: "waiting for " + String.join(", ", progress.waitingFor());
		log("Drain begun by " + progress.trigger().label() + ", " + waiting);
		this.notifications.publish(new DrainStartedEvent(progress.trigger(), progress.startedAt(), progress.inFlight(),
				progress.waitingFor()));
	}

	@Override
	public void onEnded(DrainSummary summary) {
		String unfinished = summary.unfinished().isEmpty() ? "" : ", unfinished: " + summary.unfinished(", ");
		log("Drain " + summary.outcome().label().replace('_', ' ') + " after " + summary.waited().toMillis() + "ms, "
				+ summary.served() + " requests served meanwhile, " + summary.inFlight() + " in flight" + unfinished);
		this.notifications.publish(new DrainCompletedEvent(summary));
	}

	@Override
	public void onUndone(DrainSummary summary) {
		log("Drain undone after its wait was over");
		this.notifications.publish(new DrainCompletedEvent(summary));
	}

	private void log(String line) {
		this.notifications.logs().execute(() -> logger.info(line));
	}

}
