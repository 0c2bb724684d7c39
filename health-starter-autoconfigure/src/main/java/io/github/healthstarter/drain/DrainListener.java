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

import io.github.healthstarter.notification.Notifications;

/**
 * Listener inside the starter for drains. Applications listen to
 * {@link DrainStartedEvent} and {@link DrainCompletedEvent}. Called in order under the
 * controller's lock: an implementation returns at once.
 */
public interface DrainListener {

	/**
	 * Called when a drain has begun; readiness is off already.
	 * @param progress the beginning
	 */
	default void onStarted(DrainProgress progress) {
	}

	/**
	 * Called when the wait is over, once for each drain.
	 * @param summary the result
	 */
	default void onEnded(DrainSummary summary) {
	}

	/**
	 * Called when a drain is undone after its wait. One that is undone while it waits has
	 * ended instead, with {@link DrainOutcome#CANCELLED}.
	 * @param summary the result, with that outcome
	 */
	default void onUndone(DrainSummary summary) {
	}

	/**
	 * Return a listener that writes one log line when a drain begins and one when its
	 * wait is over, and publishes {@link DrainStartedEvent} and
	 * {@link DrainCompletedEvent}.
	 * @param notifications takes lines and events
	 * @return the listener
	 */
	static DrainListener notifying(Notifications notifications) {
		return new DrainNotifier(notifications);
	}

}
