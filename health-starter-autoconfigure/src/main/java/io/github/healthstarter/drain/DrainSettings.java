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

package io.github.healthstarter.drain;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * What a drain waits for.
 *
 * @param minWait waited in any case, zero or more
 * @param maxWait never exceeded, at least {@code minWait}
 * @param quietPeriod how long no new request may have come, zero or more
 * @param observedFailures how many times each prober must have seen that the instance is
 * not ready, zero or more
 */
public record DrainSettings(Duration minWait, Duration maxWait, Duration quietPeriod, int observedFailures) {

	/**
	 * The defaults.
	 */
	public static final DrainSettings DEFAULT = new DrainSettings(Duration.ZERO, Duration.ofSeconds(15),
			Duration.ofSeconds(1), 3);

	public DrainSettings {
		Assert.isTrue(!minWait.isNegative(), "'minWait' must not be negative");
		Assert.isTrue(!quietPeriod.isNegative(), "'quietPeriod' must not be negative");
		Assert.isTrue(maxWait.compareTo(minWait) >= 0, "'maxWait' must not be below 'minWait'");
		Assert.isTrue(observedFailures >= 0, "'observedFailures' must not be negative");
	}

	/**
	 * Return settings that differ in the longest wait.
	 * @param maxWait never exceeded, at least {@code minWait}
	 * @return the settings
	 */
	public DrainSettings withMaxWait(Duration maxWait) {
		return new DrainSettings(this.minWait, maxWait, this.quietPeriod, this.observedFailures);
	}

}
