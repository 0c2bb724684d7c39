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

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.AvailabilityHealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.DiskSpaceHealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

import io.github.healthstarter.check.CheckCandidate;
import io.github.healthstarter.check.CheckChangedEvent;
import io.github.healthstarter.check.CheckSource;
import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.check.CheckStatus;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.StarterContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class CheckAutoConfigurationTests {

	private static final String SOON = "health.check-defaults.informational-interval=100ms";

	private final ApplicationContextRunner runner = StarterContext.runner()
		.withPropertyValues("management.health.ping.enabled=false", SOON);

	@Test
	void everyIndicatorIsAdoptedAsInformational() {
		this.runner.withUserConfiguration(Indicators.class).run((context) -> {
			awaitResults(context);
			assertThat(states(context)).extracting(CheckState::name)
				.containsExactlyInAnyOrder("plain", "reactive", "cluster-east", "cluster-west-one", "mesh-north");
			assertThat(states(context)).allSatisfy((state) -> {
				assertThat(state.policy().impact()).isEqualTo(Impact.INFORMATIONAL);
				assertThat(state.status()).as(state.name()).isEqualTo(CheckStatus.UP);
			});
		});
	}

	@Test
	void blockingIndicatorsAreAdoptedWithoutReactor() {
		this.runner.withUserConfiguration(Plain.class)
			.withClassLoader(new FilteredClassLoader("reactor"))
			.run((context) -> assertThat(names(context)).containsExactly("plain"));
	}

	@Test
	void nothingIsAdoptedWithoutARegistry() {
		new ApplicationContextRunner().withConfiguration(StarterContext.ownAutoConfigurations())
			.withUserConfiguration(Plain.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(names(context)).isEmpty();
			});
	}

	@Test
	void indicatorsOfAvailabilityAreNotAdopted() {
		this.runner
			.withConfiguration(AutoConfigurations.of(ApplicationAvailabilityAutoConfiguration.class,
					AvailabilityHealthContributorAutoConfiguration.class))
			.withPropertyValues("management.health.livenessstate.enabled=true",
					"management.health.readinessstate.enabled=true")
			.run((context) -> {
				assertThat(context).hasBean("livenessStateHealthIndicator").hasBean("readinessStateHealthIndicator");
				assertThat(names(context)).isEmpty();
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "disk-space", "diskSpace", "DISKSPACE", "disk_space" })
	void checkIsConfiguredByAnySpellingOfItsName(String name, CapturedOutput output) {
		this.runner.withConfiguration(AutoConfigurations.of(DiskSpaceHealthContributorAutoConfiguration.class))
			.withPropertyValues("health.checks." + name + ".impact=degrading", "health.checks." + name + ".timeout=7s")
			.run((context) -> {
				CheckState state = states(context).get(0);
				assertThat(state.name()).isEqualTo("diskSpace");
				assertThat(state.policy().impact()).isEqualTo(Impact.DEGRADING);
				assertThat(state.policy().timeout()).hasSeconds(7);
				assertThat(state.policy().interval()).hasSeconds(5);
			});
		assertThat(output).doesNotContain("matches no check");
	}

	@ParameterizedTest
	@CsvSource({ "required, 5", "degrading, 5", "informational, 60" })
	void intervalFollowsTheImpactUnlessItIsSet(String impact, int seconds) {
		ApplicationContextRunner own = this.runner.withUserConfiguration(Plain.class)
			.withPropertyValues("health.check-defaults.informational-interval=1m",
					"health.checks.plain.impact=" + impact);
		own.run((context) -> assertThat(states(context).get(0).policy().interval()).hasSeconds(seconds));
		own.withPropertyValues("health.checks.plain.interval=60s")
			.run((context) -> assertThat(states(context).get(0).policy().interval()).hasSeconds(60));
	}

	@Test
	void disabledCheckIsNotRun() {
		this.runner.withUserConfiguration(Indicators.class)
			.withPropertyValues("health.checks.plain.enabled=false", "health.checks.cluster-east.enabled=false")
			.run((context) -> assertThat(names(context)).doesNotContain("plain", "cluster-east")
				.contains("reactive", "cluster-west-one"));
	}

	@Test
	void nameThatMatchesNothingIsWarnedAboutWithTheNamesThatExist(CapturedOutput output) {
		this.runner.withUserConfiguration(Indicators.class)
			.withPropertyValues("health.checks.plane.impact=required")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("'health.checks.plane' matches no check; there are: cluster-east, "
				+ "cluster-west-one, mesh-north, plain, reactive");
	}

	@Test
	void nameThatMatchesNothingIsWarnedAboutOnceAcrossAPauseOfTheContext(CapturedOutput output) {
		this.runner.withUserConfiguration(Indicators.class)
			.withPropertyValues("health.checks.plane.impact=required")
			.run((context) -> {
				context.stop();
				context.start();
				assertThat(names(context)).contains("plain");
			});
		assertThat(output).containsOnlyOnce("'health.checks.plane' matches no check");
	}

	@Test
	void nameWithoutAnyChecksIsWarnedAbout(CapturedOutput output) {
		this.runner.withPropertyValues("health.checks.db.impact=required")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("'health.checks.db' matches no check; there are none");
	}

	@Test
	void defaultsApplyToEveryCheck() {
		this.runner.withUserConfiguration(Plain.class)
			.withPropertyValues("health.check-defaults.informational-interval=9s",
					"health.check-defaults.retry-interval=3s", "health.check-defaults.timeout=4s",
					"health.check-defaults.failure-threshold=3", "health.check-defaults.success-threshold=5",
					"health.check-defaults.interrupt-on-timeout=false", "health.checks.plain.success-threshold=6")
			.run((context) -> assertThat(states(context)).singleElement().satisfies((state) -> {
				assertThat(state.policy().interval()).hasSeconds(9);
				assertThat(state.policy().retryInterval()).hasSeconds(3);
				assertThat(state.policy().timeout()).hasSeconds(4);
				assertThat(state.policy().failureThreshold()).isEqualTo(3);
				assertThat(state.policy().successThreshold()).isEqualTo(6);
				assertThat(state.policy().interruptOnTimeout()).isFalse();
			}));
	}

	@Test
	void indicatorOfAWellKnownNameReplacesTheCheckButNotItsImpact(CapturedOutput output) {
		this.runner.withUserConfiguration(OwnDb.class).run((context) -> {
			assertThat(states(context)).singleElement()
				.satisfies((state) -> assertThat(state.policy().impact()).isEqualTo(Impact.REQUIRED));
			awaitResults(context);
			assertThat(states(context)).singleElement()
				.satisfies((state) -> assertThat(state.status()).isEqualTo(CheckStatus.UP));
		});
		assertThat(output).contains("The application's own indicator takes the place of the check 'db'");
	}

	@Test
	void indicatorOfAnyOtherNameStandsBesideTheCheck() {
		this.runner.withUserConfiguration(Plain.class, OwnSource.class).run((context) -> {
			awaitResults(context);
			assertThat(states(context))
				.extracting(CheckState::name, CheckState::status, (state) -> state.policy().impact())
				.containsExactlyInAnyOrder(tuple("plain", CheckStatus.DOWN, Impact.REQUIRED),
						tuple("plain-indicator", CheckStatus.UP, Impact.INFORMATIONAL));
		});
	}

	@Test
	void checkNamedAsAPathOfTheInstanceIsCalledAnother(CapturedOutput output) {
		this.runner.withUserConfiguration(ReadAndWrite.class)
			.withPropertyValues("health.checks.write-indicator.impact=degrading")
			.run((context) -> assertThat(states(context))
				.extracting(CheckState::name, (state) -> state.policy().impact())
				.containsExactlyInAnyOrder(tuple("read-indicator", Impact.INFORMATIONAL),
						tuple("write-indicator", Impact.DEGRADING)));
		assertThat(output)
			.containsOnlyOnce(
					"The check 'read' is called 'read-indicator': its own name is that of a path of the instance")
			.contains("The check 'write' is called 'write-indicator'");
	}

	@Test
	void indicatorMayDependOnTheStarter() {
		this.runner.withUserConfiguration(Dependent.class).run((context) -> {
			assertThat(context).hasNotFailed();
			awaitResults(context);
			assertThat(states(context)).singleElement()
				.satisfies((state) -> assertThat(state.status()).isEqualTo(CheckStatus.UP));
		});
	}

	@Test
	void listenersAreNotifiedOfChanges() {
		this.runner.withUserConfiguration(Plain.class, Listening.class)
			.run((context) -> await()
				.untilAsserted(() -> assertThat(context.getBean(Listening.class).names).contains("plain")));
	}

	@Test
	void checksRunWithLazyInitialization() {
		this.runner.withUserConfiguration(Plain.class)
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				awaitResults(context);
				assertThat(names(context)).containsExactly("plain");
			});
	}

	@Test
	void threadsEndWithTheContext() {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		this.runner.withUserConfiguration(Plain.class).run((context) -> {
			awaitResults(context);
			Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
			started.removeAll(before);
			assertThat(started).extracting(Thread::getName).contains("health-checks", "health-liveness");
			context.close();
			await().untilAsserted(() -> assertThat(started).filteredOn(Thread::isAlive)
				.extracting(Thread::getName)
				.noneMatch((name) -> name.startsWith("health-")));
		});
	}

	private static List<CheckState> states(ApplicationContext context) {
		return List.copyOf(context.getBean(HealthInstance.class).checks().snapshot().states());
	}

	private static List<String> names(ApplicationContext context) {
		return states(context).stream().map(CheckState::name).toList();
	}

	private static void awaitResults(ApplicationContext context) {
		await().untilAsserted(() -> assertThat(states(context)).isNotEmpty()
			.allSatisfy((state) -> assertThat(state.lastRun()).isNotNull()));
	}

	@Configuration(proxyBeanMethods = false)
	static class ReadAndWrite {

		@Bean
		HealthIndicator readHealthIndicator() {
			return () -> Health.up().build();
		}

		@Bean
		HealthIndicator writeHealthIndicator() {
			return () -> Health.up().build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Plain {

		@Bean
		HealthIndicator plainHealthIndicator() {
			return () -> Health.up().build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Indicators {

		@Bean
		HealthIndicator plainHealthIndicator() {
			return () -> Health.up().build();
		}

		@Bean
		ReactiveHealthIndicator reactiveHealthIndicator() {
			return () -> Mono.just(Health.up().build());
		}

		@Bean
		CompositeHealthContributor clusterHealthContributor() {
			HealthIndicator up = () -> Health.up().build();
			return CompositeHealthContributor
				.fromMap(Map.of("east", up, "west", CompositeHealthContributor.fromMap(Map.of("one", up))));
		}

		@Bean
		CompositeReactiveHealthContributor meshHealthContributor() {
			ReactiveHealthIndicator up = () -> Mono.just(Health.up().build());
			return CompositeReactiveHealthContributor.fromMap(Map.of("north", up));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnDb {

		@Bean
		CheckSource dbSource() {
			HealthIndicator down = () -> Health.down().build();
			return () -> List.of(new CheckCandidate("db", Impact.REQUIRED, down, (policy) -> down));
		}

		@Bean
		HealthIndicator dbHealthIndicator() {
			return () -> Health.up().build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnSource {

		@Bean
		CheckSource ownSource() {
			HealthIndicator down = () -> Health.down().build();
			return () -> List.of(new CheckCandidate("plain", Impact.REQUIRED, down, (policy) -> down));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Dependent {

		@Bean
		HealthIndicator dependentHealthIndicator(HealthInstance instance) {
			return () -> ((instance.drain().progress() == null) ? Health.up() : Health.down())
				.withDetail("state", instance.health().snapshot().state())
				.withDetail("checks", instance.checks().snapshot().states().size())
				.build();
		}

	}

	static class Listening implements ApplicationListener<PayloadApplicationEvent<CheckChangedEvent>> {

		final List<String> names = new CopyOnWriteArrayList<>();

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<CheckChangedEvent> event) {
			this.names.add(event.getPayload().after().name());
		}

	}

}
