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

package io.github.healthstarter.autoconfigure.check;

import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.check.CheckCandidate;
import io.github.healthstarter.check.CheckChangedEvent;
import io.github.healthstarter.check.CheckCustomizer;
import io.github.healthstarter.check.CheckEngine;
import io.github.healthstarter.check.CheckSource;
import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.check.CheckStatus;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.test.TestHealth;
import io.github.healthstarter.testing.StarterContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link CheckDiscovery} while what is checked comes and goes.
 */
@ExtendWith(OutputCaptureExtension.class)
class FollowedChecksTests {

	private final ApplicationContextRunner runner = StarterContext.runner()
		.withUserConfiguration(Sources.class)
		.withPropertyValues("management.health.ping.enabled=false", "health.check-defaults.interval=100ms",
				"health.check-defaults.informational-interval=100ms");

	@Test
	void dependencyThatComesIsCheckedAndOneThatGoesIsNot(CapturedOutput output) {
		this.runner.run((context) -> {
			Sources sources = context.getBean(Sources.class);
			MeterRegistry registry = new SimpleMeterRegistry();
			context.getBean(MeterBinder.class).bindTo(registry);
			awaitNames(context, "one");
			sources.add("two", Health.up().build());
			awaitStatus(context, "two", CheckStatus.UP);
			assertThat(meters(registry)).containsExactlyInAnyOrder("one", "two");
			sources.candidates.remove(0);
			awaitNames(context, "two");
			await().untilAsserted(() -> assertThat(meters(registry)).containsExactly("two"));
		});
		assertThat(output).containsOnlyOnce("Check 'two' has been added (degrading)")
			.containsOnlyOnce("Check 'one' has been removed");
	}

	@Test
	void dependencyThatIsReplacedIsCheckedInTheOldOnesPlace() {
		this.runner.run((context) -> {
			Sources sources = context.getBean(Sources.class);
			awaitStatus(context, "one", CheckStatus.UP);
			sources.set(0, "one", Health.down().build());
			awaitStatus(context, "one", CheckStatus.DOWN);
			sources.set(0, "one", Health.up().build());
			awaitStatus(context, "one", CheckStatus.UP);
		});
	}

	@Test
	void failureOfADependencyThatIsStillThereCounts() {
		this.runner.run((context) -> {
			context.getBean(Sources.class).add("two", Health.down().build());
			awaitStatus(context, "two", CheckStatus.DOWN);
			assertThat(state(context, "two").policy().impact()).isEqualTo(Impact.DEGRADING);
		});
	}

	@Test
	void failureOfADependencyThatHasGoneNeverCounts() {
		this.runner.withUserConfiguration(Listening.class)
			.withPropertyValues("health.check-defaults.interval=1h", "health.check-defaults.failure-threshold=1")
			.run((context) -> {
				Sources sources = context.getBean(Sources.class);
				awaitStatus(context, "one", CheckStatus.UP);
				sources.health = Health.down().build();
				sources.candidates.clear();
				checks(context).refresh().join();
				awaitNames(context);
				assertThat(context.getBean(Listening.class).statuses).doesNotContain(CheckStatus.DOWN);
			});
	}

	@Test
	void checksAreKeptIfADependencyIsAbsentFromOneLookAlone(CapturedOutput output) {
		this.runner.run((context) -> {
			Sources sources = context.getBean(Sources.class);
			awaitNames(context, "one");
			int looks = sources.looks.get();
			List<CheckCandidate> all = List.copyOf(sources.candidates);
			sources.answer = () -> {
				sources.answer = () -> all;
				return List.of();
			};
			await().until(() -> sources.looks.get() > looks + 3);
			assertThat(names(context)).containsExactly("one");
		});
		assertThat(output).doesNotContain("has been removed").doesNotContain("has been added");
	}

	@Test
	void checksAreKeptWhileTheirSourceFails(CapturedOutput output) {
		this.runner.run((context) -> {
			Sources sources = context.getBean(Sources.class);
			awaitNames(context, "one");
			int looks = sources.looks.get();
			sources.answer = () -> {
				throw new ConcurrentModificationException();
			};
			await().until(() -> sources.looks.get() > looks + 3);
			assertThat(names(context)).containsExactly("one");
			sources.answer = () -> List.copyOf(sources.candidates);
			sources.add("two", Health.up().build());
			awaitNames(context, "one", "two");
		});
		assertThat(output).containsOnlyOnce("Failed to find what to check");
	}

	@Test
	void sourceThatReturnsNullAtTheStartHasNoChecks(CapturedOutput output) {
		this.runner.withBean("nothing", CheckSource.class, () -> () -> null).run((context) -> {
			assertThat(context).hasNotFailed();
			awaitStatus(context, "one", CheckStatus.UP);
		});
		assertThat(output).containsOnlyOnce("Failed to find what to check");
	}

	@Test
	void sourceThatBlocksHoldsNoCheck(CapturedOutput output) {
		this.runner.run((context) -> {
			Sources sources = context.getBean(Sources.class);
			awaitNames(context, "one");
			CountDownLatch released = new CountDownLatch(1);
			sources.answer = () -> {
				Awaitility.await().forever().until(() -> released.getCount() == 0);
				return List.copyOf(sources.candidates);
			};
			await().untilAsserted(() -> assertThat(output).containsOnlyOnce("Looking for what to check has not ended"));
			CheckState before = state(context, "one");
			await().untilAsserted(() -> assertThat(state(context, "one")).isNotSameAs(before));
			assertThat(state(context, "one").status()).isEqualTo(CheckStatus.UP);
			released.countDown();
			sources.add("two", Health.up().build());
			awaitNames(context, "one", "two");
		});
		assertThat(output).containsOnlyOnce("Looking for what to check has not ended");
	}

	@Test
	void indicatorThatCannotBeCreatedIsAFailedCheckAndStopsNoOther() {
		this.runner.run((context) -> {
			Sources sources = context.getBean(Sources.class);
			sources.candidates.add(new CheckCandidate("two", Impact.DEGRADING, new Object(), (policy) -> {
				throw new NoClassDefFoundError("com/example/Driver");
			}));
			sources.add("three", Health.up().build());
			awaitStatus(context, "two", CheckStatus.DOWN);
			assertThat(state(context, "two").error()).isEqualTo("java.lang.NoClassDefFoundError: com/example/Driver");
			awaitStatus(context, "three", CheckStatus.UP);
		});
	}

	@Test
	void indicatorThatCannotBeCreatedStopsNoStart() {
		this.runner.withBean("broken", CheckSource.class, () -> {
			CheckCandidate broken = new CheckCandidate("two", Impact.REQUIRED, new Object(), (policy) -> {
				throw new NoClassDefFoundError("com/example/Driver");
			});
			return () -> List.of(broken);
		}).run((context) -> {
			assertThat(context).hasNotFailed();
			awaitStatus(context, "one", CheckStatus.UP);
			awaitStatus(context, "two", CheckStatus.DOWN);
		});
	}

	@Test
	void customizerThatBlocksKeepsNoContextFromClosing() {
		CountDownLatch blocked = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		CheckCustomizer customizer = (name, policy) -> {
			if (name.equals("two")) {
				blocked.countDown();
				Awaitility.await().forever().until(() -> released.getCount() == 0);
			}
			return policy;
		};
		this.runner.withBean("blocking", CheckCustomizer.class, () -> customizer).run((context) -> {
			awaitStatus(context, "one", CheckStatus.UP);
			context.getBean(Sources.class).add("two", Health.up().build());
			await().until(() -> blocked.getCount() == 0);
			CompletableFuture<Void> closed = CompletableFuture.runAsync(context::close);
			try {
				assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
			}
			finally {
				released.countDown();
			}
		});
		await().until(() -> Thread.getAllStackTraces()
			.keySet()
			.stream()
			.noneMatch((thread) -> thread.getName().equals("check-discovery")));
	}

	@Test
	void overriddenResultSurvivesWhatComes() {
		this.runner.run((context) -> {
			awaitStatus(context, "one", CheckStatus.UP);
			TestHealth.of(context).check("one").down("as if");
			context.getBean(Sources.class).add("two", Health.up().build());
			awaitStatus(context, "two", CheckStatus.UP);
			checks(context).refresh().join();
			assertThat(state(context, "one").status()).isEqualTo(CheckStatus.DOWN);
		});
	}

	@Test
	void indicatorsAreFollowedAsTheyAreRegistered(CapturedOutput output) {
		this.runner.run((context) -> {
			HealthContributorRegistry registry = context.getBean(HealthContributorRegistry.class);
			MeterRegistry meters = new SimpleMeterRegistry();
			context.getBean(MeterBinder.class).bindTo(meters);
			awaitNames(context, "one");
			registry.registerContributor("late", (HealthIndicator) () -> Health.up().build());
			awaitStatus(context, "late", CheckStatus.UP);
			assertThat(state(context, "late").policy().impact()).isEqualTo(Impact.INFORMATIONAL);
			await().untilAsserted(() -> assertThat(meters(meters)).containsExactlyInAnyOrder("one", "late"));
			registry.unregisterContributor("late");
			awaitNames(context, "one");
			await().untilAsserted(() -> assertThat(meters(meters)).containsExactly("one"));
		});
		assertThat(output).containsOnlyOnce("Check 'late' has been added (informational)")
			.containsOnlyOnce("Check 'late' has been removed");
	}

	@Test
	void nothingIsLookedForOnceTheContextIsClosed() {
		this.runner.run((context) -> {
			Sources sources = context.getBean(Sources.class);
			awaitNames(context, "one");
			context.close();
			int looks = sources.looks.get();
			await().during(Duration.ofMillis(300)).until(() -> sources.looks.get() <= looks + 1);
		});
	}

	private static CheckEngine checks(ApplicationContext context) {
		return context.getBean(HealthInstance.class).checks();
	}

	private static List<String> names(ApplicationContext context) {
		return checks(context).snapshot().states().stream().map(CheckState::name).toList();
	}

	private static CheckState state(ApplicationContext context, String name) {
		CheckState state = checks(context).snapshot().find(name);
		assertThat(state).as(name).isNotNull();
		return state;
	}

	private static void awaitNames(ApplicationContext context, String... names) {
		await().untilAsserted(() -> assertThat(names(context)).containsExactly(names));
	}

	private static void awaitStatus(ApplicationContext context, String name, CheckStatus status) {
		await().untilAsserted(() -> assertThat(state(context, name).status()).isEqualTo(status));
	}

	private static Set<String> meters(MeterRegistry registry) {
		return registry.getMeters()
			.stream()
			.map((meter) -> meter.getId().getTag("check"))
			.filter(Objects::nonNull)
			.collect(Collectors.toSet());
	}

	@Configuration(proxyBeanMethods = false)
	static class Sources {

		private final List<CheckCandidate> candidates = new CopyOnWriteArrayList<>();

		private volatile Supplier<List<CheckCandidate>> answer = () -> List.copyOf(this.candidates);

		private volatile Health health = Health.up().build();

		private final AtomicInteger looks = new AtomicInteger();

		Sources() {
			HealthIndicator first = () -> this.health;
			this.candidates.add(new CheckCandidate("one", Impact.REQUIRED, first, (policy) -> first));
		}

		void add(String name, Health health) {
			this.candidates.add(candidate(name, health));
		}

		void set(int place, String name, Health health) {
			this.candidates.set(place, candidate(name, health));
		}

		private static CheckCandidate candidate(String name, Health health) {
			HealthIndicator indicator = () -> health;
			return new CheckCandidate(name, Impact.DEGRADING, new Object(), (policy) -> indicator);
		}

		@Bean
		CheckSource changingSource() {
			return () -> {
				this.looks.incrementAndGet();
				return this.answer.get();
			};
		}

	}

	static class Listening implements ApplicationListener<PayloadApplicationEvent<CheckChangedEvent>> {

		private final List<CheckStatus> statuses = new CopyOnWriteArrayList<>();

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<CheckChangedEvent> event) {
			this.statuses.add(event.getPayload().after().status());
		}

	}

}
