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

package io.github.healthstarter.body;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

import io.github.healthstarter.check.CheckDefinition;
import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.health.HealthState;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.instance.InstanceSettings;
import io.github.healthstarter.testing.ManualInstance;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link InstanceBody}.
 */
class InstanceBodyTests {

	private final ManualTime time = new ManualTime();

	private final HealthInstance instance = ManualInstance.create(this.time, InstanceSettings.DEFAULT);

	@Test
	void progressNamesChecksWithoutAResultAlone() {
		CountDownLatch answer = new CountDownLatch(1);
		this.instance.checks().start(List.of(definition("down", () -> Health.down().build()), definition("slow", () -> {
			awaitUninterruptibly(answer);
			return Health.up().build();
		})));
		this.instance.lifecycle().ready();
		await().until(() -> {
			this.time.runDue();
			return this.instance.health().snapshot().state() == HealthState.FAILING;
		});
		assertThat(new InstanceBody(this.instance)
			.of(this.instance.health().snapshot(), this.instance.traffic().requests().summary(), null)
			.get("progress")).isEqualTo(Map.of("phase", "checks", "detail", "waiting for slow", "done", 1, "total", 2));
		answer.countDown();
	}

	private static void awaitUninterruptibly(CountDownLatch answer) {
		try {
			answer.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static CheckDefinition definition(String name, HealthIndicator indicator) {
		return new CheckDefinition(name, name, indicator, CheckPolicy.DEFAULT);
	}

}
