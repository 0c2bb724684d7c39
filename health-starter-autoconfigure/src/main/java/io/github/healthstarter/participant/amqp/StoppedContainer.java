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

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.beans.BeansException;
import org.springframework.beans.DirectFieldAccessor;

import io.github.healthstarter.time.TimeSource;

/**
 * A listener container that is stopped by drains and started again when they are undone.
 * Both are done on a thread of its own, because they may wait for a broker that is gone;
 * others say what they aim at.
 */
final class StoppedContainer {

	private static final Log logger = LogFactory.getLog(StoppedContainer.class);

	private final AbstractMessageListenerContainer container;

	private final Supplier<Duration> atLeast;

	private final TimeSource time;

	private final ContainerThread thread;

	private volatile boolean draining;

	// Whether all that it had taken was finished in time, once the container has stopped
	private volatile CompletableFuture<Boolean> end = CompletableFuture.completedFuture(true);

	// What follows belongs to the thread

	private boolean stopped;

	private boolean ended;

	private boolean finished;

	private long ownTimeout;

	/**
	 * Create for a container that runs.
	 * @param container the container
	 * @param atLeast tells how long it may take to finish, unless it may take longer
	 * anyway
	 * @param time the time source
	 */
	StoppedContainer(AbstractMessageListenerContainer container, Supplier<Duration> atLeast, TimeSource time) {
		this.container = container;
		this.atLeast = atLeast;
		this.time = time;
		this.thread = new ContainerThread("health-drain-rabbit-" + container.getListenerId());
	}

	/**
	 * Stop the container as soon as its thread is free.
	 */
	void stop() {
		this.end = new CompletableFuture<>();
		this.draining = true;
		this.thread.execute(this::act);
	}

	/**
	 * Start the container as soon as it has stopped. It cannot be done before.
	 */
	void restart() {
		this.draining = false;
		this.thread.execute(this::act);
	}

	/**
	 * Return how many consumers have not ended, or were cut off.
	 * @return the number; one at the least until the container has stopped
	 */
	long consumers() {
		if (!this.draining || this.end.getNow(false)) {
			return 0;
		}
		return (this.container instanceof SimpleMessageListenerContainer simple)
				? Math.max(1, simple.getActiveConsumerCount()) : 1;
	}

	/**
	 * Return when the container has stopped.
	 * @return completed then, or where it need not stop
	 */
	CompletableFuture<Boolean> end() {
		return this.end;
	}

	/**
	 * End the thread, interrupting what it does.
	 */
	void close() {
		this.thread.close();
	}

	private void act() {
		CompletableFuture<Boolean> end = this.end;
		boolean draining = this.draining;
		if (draining && !this.stopped && this.container.isRunning()) {
			this.stopped = true;
			this.ended = false;
			stopContainer();
		}
		else if (!draining && this.stopped && this.ended) {
			this.stopped = false;
			startContainer();
		}
		if (!this.stopped || this.ended) {
			end.complete(!this.stopped || this.finished);
		}
	}

	private void stopContainer() {
		this.ownTimeout = shutdownTimeout(this.container);
		long timeout = Math.max(this.ownTimeout, this.atLeast.get().toMillis());
		this.container.setShutdownTimeout(timeout);
		long begunAt = this.time.nanos();
		try {
			this.container.stop(() -> {
				// It calls back as well when it has interrupted its workers
				boolean inTime = this.time.since(begunAt).toMillis() < timeout;
				this.thread.execute(() -> ended(inTime));
			});
		}
		catch (RuntimeException ex) {
			logger.warn("A listener container could not be stopped: " + this.container, ex);
			ended(true);
		}
	}

	private void ended(boolean inTime) {
		this.ended = true;
		this.finished = inTime;
		act();
	}

	private void startContainer() {
		try {
			this.container.setShutdownTimeout(this.ownTimeout);
			this.container.start();
		}
		catch (RuntimeException ex) {
			logger.error("A listener container could not be started again: " + this.container, ex);
		}
	}

	// It can be set by anybody and read by nobody
	private static long shutdownTimeout(AbstractMessageListenerContainer container) {
		try {
			Object timeout = new DirectFieldAccessor(container).getPropertyValue("shutdownTimeout");
			return (timeout instanceof Long millis) ? millis
					: AbstractMessageListenerContainer.DEFAULT_SHUTDOWN_TIMEOUT;
		}
		catch (BeansException ex) {
			logger.debug("The shutdown timeout of a listener container is not known: " + container, ex);
			return AbstractMessageListenerContainer.DEFAULT_SHUTDOWN_TIMEOUT;
		}
	}

}
