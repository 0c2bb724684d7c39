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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.requestreply.ReplyingKafkaTemplate;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.kafka.test.utils.KafkaTestUtils;

import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainOutcome;
import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.StarterContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KafkaListeners} with a real broker.
 */
@Timeout(120)
class KafkaListenersTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static EmbeddedKafkaBroker broker;

	@BeforeAll
	static void start() {
		broker = new EmbeddedKafkaKraftBroker(1, 1, "orders", "idle", "held", "replies");
		broker.afterPropertiesSet();
	}

	@AfterAll
	static void stop() {
		broker.destroy();
	}

	@Test
	void recordUnderWayIsFinishedAndNoOtherIsTakenUntilTheDrainIsUndone() {
		StarterContext.runner().withUserConfiguration(Listeners.class).run((context) -> {
			Listeners listeners = context.getBean(Listeners.class);
			DrainController drain = context.getBean(HealthInstance.class).drain();
			KafkaListenerEndpointRegistry registry = context.getBean(KafkaListenerEndpointRegistry.class);
			MessageListenerContainer held = registry.getListenerContainer("held");
			assertThat(held).isNotNull();
			held.pause();
			List.of("a", "b", "c").forEach(listeners::send);
			MessageListenerContainer orders = registry.getListenerContainer("orders");
			assertThat(orders).isNotNull();
			orders.start();
			Awaitility.await().atMost(LIMIT).until(() -> listeners.begun.size() == 1);
			drain.begin(DrainTrigger.API);
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(progress(drain).waitingFor()).containsExactly("kafka-listeners (1)"));
			assertThat(progress(drain).participants()).singleElement()
				.satisfies((kafka) -> assertThat(kafka.oldestAge()).isNotNull());
			assertThat(context.getBean("replies", MessageListenerContainer.class).isPauseRequested()).isFalse();
			listeners.mayGoOn.release();
			Awaitility.await().atMost(LIMIT).until(() -> progress(drain).outcome() == DrainOutcome.QUIESCED);
			assertThat(listeners.begun).containsExactly("a");
			assertThat(listeners.finished).containsExactly("a");
			listeners.mayGoOn.release(10);
			drain.cancel();
			Awaitility.await().atMost(LIMIT).until(() -> listeners.finished.equals(List.of("a", "b", "c")));
			assertThat(held.isPauseRequested()).isTrue();
		});
	}

	@Test
	void containerThatIsAddedLaterIsPausedAsWell() {
		StarterContext.runner().withUserConfiguration(Listeners.class).run((context) -> {
			DrainController drain = context.getBean(HealthInstance.class).drain();
			ConcurrentMessageListenerContainer<?, ?> late = add(context, "late");
			assertThat(late.getContainerProperties().isPauseImmediate()).isTrue();
			drain.begin(DrainTrigger.API);
			Awaitility.await().atMost(LIMIT).until(late::isPauseRequested);
			drain.cancel();
			Awaitility.await().atMost(LIMIT).until(() -> !late.isPauseRequested());
			late.stop();
		});
	}

	@Test
	void containerThatIsAddedDuringADrainIsPausedUntilItIsUndone() {
		StarterContext.runner().withUserConfiguration(Listeners.class).run((context) -> {
			Listeners listeners = context.getBean(Listeners.class);
			DrainController drain = context.getBean(HealthInstance.class).drain();
			MessageListenerContainer orders = context.getBean(KafkaListenerEndpointRegistry.class)
				.getListenerContainer("orders");
			assertThat(orders).isNotNull();
			listeners.send("a");
			orders.start();
			Awaitility.await().atMost(LIMIT).until(() -> listeners.begun.size() == 1);
			drain.begin(DrainTrigger.API);
			Awaitility.await().atMost(LIMIT).until(orders::isPauseRequested);
			ConcurrentMessageListenerContainer<?, ?> late = add(context, "during");
			Awaitility.await().atMost(LIMIT).until(late::isPauseRequested);
			listeners.mayGoOn.release(10);
			drain.cancel();
			Awaitility.await().atMost(LIMIT).until(() -> !late.isPauseRequested());
			late.stop();
		});
	}

	private static ConcurrentMessageListenerContainer<?, ?> add(ConfigurableApplicationContext context, String name) {
		ConcurrentKafkaListenerContainerFactory<?, ?> factory = context
			.getBean(ConcurrentKafkaListenerContainerFactory.class);
		ConcurrentMessageListenerContainer<?, ?> container = factory.createContainer("idle");
		container.getContainerProperties().setGroupId(name);
		container.setupMessageListener((MessageListener<String, String>) (record) -> {
		});
		context.getBeanFactory().registerSingleton(name, container);
		container.start();
		return container;
	}

	private static DrainProgress progress(DrainController drain) {
		DrainProgress progress = drain.progress();
		assertThat(progress).isNotNull();
		return progress;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableKafka
	static class Listeners {

		final Semaphore mayGoOn = new Semaphore(0);

		final List<String> begun = new CopyOnWriteArrayList<>();

		final List<String> finished = new CopyOnWriteArrayList<>();

		private final ProducerFactory<String, String> producers = new DefaultKafkaProducerFactory<>(
				KafkaTestUtils.producerProps(broker), new StringSerializer(), new StringSerializer());

		void send(String order) {
			new KafkaTemplate<>(this.producers).send("orders", order).join();
		}

		@KafkaListener(id = "orders", topics = "orders", autoStartup = "false")
		void order(String order) throws InterruptedException {
			this.begun.add(order);
			this.mayGoOn.acquire();
			this.finished.add(order);
		}

		@KafkaListener(id = "idle", topics = "idle", concurrency = "2")
		void idle(String nothing) {
		}

		@KafkaListener(id = "held", topics = "held")
		void held(String nothing) {
		}

		@Bean
		ConsumerFactory<String, String> consumers() {
			Map<String, Object> properties = KafkaTestUtils.consumerProps(broker, "drain", false);
			properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
			return new DefaultKafkaConsumerFactory<>(properties, new StringDeserializer(), new StringDeserializer());
		}

		@Bean
		ProducerFactory<String, String> producerFactory() {
			return this.producers;
		}

		@Bean
		ConcurrentKafkaListenerContainerFactory<String, String> kafkaListenerContainerFactory(
				ConsumerFactory<String, String> consumers) {
			ConcurrentKafkaListenerContainerFactory<String, String> factory = new ConcurrentKafkaListenerContainerFactory<>();
			factory.setConsumerFactory(consumers);
			return factory;
		}

		@Bean
		ConcurrentMessageListenerContainer<String, String> replies(
				ConcurrentKafkaListenerContainerFactory<String, String> factory) {
			ConcurrentMessageListenerContainer<String, String> container = factory.createContainer("replies");
			container.getContainerProperties().setGroupId("replies");
			return container;
		}

		@Bean
		ReplyingKafkaTemplate<String, String, String> replyingTemplate(
				ConcurrentMessageListenerContainer<String, String> replies) {
			return new ReplyingKafkaTemplate<>(this.producers, replies);
		}

	}

}
