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

package io.github.healthstarter.availability;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.task.AsyncTaskExecutor;

import io.github.healthstarter.drain.DrainCompletedEvent;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainOutcome;
import io.github.healthstarter.drain.DrainStartedEvent;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.testing.StartupAttempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the events of a drain in a whole application.
 */
class DrainEventsTests {

	private static final String ONE_THREAD = "spring.task.execution.pool.core-size=1";

	@Test
	void eventsComeWhileTheExecutorsOfTheApplicationStillWork() {
		Listener listener;
		try (ConfigurableApplicationContext context = StartupAttempt.plain(Application.class).start(ONE_THREAD)) {
			listener = context.getBean(Listener.class);
		}
		assertThat(listener.heard).containsExactly("started by CONTEXT on task-1", "ended QUIESCED on task-1");
	}

	@Test
	void drainThatIsUndoneEndsWithAnEvent() {
		try (ConfigurableApplicationContext context = StartupAttempt.plain(Application.class)
			.start("health.drain.min-wait=5s", "health.drain.max-wait=5s", ONE_THREAD)) {
			DrainController drain = context.getBean(HealthInstance.class).drain();
			Lifecycle lifecycle = context.getBean(HealthInstance.class).lifecycle();
			await().until(() -> lifecycle.state().isStarted());
			drain.begin(DrainTrigger.API);
			drain.cancel();
			Listener listener = context.getBean(Listener.class);
			await().untilAsserted(() -> assertThat(listener.heard).containsExactly("started by API on task-1",
					"ended CANCELLED on task-1"));
			drain.begin(DrainTrigger.API);
			drain.endWaiting();
			await().untilAsserted(
					() -> assertThat(listener.heard).endsWith("ended " + DrainOutcome.TIMED_OUT + " on task-1"));
		}
	}

	static class Listener {

		final List<String> heard = new CopyOnWriteArrayList<>();

		private final AsyncTaskExecutor executor;

		Listener(AsyncTaskExecutor executor) {
			this.executor = executor;
		}

		@EventListener
		void onStarted(DrainStartedEvent event) throws Exception {
			this.heard.add("started by " + event.trigger() + " on " + runOnExecutor());
		}

		@EventListener
		void onCompleted(DrainCompletedEvent event) throws Exception {
			this.heard.add("ended " + event.summary().outcome() + " on " + runOnExecutor());
		}

		private String runOnExecutor() throws Exception {
			return this.executor.submit(() -> Thread.currentThread().getName()).get(5, TimeUnit.SECONDS);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Listener listener(AsyncTaskExecutor applicationTaskExecutor) {
			return new Listener(applicationTaskExecutor);
		}

	}

}
