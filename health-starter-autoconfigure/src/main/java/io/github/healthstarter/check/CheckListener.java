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

import io.github.healthstarter.notification.Notifications;

/**
 * Listener inside the starter for the results of checks. Applications listen to
 * {@link CheckChangedEvent}. Results come on the checks' own scheduler thread: an
 * implementation returns at once and does not block.
 */
public interface CheckListener {

	/**
	 * Called when the checks have begun to run, or are others from now on, before the
	 * first result, on the thread that started them.
	 */
	default void onStart() {
	}

	/**
	 * Called after each result.
	 * @param before the state before
	 * @param after the state after, with the result as its latest run
	 */
	void onResult(CheckState before, CheckState after);

	/**
	 * Return a listener that writes one log line for each change of a check's status and
	 * publishes {@link CheckChangedEvent}.
	 * @param notifications takes the line and the event
	 * @return the listener
	 */
	static CheckListener notifying(Notifications notifications) {
		return new CheckNotifier(notifications);
	}

}
