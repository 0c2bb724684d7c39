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
 * Publishes drains as application events.
 */
final class DrainEvents implements DrainListener {

	private final ApplicationEventPublisher publisher;

	private final Executor notifications;

	/**
	 * Create a publisher of drains.
	 * @param publisher publishes in the application context
	 * @param notifications where events are published, because listeners may block
	 */
	DrainEvents(ApplicationEventPublisher publisher, Executor notifications) {
		this.publisher = publisher;
		this.notifications = notifications;
	}

	@Override
	public void onStarted(DrainProgress progress) {
		publish(new DrainStartedEvent(progress.trigger(), progress.startedAt(), progress.inFlight(),
				progress.waitingFor()));
	}

	@Override
	public void onEnded(DrainSummary summary) {
		publish(new DrainCompletedEvent(summary));
	}

	@Override
	public void onUndone(DrainSummary summary) {
		publish(new DrainCompletedEvent(summary));
	}

	private void publish(Object event) {
		this.notifications.execute(() -> this.publisher.publishEvent(event));
	}

}
