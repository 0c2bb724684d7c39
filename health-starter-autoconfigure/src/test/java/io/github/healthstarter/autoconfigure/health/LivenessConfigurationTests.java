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

package io.github.healthstarter.autoconfigure.health;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.availability.ApplicationLiveness;
import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.health.HealthState;
import io.github.healthstarter.liveness.LivenessFailure;
import io.github.healthstarter.liveness.LivenessMonitor;
import io.github.healthstarter.liveness.LivenessSignal;
import io.github.healthstarter.testing.StarterContext;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LivenessConfigurationTests {

	private final ApplicationContextRunner runner = StarterContext.runner();

	@Test
	void deadlocksAndTheApplicationAreLookedAt() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(LivenessMonitor.class);
			assertThat(context.getBeansOfType(LivenessSignal.class).values()).extracting(LivenessSignal::name)
				.containsExactlyInAnyOrder("deadlock", "livenessState");
		});
	}

	@Test
	void deadlocksAreNotLookedForWhenSwitchedOff() {
		this.runner.withPropertyValues("health.liveness.signals.deadlock.enabled=false")
			.run((context) -> assertThat(context.getBeansOfType(LivenessSignal.class).values())
				.extracting(LivenessSignal::name)
				.containsExactly("livenessState"));
	}

	@Test
	void signalsAreAbsentWhenDisabled() {
		this.runner.withPropertyValues("health.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(LivenessSignal.class)
				.doesNotHaveBean(LivenessMonitor.class));
	}

	@Test
	void signalOfTheApplicationIsLookedAt() {
		this.runner.withUserConfiguration(OwnSignal.class)
			.run((context) -> await()
				.untilAsserted(() -> assertThat(context.getBean(HealthMonitor.class).snapshot().state())
					.isEqualTo(HealthState.BROKEN)));
	}

	@Test
	void ownBeansReplaceTheDefaults() {
		this.runner.withUserConfiguration(Replacements.class).run((context) -> {
			assertThat(context).getBean(LivenessMonitor.class).isSameAs(context.getBean("ownMonitor"));
			assertThat(context).getBean(ApplicationLiveness.class).isSameAs(context.getBean("ownLiveness"));
			assertThat(context.getBean("healthStarterDeadlockSignal", LivenessSignal.class).name()).isEqualTo("own");
		});
	}

	private static LivenessSignal signal(String name, LivenessFailure failure) {
		return new LivenessSignal() {

			@Override
			public String name() {
				return name;
			}

			@Override
			public LivenessFailure look() {
				return failure;
			}

		};
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnSignal {

		@Bean
		LivenessSignal ownSignal() {
			return signal("own", new LivenessFailure("own", "it is worn out", ""));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Replacements {

		@Bean
		LivenessMonitor ownMonitor(TimeSource time) {
			return new LivenessMonitor(List.of(), Scheduler.start("health-own"), time);
		}

		@Bean
		ApplicationLiveness ownLiveness() {
			return new ApplicationLiveness();
		}

		@Bean
		LivenessSignal healthStarterDeadlockSignal() {
			return signal("own", null);
		}

	}

}
