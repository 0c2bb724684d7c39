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

import java.util.concurrent.Executor;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Is told of drains, in order, one call at a time: on the thread that begins, ends or
 * undoes the drain, on one that tells of something earlier or, where the drain ends by
 * itself or is part of a shutdown, on one of its own. One that blocks holds up the thread
 * that tells it and no drain; a shutdown waits for it for half a second at the most.
 */
public interface DrainListener {

	/**
	 * Called when a drain has begun; readiness is off already.
	 * @param progress the beginning
	 */
	default void onStarted(DrainProgress progress) {
	}

	/**
	 * Called when the waiting is over, once for each drain.
	 * @param summary what came of it
	 */
	default void onEnded(DrainSummary summary) {
	}

	/**
	 * Called when a drain is undone whose waiting was over already. One that is undone
	 * while it waits has ended instead, with {@link DrainOutcome#CANCELLED}.
	 * @param summary what came of it, with that outcome
	 */
	default void onUndone(DrainSummary summary) {
	}

	/**
	 * Return a listener that writes one log line when a drain begins and one when its
	 * waiting is over.
	 * @param executor where lines are written, because an appender may block
	 * @return the log
	 */
	static DrainListener log(Executor executor) {
		return new DrainLog(executor);
	}

	/**
	 * Return a listener that publishes {@link DrainStartedEvent} and
	 * {@link DrainCompletedEvent}.
	 * @param publisher publishes in the application context
	 * @param executor where events are published, because listeners may block
	 * @return the listener
	 */
	static DrainListener publishing(ApplicationEventPublisher publisher, Executor executor) {
		return new DrainEvents(publisher, executor);
	}

}
