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

import io.github.healthstarter.notification.Notifications;

/**
 * Listener inside the starter for changes of the instance's state. Applications listen to
 * {@link HealthChangedEvent}. Called in order under the monitor's lock: an implementation
 * returns at once, and takes no lock that is held by anyone who calls the monitor.
 */
@FunctionalInterface
public interface HealthListener {

	/**
	 * Called after a change of state, or when startup is complete.
	 * @param before the snapshot before
	 * @param after the snapshot after
	 */
	void onChange(HealthSnapshot before, HealthSnapshot after);

	/**
	 * Return a listener that writes one log line for each change and publishes
	 * {@link HealthChangedEvent}.
	 * @param notifications takes the line and the event
	 * @return the listener
	 */
	static HealthListener notifying(Notifications notifications) {
		return new HealthNotifier(notifications);
	}

}
