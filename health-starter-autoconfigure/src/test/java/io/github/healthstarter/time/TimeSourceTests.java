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

package io.github.healthstarter.time;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TimeSource}.
 */
class TimeSourceTests {

	private final ManualTime time = new ManualTime();

	@Test
	void sinceAcrossOverflowReturnsSpan() {
		long begun = this.time.nanos();
		this.time.advance(Duration.ofSeconds(2));
		assertThat(this.time.nanos()).isLessThan(begun);
		assertThat(this.time.since(begun)).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void sinceOfLaterReadingReturnsZero() {
		assertThat(this.time.since(this.time.nanos() + 1)).isZero();
	}

	@Test
	void systemFollowsTheClocks() {
		TimeSource system = TimeSource.system();
		long before = System.nanoTime();
		long reading = system.nanos();
		assertThat(reading - before).isNotNegative();
		assertThat(System.nanoTime() - reading).isNotNegative();
		assertThat(Duration.between(Instant.now(), system.instant()).abs()).isLessThan(Duration.ofSeconds(5));
	}

}
