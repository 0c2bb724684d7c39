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

package io.github.healthstarter.participant.amqp;

import java.util.concurrent.CountDownLatch;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;

/**
 * A listener container that is told to stop, and may still finish what it has taken.
 */
final class StoppedContainer {

	private static final Log logger = LogFactory.getLog(StoppedContainer.class);

	private final AbstractMessageListenerContainer container;

	private final CountDownLatch end = new CountDownLatch(1);

	private StoppedContainer(AbstractMessageListenerContainer container) {
		this.container = container;
	}

	static StoppedContainer stop(AbstractMessageListenerContainer container) {
		StoppedContainer stopped = new StoppedContainer(container);
		try {
			container.stop(stopped.end::countDown);
		}
		catch (RuntimeException ex) {
			logger.warn("A listener container could not be stopped: " + container, ex);
			stopped.end.countDown();
		}
		return stopped;
	}

	/**
	 * Return how many consumers have not ended.
	 * @return the number; one at the least until the container has stopped
	 */
	long consumers() {
		if (this.end.getCount() == 0) {
			return 0;
		}
		return (this.container instanceof SimpleMessageListenerContainer simple)
				? Math.max(1, simple.getActiveConsumerCount()) : 1;
	}

	/**
	 * Start the container as soon as it has stopped. It cannot be done before.
	 */
	void restart() {
		try {
			this.end.await();
			this.container.start();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			logger.error("A listener container could not be started again: " + this.container, ex);
		}
	}

}
