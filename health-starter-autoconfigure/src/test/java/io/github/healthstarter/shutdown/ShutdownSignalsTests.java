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

package io.github.healthstarter.shutdown;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainSettings;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.traffic.Traffic;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ShutdownSignals}.
 */
class ShutdownSignalsTests {

	@Test
	void signalsAreFollowedUntilClosed() {
		TimeSource time = TimeSource.system();
		DrainSettings settings = new DrainSettings(Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO, 3);
		try (DrainController drain = new DrainController(() -> settings, new Lifecycle(time, Duration.ZERO),
				new Traffic(time), Scheduler.start("test-drain"), time)) {
			try (ShutdownSignals signals = new ShutdownSignals(drain)) {
				assertThat(SignalRelay.INSTANCE.drains()).doesNotContain(drain);
				signals.follow();
				assertThat(SignalRelay.INSTANCE.drains()).contains(drain);
			}
			assertThat(SignalRelay.INSTANCE.drains()).doesNotContain(drain);
		}
	}

}
