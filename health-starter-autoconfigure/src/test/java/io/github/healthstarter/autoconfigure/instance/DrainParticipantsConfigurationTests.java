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

package io.github.healthstarter.autoconfigure.instance;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import io.github.healthstarter.drain.DrainCompletedEvent;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainParticipant;
import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.drain.Drained;
import io.github.healthstarter.drain.ParticipantProgress;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.StarterContext;
import io.github.healthstarter.testing.StartupAttempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests that the application's own work is found and takes part in drains.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class DrainParticipantsConfigurationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final ApplicationContextRunner runner = StarterContext.runner();

	@Test
	void workerWithoutAWebServerDrainsItsParticipantsWhenItsContextIsClosed() {
		Mailer mailer = new Mailer("mailer");
		mailer.inFlight = 1;
		try (ConfigurableApplicationContext context = StartupAttempt.plain(Worker.class).start()) {
			context.getBean(HealthInstance.class).drain().addParticipant("mailer", mailer);
			Thread closing = new Thread(context::close);
			closing.start();
			Awaitility.await().atMost(LIMIT).until(() -> mailer.calls.contains("start"));
			assertThat(context.isActive()).isTrue();
			Worker worker = context.getBean(Worker.class);
			assertThat(worker.completed).isEmpty();
			mailer.inFlight = 0;
			Awaitility.await().atMost(LIMIT).until(() -> !worker.completed.isEmpty());
			Awaitility.await().atMost(LIMIT).until(() -> !closing.isAlive());
			assertThat(worker.completed).singleElement()
				.satisfies((event) -> assertThat(event.summary().unfinished()).isEmpty());
		}
		assertThat(mailer.calls).containsExactly("start");
	}

	@Test
	void completedEventNamesParticipantsThatWereNotDone() {
		this.runner.withUserConfiguration(Worker.class)
			.withBean("mailer", Mailer.class, () -> new Mailer("mailer"))
			.withPropertyValues("health.drain.max-wait=100ms")
			.run((context) -> {
				context.getBean(Mailer.class).inFlight = 3;
				context.getBean(HealthInstance.class).drain().begin(DrainTrigger.API);
				Worker worker = context.getBean(Worker.class);
				Awaitility.await().atMost(LIMIT).until(() -> !worker.completed.isEmpty());
				assertThat(worker.completed.get(0).summary().unfinished()).extracting(ParticipantProgress::name)
					.containsExactly("mailer");
			});
	}

	@Test
	void participantIsAskedForItsNameOnce() {
		AtomicInteger asked = new AtomicInteger();
		DrainParticipant participant = mock(DrainParticipant.class);
		given(participant.name()).will((invocation) -> "mailer" + asked.incrementAndGet());
		this.runner.withBean("mailer", DrainParticipant.class, () -> participant).run((context) -> {
			DrainController drain = context.getBean(HealthInstance.class).drain();
			drain.begin(DrainTrigger.API);
			DrainProgress progress = drain.progress();
			assertThat(progress).isNotNull();
			assertThat(progress.participants()).extracting(ParticipantProgress::name).containsExactly("mailer1");
			assertThat(asked).hasValue(1);
		});
	}

	@Test
	void executorThatIsMarkedIsWaitedForAndGoesOn() {
		this.runner.withUserConfiguration(Pools.class).run((context) -> {
			CountDownLatch latch = new CountDownLatch(1);
			ThreadPoolExecutor reports = context.getBean("reports", ThreadPoolExecutor.class);
			reports.execute(() -> await(latch));
			context.getBean("others", ThreadPoolExecutor.class).execute(() -> await(latch));
			DrainController drain = context.getBean(HealthInstance.class).drain();
			drain.begin(DrainTrigger.API);
			reports.execute(() -> await(latch));
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(progress(drain).waitingFor()).containsExactly("reports (2)"));
			latch.countDown();
			Awaitility.await().atMost(LIMIT).until(() -> progress(drain).outcome() != null);
			assertThat(reports.isShutdown()).isFalse();
		});
	}

	@Test
	void participantsOfTheSameNameAreBothNamed(CapturedOutput output) {
		assertThatException().isThrownBy(() -> StartupAttempt.plain(Duplicates.class).start().close());
		assertThat(output).contains("APPLICATION FAILED TO START",
				"The drain's participants 'one' and 'other' have the same name 'mailer'.", "a name of its own");
	}

	@Test
	void participantWithoutANameIsNamedByItsBean(CapturedOutput output) {
		assertThatException().isThrownBy(() -> StartupAttempt.plain(Nameless.class).start().close());
		assertThat(output).contains("The drain's participant 'nameless' has no name.", "its method name()");
	}

	@Test
	void executorWhoseTasksCannotBeCountedIsNamed(CapturedOutput output) {
		assertThatException().isThrownBy(() -> StartupAttempt.plain(Secretive.class).start().close());
		assertThat(output).contains("The bean 'secretive' of type",
				"is annotated with @Drained but its tasks cannot be counted",
				"ThreadPoolTaskScheduler or a ThreadPoolExecutor");
	}

	private static DrainProgress progress(DrainController drain) {
		DrainProgress progress = drain.progress();
		assertThat(progress).isNotNull();
		return progress;
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static ThreadPoolExecutor pool() {
		return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
	}

	static final class Mailer implements DrainParticipant {

		private final String name;

		private final List<String> calls = new CopyOnWriteArrayList<>();

		private volatile long inFlight;

		Mailer(String name) {
			this.name = name;
		}

		@Override
		public String name() {
			return this.name;
		}

		@Override
		public void startDraining() {
			this.calls.add("start");
		}

		@Override
		public void cancelDraining() {
			this.calls.add("cancel");
		}

		@Override
		public long inFlight() {
			return this.inFlight;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Worker {

		private final List<DrainCompletedEvent> completed = new CopyOnWriteArrayList<>();

		@EventListener
		void onCompleted(DrainCompletedEvent event) {
			this.completed.add(event);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Pools {

		@Bean
		@Drained
		ThreadPoolExecutor reports() {
			return pool();
		}

		@Bean
		ThreadPoolExecutor others() {
			return pool();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Duplicates {

		@Bean
		DrainParticipant one() {
			return new Mailer("mailer");
		}

		@Bean
		DrainParticipant other() {
			return new Mailer("mailer");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Nameless {

		@Bean
		DrainParticipant nameless() {
			return new Mailer(" ");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Secretive {

		@Bean
		@Drained
		Executor secretive() {
			return Executors.newSingleThreadExecutor();
		}

	}

}
