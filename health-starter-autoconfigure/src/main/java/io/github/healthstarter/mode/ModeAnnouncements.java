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

import io.github.healthstarter.notification.Announcements;
import io.github.healthstarter.notification.Listeners;

/**
 * Tells one listener of the changes of the mode in their order, one at a time. Each has
 * its own, so that one that blocks keeps no later change from the others. Safe for use by
 * any thread.
 */
final class ModeAnnouncements {

	private final Listeners<ModeListener> listener = new Listeners<>("mode");

	private final Announcements calls = new Announcements();

	ModeAnnouncements(ModeListener listener) {
		this.listener.add(listener);
	}

	void changed(ModeState before, ModeState after) {
		this.calls.add(() -> this.listener.tell((listener) -> listener.onChange(before, after)));
	}

	void deliver() {
		this.calls.deliver();
	}

}
