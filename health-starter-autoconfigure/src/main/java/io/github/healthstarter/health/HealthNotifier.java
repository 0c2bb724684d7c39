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

import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.healthstarter.liveness.LivenessFailure;
import io.github.healthstarter.notification.Notifications;

/**
 * Writes one log line for each change of the instance's state, and publishes a
 * {@link HealthChangedEvent}. A liveness failure is logged with the stacks of the threads
 * concerned: the process is about to be killed, and nothing else will remain of them.
 */
final class HealthNotifier implements HealthListener {

	private static final Log logger = LogFactory.getLog(HealthNotifier.class);

	private final Notifications notifications;

	HealthNotifier(Notifications notifications) {
		this.notifications = notifications;
	}

	@Override
	public void onChange(HealthSnapshot before, HealthSnapshot after) {
		if (before.state() != after.state()) {
			this.notifications.logs().execute(() -> log(before, after));
		}
		this.notifications.publish(new HealthChangedEvent(before, after));
	}

	private static void log(HealthSnapshot before, HealthSnapshot after) {
		String change = "Health: " + before.state().label() + " -> " + after.state().label();
		String line = (after.reason() != null) ? change + ": " + after.reason() : change;
		switch (after.state()) {
			case BROKEN -> logger.error(line + stacks(after));
			case FAILING, READ_ONLY, DEGRADED, FAILED -> logger.warn(line);
			default -> logger.info(line);
		}
	}

	private static String stacks(HealthSnapshot snapshot) {
		return snapshot.liveness()
			.failures()
			.stream()
			.map(LivenessFailure::stacks)
			.filter((stacks) -> !stacks.isEmpty())
			.map((stacks) -> "\n" + stacks)
			.collect(Collectors.joining());
	}

}
