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

package io.github.healthstarter.autoconfigure.drain;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainListener;
import io.github.healthstarter.drain.DrainOutcome;
import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.drain.DrainSettings;
import io.github.healthstarter.drain.DrainSummary;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.lifecycle.LifecyclePhase;
import io.github.healthstarter.shutdown.DrainBeforeClose;
import io.github.healthstarter.shutdown.ShutdownReport;
import io.github.healthstarter.testing.StarterContext;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.traffic.Traffic;

import static org.assertj.core.api.Assertions.assertThat;

class DrainAutoConfigurationTests {

	private final ApplicationContextRunner runner = StarterContext.runner();

	@Test
	void controllerExistsWithoutAWebServer() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(DrainController.class)
				.hasSingleBean(Traffic.class)
				.hasSingleBean(ShutdownReport.class);
			assertThat(context.getBean(DrainController.class).begin(DrainTrigger.API)).isTrue();
		});
	}

	@Test
	void controllerIsAbsentWhenDisabled() {
		this.runner.withPropertyValues("health.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(DrainController.class)
				.doesNotHaveBean(DrainBeforeClose.class));
	}

	@Test
	void drainEndsWithinTheGracePeriodThatIsSet() {
		this.runner.withPropertyValues("health.drain.max-wait=2h", "health.kubernetes.termination-grace-period=100ms")
			.run((context) -> {
				context.getBean(Traffic.class).requests().begin();
				context.getBean(DrainController.class).drainForShutdown(DrainTrigger.SIGTERM);
				DrainProgress progress = context.getBean(DrainController.class).progress();
				assertThat(progress).isNotNull();
				assertThat(progress.outcome()).isEqualTo(DrainOutcome.TIMED_OUT);
			});
	}

	@Test
	void settingsReachTheController() {
		this.runner.withPropertyValues("health.drain.min-wait=1h", "health.drain.max-wait=2h").run((context) -> {
			DrainController drain = context.getBean(DrainController.class);
			context.getBean(Lifecycle.class).runnersDone();
			context.getBean(Lifecycle.class).started();
			drain.begin(DrainTrigger.API);
			DrainProgress progress = drain.progress();
			assertThat(progress).isNotNull();
			assertThat(progress.waitingFor()).containsExactly("min-wait");
			assertThat(drain.endWaiting()).isTrue();
		});
	}

	@Test
	void closingTheContextDrainsAtOnceWhereNobodyAsks() {
		this.runner.withUserConfiguration(Listener.class).run((context) -> {
			Lifecycle lifecycle = context.getBean(Lifecycle.class);
			Listener listener = context.getBean(Listener.class);
			context.close();
			assertThat(lifecycle.phase()).isEqualTo(LifecyclePhase.STOPPING);
			assertThat(listener.summaries).singleElement().satisfies((summary) -> {
				assertThat(summary.trigger()).isEqualTo(DrainTrigger.CONTEXT);
				assertThat(summary.outcome()).isEqualTo(DrainOutcome.QUIESCED);
				assertThat(summary.waited()).isLessThan(Duration.ofSeconds(1));
			});
		});
	}

	@Test
	void closingTheContextDrainsWithLazyInitialization() {
		this.runner.withUserConfiguration(Listener.class)
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				Listener listener = context.getBean(Listener.class);
				context.close();
				assertThat(listener.summaries).hasSize(1);
			});
	}

	@Test
	void ownBeansReplaceTheDefaults() {
		this.runner.withUserConfiguration(Replacements.class).run((context) -> {
			assertThat(context).getBean(DrainController.class).isSameAs(context.getBean("ownController"));
			assertThat(context).getBean(Traffic.class).isSameAs(context.getBean("ownTraffic"));
		});
	}

	static class Listener implements DrainListener {

		final List<DrainSummary> summaries = new CopyOnWriteArrayList<>();

		// A listener may itself depend on the controller
		Listener(DrainController drain) {
			assertThat(drain).isNotNull();
		}

		@Override
		public void onEnded(DrainSummary summary) {
			this.summaries.add(summary);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Replacements {

		@Bean
		Traffic ownTraffic(TimeSource time) {
			return new Traffic(time);
		}

		@Bean
		DrainController ownController(Lifecycle lifecycle, Traffic traffic, TimeSource time) {
			return new DrainController(DrainSettings.DEFAULT, lifecycle, traffic, Scheduler.start("health-own"), time);
		}

	}

}
