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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.amqp.rabbit.core.RabbitOperations;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry;
import org.springframework.beans.factory.ListableBeanFactory;

import io.github.healthstarter.drain.DrainParticipant;
import io.github.healthstarter.time.TimeSource;

/**
 * The listener containers of Spring AMQP. While draining they are stopped: each takes no
 * more, and finishes what it has taken within its own shutdown timeout. A consumer counts
 * until it has ended. The containers of templates go on, because requests under way may
 * wait for the replies.
 */
public final class RabbitListeners implements DrainParticipant {

	private final ListableBeanFactory beanFactory;

	private final TimeSource time;

	// What follows belongs to the participant's thread

	private final List<StoppedContainer> stopped = new ArrayList<>();

	private long stoppedAt;

	/**
	 * Create a participant.
	 * @param beanFactory where the containers are
	 * @param time the time source
	 */
	public RabbitListeners(ListableBeanFactory beanFactory, TimeSource time) {
		this.beanFactory = beanFactory;
		this.time = time;
	}

	@Override
	public String name() {
		return "rabbit-listeners";
	}

	@Override
	public void startDraining() {
		this.stoppedAt = this.time.nanos();
		containers().filter(AbstractMessageListenerContainer::isRunning)
			.forEach((container) -> this.stopped.add(StoppedContainer.stop(container)));
	}

	@Override
	public void cancelDraining() {
		List<StoppedContainer> all = List.copyOf(this.stopped);
		this.stopped.clear();
		all.forEach(StoppedContainer::restart);
	}

	@Override
	public long inFlight() {
		return this.stopped.stream().mapToLong(StoppedContainer::consumers).sum();
	}

	/**
	 * Return since when there has been nothing new.
	 * @return the time since the containers were told to stop
	 */
	@Override
	public Duration oldestAge() {
		return this.time.since(this.stoppedAt);
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
