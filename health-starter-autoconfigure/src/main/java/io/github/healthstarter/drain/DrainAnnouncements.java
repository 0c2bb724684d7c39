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

import io.github.healthstarter.notification.Announcements;
import io.github.healthstarter.notification.Listeners;

/**
 * Tells listeners of drains in the order in which they began and ended, one call at a
 * time. Safe for use by any thread.
 */
final class DrainAnnouncements {

	private final Listeners<DrainListener> listeners = new Listeners<>("drain");

	private final Announcements calls = new Announcements();

	void addListener(DrainListener listener) {
		this.listeners.add(listener);
	}

	void started(DrainProgress progress) {
		this.calls.add(() -> this.listeners.tell((listener) -> listener.onStarted(progress)));
	}

	void ended(DrainSummary summary, Runnable afterwards) {
		this.calls.add(() -> {
			this.listeners.tell((listener) -> listener.onEnded(summary));
			afterwards.run();
		});
	}

	void undone(DrainSummary summary) {
		this.calls.add(() -> this.listeners.tell((listener) -> listener.onUndone(summary)));
	}

	/**
	 * Make the calls that are due, or leave them to the thread that is making others.
	 */
	void deliver() {
		this.calls.deliver();
	}

}
