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

package io.github.healthstarter.participant.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.kafka.config.AbstractKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;

import io.github.healthstarter.drain.DrainParticipant;
import io.github.healthstarter.lifecycle.PhasedBean;
import io.github.healthstarter.time.TimeSource;

/**
 * The listener containers of Spring Kafka. While draining they are paused: each consumer
 * finishes its record, or its batch, and keeps its partitions until the context is
 * closed. A consumer counts until it has paused, and so has committed. The containers of
 * request-reply templates go on, because requests under way may wait for the replies.
 */
public final class KafkaListeners extends PhasedBean implements DrainParticipant {

	private final ListableBeanFactory beanFactory;

	private final TimeSource time;

	// What follows belongs to the participant's thread

	private final List<AbstractMessageListenerContainer<?, ?>> paused = new ArrayList<>();

	private boolean draining;

	private long pausedAt;

	/**
	 * Create a participant.
	 * @param beanFactory where the containers are
	 * @param time the time source
	 */
	public KafkaListeners(ListableBeanFactory beanFactory, TimeSource time) {
		super(Integer.MIN_VALUE);
		this.beanFactory = beanFactory;
		this.time = time;
	}

	/**
	 * Let containers pause after the current record, not after all that were fetched with
	 * it. They read this when they start, and factories pass it on to those that are
	 * created later.
	 */
	@Override
	protected void onStart() {
		beans(AbstractKafkaListenerContainerFactory.class)
			.forEach((factory) -> factory.getContainerProperties().setPauseImmediate(true));
		containers().forEach((container) -> container.getContainerProperties().setPauseImmediate(true));
	}

	@Override
	public String name() {
		return "kafka-listeners";
	}

	@Override
	public void startDraining() {
		this.pausedAt = this.time.nanos();
		this.draining = true;
		pauseRunning();
	}

	private void pauseRunning() {
		containers().filter((container) -> container.isRunning() && !container.isPauseRequested())
			.forEach((container) -> {
				this.paused.add(container);
				container.pause();
			});
	}

	@Override
	public void cancelDraining() {
		this.draining = false;
		this.paused.forEach(AbstractMessageListenerContainer::resume);
		this.paused.clear();
	}

	/**
	 * Return how many consumers are at work. A container that was started since the drain
	 * began is paused first.
	 */
	@Override
	public long inFlight() {
		if (this.draining) {
			pauseRunning();
		}
		return this.paused.stream().flatMap(KafkaListeners::consumers).filter(KafkaListeners::isAtWork).count();
	}

	/**
	 * Return since when there has been nothing new.
	 * @return the time since the containers were told to pause
	 */
	@Override
	public Duration oldestAge() {
		return this.time.since(this.pausedAt);
	}

	private static Stream<? extends AbstractMessageListenerContainer<?, ?>> consumers(
			AbstractMessageListenerContainer<?, ?> container) {
		return (container instanceof ConcurrentMessageListenerContainer<?, ?> concurrent)
				? concurrent.getContainers().stream() : Stream.of(container);
	}

	// One that has no partitions has nothing to do, and never pauses
	private static boolean isAtWork(MessageListenerContainer consumer) {
		return consumer.isRunning() && !consumer.isContainerPaused() && consumer.getAssignedPartitions() != null
				&& !consumer.getAssignedPartitions().isEmpty();
	}

	private Stream<AbstractMessageListenerContainer<?, ?>> containers() {
		Stream<MessageListenerContainer> endpoints = beans(KafkaListenerEndpointRegistry.class)
			.flatMap((registry) -> registry.getListenerContainers().stream());
		return Stream.concat(endpoints, beans(MessageListenerContainer.class))
			.distinct()
			.<AbstractMessageListenerContainer<?, ?>>mapMulti((container, containers) -> {
				if (container instanceof AbstractMessageListenerContainer<?, ?> known && !isOfTemplate(known)) {
					containers.accept(known);
				}
			});
	}

	private static boolean isOfTemplate(AbstractMessageListenerContainer<?, ?> container) {
		@Nullable Object listener = container.getContainerProperties().getMessageListener();
		return listener instanceof KafkaOperations;
	}

	private <T> Stream<T> beans(Class<T> type) {
		return this.beanFactory.getBeansOfType(type, false, false).values().stream();
	}

}
