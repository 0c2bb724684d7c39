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

import org.junit.jupiter.api.Test;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

import io.github.healthstarter.drain.DrainCompletedEvent;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainOutcome;
import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.drain.DrainSummary;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.lifecycle.LifecyclePhase;
import io.github.healthstarter.shutdown.ShutdownReport;
import io.github.healthstarter.testing.StarterContext;

import static org.assertj.core.api.Assertions.assertThat;

class DrainConfigurationTests {

	private final ApplicationContextRunner runner = StarterContext.runner();

	@Test
	void controllerExistsWithoutAWebServer() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(ShutdownReport.class);
			assertThat(context.getBean(HealthInstance.class).drain().begin(DrainTrigger.API)).isTrue();
		});
	}

	@Test
	void controllerIsAbsentWhenDisabled() {
		this.runner.withPropertyValues("health.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HealthInstance.class)
				.doesNotHaveBean(ShutdownReport.class));
	}

	@Test
	void drainEndsWithinTheGracePeriodThatIsSet() {
		this.runner.withPropertyValues("health.drain.max-wait=2h", "health.kubernetes.termination-grace-period=100ms")
			.run((context) -> {
				context.getBean(HealthInstance.class).traffic().requests().begin();
				context.getBean(HealthInstance.class).drain().drainForShutdown(DrainTrigger.SIGTERM);
				DrainProgress progress = context.getBean(HealthInstance.class).drain().progress();
				assertThat(progress).isNotNull();
				assertThat(progress.outcome()).isEqualTo(DrainOutcome.TIMED_OUT);
			});
	}

	@Test
	void settingsReachTheController() {
		this.runner.withPropertyValues("health.drain.min-wait=1h", "health.drain.max-wait=2h").run((context) -> {
			DrainController drain = context.getBean(HealthInstance.class).drain();
			context.getBean(HealthInstance.class).lifecycle().ready();
			context.getBean(HealthInstance.class).lifecycle().started();
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
			Lifecycle lifecycle = context.getBean(HealthInstance.class).lifecycle();
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

	static class Listener implements ApplicationListener<PayloadApplicationEvent<DrainCompletedEvent>> {

		final List<DrainSummary> summaries = new CopyOnWriteArrayList<>();

		// A listener may itself depend on the instance
		Listener(HealthInstance instance) {
			assertThat(instance).isNotNull();
		}

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<DrainCompletedEvent> event) {
			this.summaries.add(event.getPayload().summary());
		}

	}

}
