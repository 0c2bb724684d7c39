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

package io.github.healthstarter.mode;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.healthstarter.notification.Notifications;

/**
 * Writes one log line and publishes one {@link ModeChangedEvent} for each change of the
 * mode.
 */
final class ModeNotifier implements ModeListener {

	private static final Log logger = LogFactory.getLog(ModeNotifier.class);

	private final Notifications notifications;

	ModeNotifier(Notifications notifications) {
		this.notifications = notifications;
	}

	@Override
	public void onChange(ModeState before, ModeState after) {
		this.notifications.logs().execute(() -> log(before, after));
		this.notifications.publish(new ModeChangedEvent(before, after));
	}

	private static void log(ModeState before, ModeState after) {
		String line = line(before, after);
		if (after.mode() == Mode.NORMAL) {
			logger.info(line);
		}
		else {
			logger.warn(line);
		}
	}

	private static String line(ModeState before, ModeState after) {
		StringBuilder line = new StringBuilder("Mode: " + before.mode().label() + " -> " + after.mode().label());
		if (after.until() != null) {
			line.append(" until ").append(after.until());
		}
		else if (before.until() != null && !before.until().isAfter(after.since())) {
			line.append(", expired");
		}
		if (after.by() != null) {
			line.append(", by ").append(after.by());
		}
		if (after.reason() != null) {
			line.append(": ").append(after.reason());
		}
		return line.toString();
	}

}
