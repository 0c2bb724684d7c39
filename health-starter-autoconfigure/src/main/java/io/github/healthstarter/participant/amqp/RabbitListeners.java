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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.springframework.amqp.rabbit.core.RabbitOperations;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry;
import org.springframework.beans.factory.ListableBeanFactory;

import io.github.healthstarter.drain.DrainParticipant;
import io.github.healthstarter.lifecycle.PhasedBean;
import io.github.healthstarter.time.TimeSource;

/**
 * The listener containers of Spring AMQP. While draining they are stopped: each takes no
 * more, and finishes what it has taken within the longest wait of a drain, or its own
 * shutdown timeout where that is longer. A consumer counts until it has ended, and one
 * that was cut off for good. The containers of templates go on, because requests under
 * way may wait for the replies.
 * <p>
 * Spring does not wait for a container that was stopped before the context is closed, so
 * this does, in the containers' phase: beans are there until consumers have ended.
 */
public final class RabbitListeners extends PhasedBean implements DrainParticipant, AutoCloseable {

	private final ListableBeanFactory beanFactory;

	private final Supplier<Duration> maxWait;

	private final TimeSource time;

	private final Map<AbstractMessageListenerContainer, StoppedContainer> known = new ConcurrentHashMap<>();

	private volatile long stoppedAt;

	private volatile boolean draining;

	/**
	 * Create a participant.
	 * @param beanFactory where the containers are
	 * @param maxWait tells how long a drain lasts at the most, which a reload may change
	 * @param time the time source
	 */
	public RabbitListeners(ListableBeanFactory beanFactory, Supplier<Duration> maxWait, TimeSource time) {
		super(DEFAULT_PHASE);
		this.beanFactory = beanFactory;
		this.maxWait = maxWait;
		this.time = time;
	}

	@Override
	public String name() {
		return "rabbit-listeners";
	}

	@Override
	public void startDraining() {
		this.stoppedAt = this.time.nanos();
		this.draining = true;
		this.known.values().forEach(StoppedContainer::stop);
		stopNew();
	}

	private void stopNew() {
		containers().filter((container) -> container.isRunning() && !this.known.containsKey(container))
			.forEach((container) -> {
				StoppedContainer stopped = stoppedByDrains(container);
				stopped.stop();
				this.known.put(container, stopped);
			});
	}

	private StoppedContainer stoppedByDrains(AbstractMessageListenerContainer container) {
		return new StoppedContainer(container, this.maxWait, this.time);
	}

	@Override
	public void cancelDraining() {
		this.draining = false;
		this.known.values().forEach(StoppedContainer::restart);
	}

	/**
	 * Return how many consumers have not ended. A container that was added since the
	 * drain began is stopped first.
	 */
	@Override
	public long inFlight() {
		if (this.draining) {
			stopNew();
		}
		return this.known.values().stream().mapToLong(StoppedContainer::consumers).sum();
	}

	/**
	 * Return since when there has been nothing new.
	 * @return the time since the containers were told to stop
	 */
	@Override
	public Duration oldestAge() {
		return this.time.since(this.stoppedAt);
	}

	/**
	 * Wait until the containers that a drain has stopped have ended, for as long as
	 * Spring lets the phase take.
	 * @param callback called then
	 */
	@Override
	public void stop(Runnable callback) {
		stop();
		CompletableFuture<?>[] ends = this.known.values()
			.stream()
			.map(StoppedContainer::end)
			.toArray(CompletableFuture<?>[]::new);
		CompletableFuture<?> unused = CompletableFuture.allOf(ends).whenComplete((end, failure) -> callback.run());
	}

	/**
	 * End all threads, interrupting what they do.
	 */
	@Override
	public void close() {
		this.known.values().forEach(StoppedContainer::close);
	}

	private Stream<AbstractMessageListenerContainer> containers() {
		Stream<?> endpoints = beans(RabbitListenerEndpointRegistry.class)
			.flatMap((registry) -> registry.getListenerContainers().stream());
		return Stream.concat(endpoints, beans(AbstractMessageListenerContainer.class))
			.distinct()
			.filter(AbstractMessageListenerContainer.class::isInstance)
			.map(AbstractMessageListenerContainer.class::cast)
			.filter((container) -> !(container.getMessageListener() instanceof RabbitOperations));
	}

	private <T> Stream<T> beans(Class<T> type) {
		return this.beanFactory.getBeansOfType(type, false, false).values().stream();
	}

}
