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

import io.github.healthstarter.time.TimeSource;

/**
 * Clients that probe readiness again and again. Remembers a bounded number of them. Safe
 * for use by any thread; a probe of a known prober costs one look-up and no memory.
 */
public final class Probers {

	private final TimeSource time;

	private final ProberTable table = new ProberTable();

	/**
	 * Create with no prober seen.
	 * @param time the time source
	 */
	public Probers(TimeSource time) {
		this.time = time;
	}

	/**
	 * Record a probe of readiness.
	 * @param key the key of the prober
	 * @param draining whether the answer said that the instance is draining
	 */
	public void recordProbe(ProberKey key, boolean draining) {
		long now = this.time.nanos();
		Prober known = this.table.find(key);
		Prober prober = (known != null) ? known : this.table.findOrAdd(key, now);
		if (prober != null) {
			prober.recordProbe(now, draining);
		}
	}

	/**
	 * Whether a client probes again and again.
	 * @return {@code true} if there is a prober
	 */
	public boolean isAnyPresent() {
		long now = this.time.nanos();
		return this.table.all().stream().anyMatch((prober) -> prober.isPresent(now));
	}

	/**
	 * Return the number of probers that a drain still has to wait for.
	 * @param observedFailures how many answers in a row must have said to each that the
	 * instance is draining
	 * @return the number
	 */
	public int awaited(int observedFailures) {
		long now = this.time.nanos();
		return (int) this.table.all().stream().filter((prober) -> prober.isAwaited(now, observedFailures)).count();
	}

}
