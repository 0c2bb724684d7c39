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

package io.github.healthstarter.traffic;

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LatencyScale}.
 */
class LatencyScaleTests {

	@Test
	void smallestLatenciesAreTakenExactly() {
		for (int micros = 0; micros < 16; micros++) {
			assertThat(LatencyScale.bucket(micros)).isEqualTo(micros);
			assertThat(LatencyScale.middle(micros)).isEqualTo(micros);
		}
	}

	@Test
	void bucketsFollowOneAnotherWithoutGap() {
		for (int power = 4; power < 32; power++) {
			long micros = 1L << power;
			assertThat(LatencyScale.bucket(micros)).isEqualTo(LatencyScale.bucket(micros - 1) + 1);
		}
		assertThat(LatencyScale.bucket(LatencyScale.MAX_MICROS)).isEqualTo(LatencyScale.SIZE - 1);
	}

	@Test
	void middleOfABucketIsInItAndOffByOnePartIn32AtTheMost() {
		Random random = new Random(1);
		for (int i = 0; i < 100_000; i++) {
			long micros = random.nextLong(1L << (1 + random.nextInt(32)));
			int bucket = LatencyScale.bucket(micros);
			long middle = LatencyScale.middle(bucket);
			assertThat(LatencyScale.bucket(middle)).isEqualTo(bucket);
			assertThat(Math.abs(middle - micros)).isLessThanOrEqualTo(micros / 32);
		}
	}

}
