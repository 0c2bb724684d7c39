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

import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.health.HealthState;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.liveness.LivenessFailure;
import io.github.healthstarter.liveness.LivenessSignal;
import io.github.healthstarter.testing.StarterContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LivenessConfigurationTests {

	private final ApplicationContextRunner runner = StarterContext.runner();

	@Test
	void deadlocksAreLookedFor() {
		this.runner
			.run((context) -> assertThat(context.getBean(HealthInstance.class).settings().deadlockSignal()).isTrue());
	}

	@Test
	void deadlocksAreNotLookedForWhenSwitchedOff() {
		this.runner.withPropertyValues("health.liveness.signals.deadlock.enabled=false")
			.run((context) -> assertThat(context.getBean(HealthInstance.class).settings().deadlockSignal()).isFalse());
	}

	@Test
	void applicationThatIsBrokenIsLookedAt() {
		this.runner.run((context) -> {
			AvailabilityChangeEvent.publish(context.getSourceApplicationContext(), LivenessState.BROKEN);
			await().untilAsserted(() -> assertThat(context.getBean(HealthInstance.class).health().snapshot().reason())
				.contains("livenessState"));
		});
	}

	@Test
	void signalOfTheApplicationIsLookedAt() {
		this.runner.withUserConfiguration(OwnSignal.class)
			.run((context) -> await()
				.untilAsserted(() -> assertThat(context.getBean(HealthInstance.class).health().snapshot().state())
					.isEqualTo(HealthState.BROKEN)));
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

}
