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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.AvailabilityState;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.health.HealthState;
import io.github.healthstarter.health.ServiceInfo;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.instance.InstanceSettings;
import io.github.healthstarter.liveness.LivenessFailure;
import io.github.healthstarter.liveness.LivenessMonitor;
import io.github.healthstarter.liveness.LivenessSignal;
import io.github.healthstarter.testing.StarterContext;
import io.github.healthstarter.testing.StartupAttempt;
import io.github.healthstarter.testing.SwitchableIndicator;
import io.github.healthstarter.time.TimeSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the bridge in a whole application, with Actuator on the other side.
 */
@ExtendWith(OutputCaptureExtension.class)
class AvailabilityBridgeTests {

	private ConfigurableApplicationContext context;

	@BeforeEach
	void startApplication() {
		this.context = StartupAttempt.plain(Application.class)
			.start("health.checks.switchable.impact=required", "health.check-defaults.interval=20ms",
					"health.check-defaults.retry-interval=20ms", "health.drain.min-wait=0s",
					"logging.level.io.github.healthstarter=info");
		awaitState(HealthState.RUNNING);
		awaitPublished(LivenessState.CORRECT, ReadinessState.ACCEPTING_TRAFFIC);
	}

	@AfterEach
	void closeApplication() {
		this.context.close();
	}

	@Test
	void refusalByTheApplicationIsBelievedInBothDirections() {
		publish(ReadinessState.REFUSING_TRAFFIC);
		awaitState(HealthState.MAINTENANCE);
		publish(ReadinessState.ACCEPTING_TRAFFIC);
		awaitState(HealthState.RUNNING);
	}

	@Test
	void breakdownOfTheApplicationIsBelievedAtOnceAndInBothDirections() {
		publish(LivenessState.BROKEN);
		awaitState(HealthState.BROKEN, Duration.ofSeconds(2));
		publish(LivenessState.CORRECT);
		awaitState(HealthState.RUNNING, Duration.ofSeconds(2));
	}

	@Test
	void breakdownIsLoggedOnceWithTheStackOfWhoSaysSo(CapturedOutput output) {
		publish(LivenessState.BROKEN);
		publish(LivenessState.BROKEN);
		String thread = '"' + Thread.currentThread().getName() + '"';
		String line = "Health: running -> broken: livenessState: the application says that it is broken";
		await().untilAsserted(() -> assertThat(output).contains(line)
			.containsSubsequence(line, thread,
					AvailabilityBridgeTests.class.getName() + ".breakdownIsLoggedOnceWithTheStackOfWhoSaysSo"));
		publish(LivenessState.CORRECT);
		awaitState(HealthState.RUNNING);
		assertThat(output.getAll().split(line, -1)).hasSize(2);
	}

	@Test
	void applicationIsNeverContradictedOverItsOwnLiveness() {
		published().clear();
		publish(LivenessState.BROKEN);
		awaitState(HealthState.BROKEN);
		publish(LivenessState.CORRECT);
		awaitState(HealthState.RUNNING);
		awaitStatus("liveness", Status.UP);
		awaitStatus("readiness", Status.UP);
		assertThat(published()).filteredOn((event) -> event.getState() instanceof LivenessState)
			.extracting(AvailabilityChangeEvent::getState)
			.map(AvailabilityState.class::cast)
			.containsExactly(LivenessState.BROKEN, LivenessState.CORRECT);
	}

	@Test
	void whatTheApplicationSaysIsNotRepeatedWhileItIsBeingHeard() {
		published().clear();
		CountDownLatch repeated = new CountDownLatch(1);
		this.context.addApplicationListener((event) -> {
			if (event.getSource() instanceof AvailabilityBridge) {
				repeated.countDown();
			}
		});
		this.context.getBean(HealthInstance.class)
			.lifecycle()
			.addListener(() -> isDown(repeated, Duration.ofMillis(300)));
		publish(ReadinessState.REFUSING_TRAFFIC);
		awaitStatus("readiness", Status.OUT_OF_SERVICE);
		assertThat(isDown(repeated, Duration.ofMillis(300))).isFalse();
	}

	@Test
	void actuatorAgreesOnAFailingCheck() {
		indicator().answer(Health.down().build());
		awaitStatus("readiness", Status.OUT_OF_SERVICE);
		indicator().answer(Health.up().build());
		awaitStatus("readiness", Status.UP);
	}

	@Test
	void actuatorAgreesOnADrain() {
		DrainController drain = this.context.getBean(HealthInstance.class).drain();
		drain.begin(DrainTrigger.API);
		awaitStatus("readiness", Status.OUT_OF_SERVICE);
		assertThat(status("liveness")).isEqualTo(Status.UP);
		drain.cancel();
		awaitStatus("readiness", Status.UP);
	}

	@Test
	void acceptanceByTheApplicationDoesNotEndADrain() {
		this.context.getBean(HealthInstance.class).drain().begin(DrainTrigger.API);
		awaitStatus("readiness", Status.OUT_OF_SERVICE);
		published().clear();
		publish(ReadinessState.ACCEPTING_TRAFFIC);
		awaitPublished(ReadinessState.ACCEPTING_TRAFFIC, ReadinessState.REFUSING_TRAFFIC);
		awaitStatus("readiness", Status.OUT_OF_SERVICE);
		assertThat(state()).isEqualTo(HealthState.DRAINING);
	}

	// Otherwise the answer on another thread may overtake the state that it answers
	@Test
	void bridgeIsCalledAfterTheListenerOfSpringBoot() {
		assertThat(this.context.getBeanNamesForType(ApplicationListener.class))
			.containsSubsequence("applicationAvailability", "healthStarterAvailabilityBridge");
	}

	@Test
	void eachDecisionIsPublishedOnce() {
		published().clear();
		for (int i = 0; i < 3; i++) {
			indicator().answer(Health.down().build());
			awaitStatus("readiness", Status.OUT_OF_SERVICE);
			indicator().answer(Health.up().build());
			awaitStatus("readiness", Status.UP);
		}
		assertThat(published()).hasSize(6);
	}

	@Test
	void eventsOfAChildContextAreIgnored() {
		GenericApplicationContext child = new GenericApplicationContext(this.context);
		child.refresh();
		AvailabilityChangeEvent.publish(child, ReadinessState.REFUSING_TRAFFIC);
		AvailabilityChangeEvent.publish(child, LivenessState.BROKEN);
		try (HealthInstance childsInstance = new HealthInstance(InstanceSettings.DEFAULT,
				new ServiceInfo(null, null, null, null), TimeSource.system())) {
			AvailabilityBridge childsBridge = new AvailabilityBridge(child, childsInstance);
			AvailabilityChangeEvent.publish(child, childsBridge, ReadinessState.REFUSING_TRAFFIC);
		}
		awaitLook();
		assertThat(this.context.getBean(HealthInstance.class).liveness().current().failures()).isEmpty();
		assertThat(state()).isEqualTo(HealthState.RUNNING);
		child.close();
	}

	@Test
	void nothingIsPublishedBeforeSpringBootsFirstState() {
		StarterContext.runner().withUserConfiguration(Recorder.class).run((runnerContext) -> {
			runnerContext.getBean(HealthInstance.class).drain().begin(DrainTrigger.API);
			HealthMonitor health = runnerContext.getBean(HealthInstance.class).health();
			await().until(() -> health.snapshot().state(), HealthState.DRAINING::equals);
			Recorder recorder = runnerContext.getBean(Recorder.class);
			runnerContext.close();
			assertThat(recorder.events).isEmpty();
		});
	}

	@Test
	void closingPublishesTheRefusalAndLogsNoError(CapturedOutput output) {
		List<AvailabilityChangeEvent<?>> published = published();
		published.clear();
		this.context.close();
		assertThat(published).extracting(AvailabilityChangeEvent::getState)
			.map(AvailabilityState.class::cast)
			.containsExactly(ReadinessState.REFUSING_TRAFFIC);
		assertThat(output).doesNotContain("ERROR");
	}

	private void publish(AvailabilityState state) {
		AvailabilityChangeEvent.publish(this.context, state);
	}

	private SwitchableIndicator indicator() {
		return this.context.getBean(SwitchableIndicator.class);
	}

	private List<AvailabilityChangeEvent<?>> published() {
		return this.context.getBean(Recorder.class).events;
	}

	private HealthState state() {
		return this.context.getBean(HealthInstance.class).health().snapshot().state();
	}

	private void awaitState(HealthState state) {
		awaitState(state, Duration.ofSeconds(10));
	}

	private void awaitState(HealthState state, Duration atMost) {
		await().atMost(atMost).until(this::state, state::equals);
	}

	private Status status(String group) {
		return this.context.getBean(HealthEndpoint.class).healthForPath(group).getStatus();
	}

	// The signals are looked at in their order, and what they found is kept afterwards
	private void awaitLook() {
		LivenessMonitor liveness = this.context.getBean(HealthInstance.class).liveness();
		AtomicInteger looks = new AtomicInteger();
		liveness.addSignal(new LivenessSignal() {

			@Override
			public String name() {
				return "looks";
			}

			@Override
			public @Nullable LivenessFailure look() {
				looks.incrementAndGet();
				return null;
			}

		});
		liveness.refresh();
		liveness.refresh();
		await().until(() -> looks.get() >= 2);
	}

	private void awaitStatus(String group, Status status) {
		await().until(() -> status(group), status::equals);
	}

	private void awaitPublished(AvailabilityState... states) {
		await().untilAsserted(() -> assertThat(published()).extracting(AvailabilityChangeEvent::getState)
			.map(AvailabilityState.class::cast)
			.containsSubsequence(states));
	}

	private static boolean isDown(CountDownLatch latch, Duration limit) {
		try {
			return latch.await(limit.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(20));
	}

	static class Recorder implements ApplicationListener<AvailabilityChangeEvent<?>> {

		final List<AvailabilityChangeEvent<?>> events = new CopyOnWriteArrayList<>();

		@Override
		public void onApplicationEvent(AvailabilityChangeEvent<?> event) {
			this.events.add(event);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		SwitchableIndicator switchableHealthIndicator() {
			return new SwitchableIndicator();
		}

		@Bean
		Recorder recorder() {
			return new Recorder();
		}

	}

}
