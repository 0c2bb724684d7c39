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

import java.util.concurrent.Executor;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Is told when the mode has changed, in the order of the changes, one call at a time: on
 * the thread that changed it, on one that tells of an earlier change or, where the time
 * of a mode is over, on one of its own. One that blocks holds up the thread that tells
 * it, and with it those that were added later, until the next change. It holds up no
 * change.
 */
@FunctionalInterface
public interface ModeListener {

	/**
	 * Called after a change.
	 * @param before what held before
	 * @param after what holds now
	 */
	void onChange(ModeState before, ModeState after);

	/**
	 * Return a listener that writes one log line for each change.
	 * @param executor where lines are written, because an appender may block
	 * @return the log
	 */
	static ModeListener log(Executor executor) {
		return new ModeLog(executor);
	}

	/**
	 * Return a listener that publishes {@link ModeChangedEvent}.
	 * @param publisher publishes in the application context
	 * @param executor where events are published, because listeners may block
	 * @return the listener
	 */
	static ModeListener publishing(ApplicationEventPublisher publisher, Executor executor) {
		return (before, after) -> executor.execute(() -> publisher.publishEvent(new ModeChangedEvent(before, after)));
	}

}
