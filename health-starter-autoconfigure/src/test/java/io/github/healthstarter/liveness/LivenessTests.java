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

package io.github.healthstarter.liveness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Liveness}.
 */
class LivenessTests {

	private static final LivenessFailure FAILURE = new LivenessFailure("deadlock", "a and b", "stacks");

	private final ManualTime time = new ManualTime();

	@Test
	void isAliveWithoutFailures() {
		assertThat(liveness().isAlive()).isTrue();
		assertThat(liveness(FAILURE).isAlive()).isFalse();
	}

	@Test
	void failuresAreCopied() {
		List<LivenessFailure> failures = new ArrayList<>();
		Liveness liveness = new Liveness(failures, this.time.nanos());
		failures.add(FAILURE);
		assertThat(liveness.failures()).isEmpty();
	}

	@Test
	void asOfWhileFreshIsTheSame() {
		Liveness liveness = liveness();
		this.time.advance(LivenessMonitor.STALE_AFTER.minusNanos(1));
		assertThat(liveness.asOf(this.time.nanos())).isSameAs(liveness);
	}

	@Test
	void asOfWhenStaleIsNotAlive() {
		Liveness liveness = liveness();
		this.time.advance(LivenessMonitor.STALE_AFTER);
		Liveness seen = liveness.asOf(this.time.nanos());
		assertThat(seen.isAlive()).isFalse();
		assertThat(seen.failures()).hasToString("[monitor: the thread 'health-liveness' has stopped looking]");
	}

	@Test
	void asOfWhenNotAliveIsTheSame() {
		Liveness liveness = liveness(FAILURE);
		this.time.advance(Duration.ofHours(1));
		assertThat(liveness.asOf(this.time.nanos())).isSameAs(liveness);
	}

	private Liveness liveness(LivenessFailure... failures) {
		return new Liveness(List.of(failures), this.time.nanos() + LivenessMonitor.STALE_AFTER.toNanos());
	}

}
