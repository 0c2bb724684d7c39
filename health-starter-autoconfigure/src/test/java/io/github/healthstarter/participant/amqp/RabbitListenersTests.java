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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.annotation.EnableRabbit;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.config.DirectRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.DirectMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.RabbitListenerEndpoint;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainOutcome;
import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.StarterContext;
import io.github.healthstarter.testing.TestRabbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link RabbitListeners} with a real broker.
 */
@Timeout(240)
class RabbitListenersTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final long TOO_SHORT_MILLIS = 1;

	private static @Nullable TestRabbit broker;

	private final ApplicationContextRunner runner = StarterContext.runner()
		.withUserConfiguration(Broker.class, Listeners.class)
		.withPropertyValues("health.drain.max-wait=" + LIMIT.toSeconds() + "s");

	@BeforeAll
	static void start() {
		assumeThat(TestRabbit.isInstalled()).as("Debian's rabbitmq-server is installed").isTrue();
		broker = TestRabbit.start();
	}

	@AfterAll
	static void stop() {
		if (broker != null) {
			broker.close();
		}
	}

	@Test
	void messagesUnderWayAreFinishedAndNoOthersAreTakenUntilTheDrainIsUndone() {
		this.runner.run((context) -> {
			Listeners listeners = context.getBean(Listeners.class);
			DrainController drain = context.getBean(HealthInstance.class).drain();
			send(context.getBean(RabbitTemplate.class));
			Awaitility.await().atMost(LIMIT).until(() -> listeners.begun.size() == 2);
			drain.begin(DrainTrigger.API);
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(progress(drain).waitingFor()).containsExactly("rabbit-listeners (2)"));
			assertThat(context.getBean("replies", SimpleMessageListenerContainer.class).isRunning()).isTrue();
			listeners.mayGoOn.release(2);
			Awaitility.await().atMost(LIMIT).until(() -> progress(drain).outcome() == DrainOutcome.QUIESCED);
			assertThat(listeners.finished).containsExactlyInAnyOrder("simple", "direct");
			assertThat(listeners.begun).hasSize(2);
			listeners.mayGoOn.release(10);
			drain.cancel();
			Awaitility.await().atMost(LIMIT).until(() -> listeners.finished.size() == 4);
		});
	}

	@Test
	void drainThatIsUndoneWhileAMessageIsUnderWayStartsContainersAfterIt() {
		this.runner.run((context) -> {
			Listeners listeners = context.getBean(Listeners.class);
			DrainController drain = context.getBean(HealthInstance.class).drain();
			send(context.getBean(RabbitTemplate.class));
			Awaitility.await().atMost(LIMIT).until(() -> listeners.begun.size() == 2);
			drain.begin(DrainTrigger.API);
			Awaitility.await().atMost(LIMIT).until(() -> !progress(drain).waitingFor().contains("rabbit-listeners"));
			drain.cancel();
			assertThat(listeners.finished).isEmpty();
			listeners.mayGoOn.release(10);
			Awaitility.await().atMost(LIMIT).until(() -> listeners.finished.size() == 4);
		});
	}

	@Test
	void containerThatIsAddedDuringADrainIsStoppedUntilItIsUndone() {
		this.runner.run((context) -> {
			Listeners listeners = context.getBean(Listeners.class);
			DrainController drain = context.getBean(HealthInstance.class).drain();
			send(context.getBean(RabbitTemplate.class));
			Awaitility.await().atMost(LIMIT).until(() -> listeners.begun.size() == 2);
			drain.begin(DrainTrigger.API);
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(progress(drain).waitingFor()).containsExactly("rabbit-listeners (2)"));
			SimpleMessageListenerContainer late = new SimpleMessageListenerContainer(
					context.getBean(ConnectionFactory.class));
			late.setQueueNames("idle");
			late.setMessageListener((message) -> {
			});
			late.afterPropertiesSet();
			late.start();
			context.getBeanFactory().registerSingleton("late", late);
			Awaitility.await().atMost(LIMIT).until(() -> !late.isRunning());
			listeners.mayGoOn.release(10);
			drain.cancel();
			Awaitility.await().atMost(LIMIT).until(late::isRunning);
			late.stop();
		});
	}

	private static void send(RabbitTemplate template) {
		for (String queue : List.of("simple", "direct", "simple", "direct")) {
			template.convertAndSend(queue, queue);
		}
	}

	private static DrainProgress progress(DrainController drain) {
		DrainProgress progress = drain.progress();
		assertThat(progress).isNotNull();
		return progress;
	}

	static class Listeners {

		final Semaphore mayGoOn = new Semaphore(0);

		final List<String> begun = new CopyOnWriteArrayList<>();

		final List<String> finished = new CopyOnWriteArrayList<>();

		@RabbitListener(id = "simple", queues = "simple", containerFactory = "simpleFactory")
		void simple(String message) throws InterruptedException {
			handle(message);
		}

		@RabbitListener(id = "direct", queues = "direct", containerFactory = "directFactory")
		void direct(String message) throws InterruptedException {
			handle(message);
		}

		@RabbitListener(id = "idle", queues = "idle", concurrency = "2", containerFactory = "simpleFactory")
		void idle(String message) {
		}

		private void handle(String message) throws InterruptedException {
			this.begun.add(message);
			this.mayGoOn.acquire();
			this.finished.add(message);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableRabbit
	static class Broker {

		@Bean(destroyMethod = "destroy")
		CachingConnectionFactory connections() {
			assertThat(broker).isNotNull();
			return broker.connections();
		}

		@Bean
		RabbitAdmin admin(ConnectionFactory connections) {
			return new RabbitAdmin(connections);
		}

		@Bean
		RabbitTemplate template(ConnectionFactory connections) {
			RabbitTemplate template = new RabbitTemplate(connections);
			template.setReplyAddress("replies");
			return template;
		}

		@Bean
		Declarables queues() {
			return new Declarables(new Queue("simple"), new Queue("direct"), new Queue("idle"), new Queue("replies"));
		}

		@Bean
		SimpleMessageListenerContainer replies(ConnectionFactory connections, RabbitTemplate template) {
			SimpleMessageListenerContainer container = new SimpleMessageListenerContainer(connections);
			container.setQueueNames("replies");
			container.setMessageListener(template);
			return container;
		}

		// Customizers of containers have another signature in Spring AMQP 4.0
		@Bean
		SimpleRabbitListenerContainerFactory simpleFactory(ConnectionFactory connections) {
			SimpleRabbitListenerContainerFactory factory = new SimpleRabbitListenerContainerFactory() {

				@Override
				protected void initializeContainer(SimpleMessageListenerContainer container,
						RabbitListenerEndpoint endpoint) {
					super.initializeContainer(container, endpoint);
					container.setShutdownTimeout(TOO_SHORT_MILLIS);
				}

			};
			factory.setConnectionFactory(connections);
			factory.setPrefetchCount(1);
			return factory;
		}

		@Bean
		DirectRabbitListenerContainerFactory directFactory(ConnectionFactory connections) {
			DirectRabbitListenerContainerFactory factory = new DirectRabbitListenerContainerFactory() {

				@Override
				protected void initializeContainer(DirectMessageListenerContainer container,
						RabbitListenerEndpoint endpoint) {
					super.initializeContainer(container, endpoint);
					container.setShutdownTimeout(TOO_SHORT_MILLIS);
				}

			};
			factory.setConnectionFactory(connections);
			factory.setPrefetchCount(1);
			return factory;
		}

	}

}
