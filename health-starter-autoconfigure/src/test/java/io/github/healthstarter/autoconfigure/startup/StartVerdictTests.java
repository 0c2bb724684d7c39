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

package io.github.healthstarter.autoconfigure.startup;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import io.github.healthstarter.health.HealthSnapshot;
import io.github.healthstarter.health.Probe;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.liveness.LivenessFailure;
import io.github.healthstarter.liveness.LivenessSignal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what the probes answer while listeners and runners of an application run.
 */
class StartVerdictTests {

	@Test
	void startupPassesWithTheServerAndReadinessAfterAllListenersAndRunners() {
		try (ConfigurableApplicationContext context = application(Observing.class).run()) {
			Observing observing = context.getBean(Observing.class);
			assertThat(observing.seen).isEqualTo(Map.of("bean", "503 503", "refreshed", "200 503", "runner", "200 503",
					"first ready", "200 503", "last ready", "200 503"));
			assertThat(probes(context)).isEqualTo("200 200");
		}
	}

	@Test
	void startupAwaitsChecksIfConfigured() {
		try (ConfigurableApplicationContext context = application(Slow.class).run("--health.startup.await-checks=true",
				"--health.checks.slow.enabled=true", "--health.checks.slow.impact=required")) {
			assertThat(probes(context)).isEqualTo("503 503");
			context.getBean(Slow.class).answer.countDown();
			await().until(() -> probes(context).equals("200 200"));
		}
	}

	@Test
	void livenessIsPublishedWhileReadyListenersRun() {
		try (ConfigurableApplicationContext context = application(Breaking.class).run()) {
			assertThat(context.getBean(Breaking.class).seen).isEqualTo(LivenessState.BROKEN);
		}
	}

	@Test
	void applicationThatAcceptsTrafficItselfIsNotReadyBeforeItsListenersReturn() {
		try (ConfigurableApplicationContext context = application(Accepting.class).run()) {
			assertThat(context.getBean(Accepting.class).seen).containsExactly("200 503", "200 503");
			assertThat(probes(context)).isEqualTo("200 200");
		}
	}

	@Test
	void springBootsOwnStateIsNotContradicted() {
		for (int i = 0; i < 5; i++) {
			try (ConfigurableApplicationContext context = application(Hearing.class).run()) {
				await().until(() -> probes(context).equals("200 200"));
				context.getBean(HealthInstance.class).lifecycle().refuse(true);
				List<ReadinessState> heard = context.getBean(Hearing.class).heard;
				await().until(() -> heard.contains(ReadinessState.REFUSING_TRAFFIC));
				assertThat(heard).containsExactly(ReadinessState.ACCEPTING_TRAFFIC, ReadinessState.REFUSING_TRAFFIC);
			}
		}
	}

	@Test
	void runnerThatFailsFailsTheStart() {
		CopyOnWriteArrayList<HealthInstance> instances = new CopyOnWriteArrayList<>();
		assertThatThrownBy(() -> application(Failing.class)
			.initializers((context) -> context
				.addBeanFactoryPostProcessor((beanFactory) -> instances.add(beanFactory.getBean(HealthInstance.class))))
			.run()).hasMessageContaining("made to fail");
		assertThat(instances).singleElement()
			.satisfies((instance) -> assertThat(instance.lifecycle().state().failure()).contains("made to fail"));
	}

	private static String probes(ApplicationContext context) {
		HealthSnapshot snapshot = context.getBean(HealthInstance.class).health().snapshot();
		return code(snapshot, Probe.STARTUP) + " " + code(snapshot, Probe.READINESS);
	}

	private static String code(HealthSnapshot snapshot, Probe probe) {
		return snapshot.passes(probe) ? "200" : "503";
	}

	private static SpringApplicationBuilder application(Class<?> source) {
		return new SpringApplicationBuilder(source, Starter.class).web(WebApplicationType.NONE)
			.logStartupInfo(false)
			.properties("management.health.defaults.enabled=false");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			excludeName = { "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
					"org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
					"org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration" })
	static class Starter {

	}

	@Configuration(proxyBeanMethods = false)
	static class Observing {

		private final Map<String, String> seen = new LinkedHashMap<>();

		private final ApplicationContext context;

		Observing(ApplicationContext context) {
			this.context = context;
			see("bean");
		}

		@EventListener(ApplicationStartedEvent.class)
		void refreshed() {
			see("refreshed");
		}

		@Bean
		ApplicationRunner runner() {
			return (arguments) -> see("runner");
		}

		@EventListener(ApplicationReadyEvent.class)
		@Order(Ordered.HIGHEST_PRECEDENCE)
		void firstReady() {
			see("first ready");
		}

		@EventListener(ApplicationReadyEvent.class)
		@Order(Ordered.LOWEST_PRECEDENCE)
		void lastReady() {
			see("last ready");
		}

		private void see(String moment) {
			this.seen.put(moment, probes(this.context));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Slow {

		private final CountDownLatch answer = new CountDownLatch(1);

		@Bean
		HealthIndicator slow() {
			return () -> {
				try {
					this.answer.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
				return Health.up().build();
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Breaking {

		private @Nullable LivenessState seen;

		@Bean
		ApplicationListener<ApplicationReadyEvent> breakAfterTheBridge(HealthInstance instance,
				ApplicationAvailability availability) {
			return new AfterTheBridge(() -> {
				instance.liveness().addSignal(new BrokenSignal());
				instance.liveness().refresh();
				await().until(() -> availability.getLivenessState() == LivenessState.BROKEN);
				this.seen = availability.getLivenessState();
			});
		}

	}

	/**
	 * Listener that comes after all others without an order.
	 */
	private record AfterTheBridge(Runnable action) implements ApplicationListener<ApplicationReadyEvent>, Ordered {

		@Override
		public void onApplicationEvent(ApplicationReadyEvent event) {
			this.action.run();
		}

		@Override
		public int getOrder() {
			return Ordered.LOWEST_PRECEDENCE;
		}

	}

	/**
	 * Signal that always fails.
	 */
	private static final class BrokenSignal implements LivenessSignal {

		@Override
		public String name() {
			return "broken";
		}

		@Override
		public LivenessFailure look() {
			return new LivenessFailure("broken", "made to fail", "");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Accepting {

		private final List<String> seen = new CopyOnWriteArrayList<>();

		private final ApplicationContext context;

		Accepting(ApplicationContext context) {
			this.context = context;
		}

		@Bean
		ApplicationRunner runner() {
			return (arguments) -> accept();
		}

		@EventListener(ApplicationReadyEvent.class)
		void accept() {
			AvailabilityChangeEvent.publish(this.context, ReadinessState.ACCEPTING_TRAFFIC);
			this.seen.add(probes(this.context));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Hearing {

		private final List<ReadinessState> heard = new CopyOnWriteArrayList<>();

		@EventListener
		void hear(AvailabilityChangeEvent<ReadinessState> event) {
			this.heard.add(event.getState());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Failing {

		@Bean
		ApplicationRunner runner() {
			return (arguments) -> {
				throw new IllegalStateException("made to fail");
			};
		}

	}

}
