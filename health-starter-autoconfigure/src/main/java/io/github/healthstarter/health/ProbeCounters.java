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

package io.github.healthstarter.health;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the answers given to probes. Safe for use by any thread.
 */
public final class ProbeCounters {

	private final Map<Probe, LongAdder> passed = adders();

	private final Map<Probe, LongAdder> failed = adders();

	private static Map<Probe, LongAdder> adders() {
		Map<Probe, LongAdder> adders = new EnumMap<>(Probe.class);
		for (Probe probe : Probe.values()) {
			adders.put(probe, new LongAdder());
		}
		return adders;
	}

	/**
	 * Count an answer.
	 * @param probe the probe
	 * @param passes whether it passed
	 */
	public void answered(Probe probe, boolean passes) {
		counter(probe, passes).increment();
	}

	/**
	 * Return how many answers have been given.
	 * @param probe the probe
	 * @param passes those that passed, or those that failed
	 * @return the number
	 */
	public long count(Probe probe, boolean passes) {
		return counter(probe, passes).sum();
	}

	private LongAdder counter(Probe probe, boolean passes) {
		LongAdder counter = (passes ? this.passed : this.failed).get(probe);
		return Objects.requireNonNull(counter);
	}

}
