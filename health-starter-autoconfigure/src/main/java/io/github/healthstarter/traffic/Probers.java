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

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.time.TimeSource;

/**
 * The addresses that probe readiness again and again. Remembers a bounded number of them.
 * Safe for use by any thread.
 */
public final class Probers {

	/**
	 * The largest number of addresses that are remembered.
	 */
	public static final int MAX_PROBERS = 256;

	private final TimeSource time;

	private final ConcurrentHashMap<String, Prober> probers = new ConcurrentHashMap<>();

	/**
	 * Create with no prober seen.
	 * @param time the time source
	 */
	public Probers(TimeSource time) {
		this.time = time;
	}

	/**
	 * Record a probe of readiness.
	 * @param address the prober's address
	 * @param draining whether the answer said that the instance is draining
	 */
	public void recordProbe(String address, boolean draining) {
		Prober prober = this.probers.get(address);
		if (prober == null) {
			prober = remember(address);
		}
		if (prober != null) {
			prober.recordProbe(this.time.nanos(), draining);
		}
	}

	/**
	 * Whether an address probes at a steady interval.
	 * @return {@code true} if there is a prober
	 */
	public boolean isAnyPresent() {
		long now = this.time.nanos();
		return this.probers.values().stream().anyMatch((prober) -> prober.isPresent(now));
	}

	/**
	 * Return the number of probers that a drain still has to wait for.
	 * @param observedFailures how many answers in a row must have said to each that the
	 * instance is draining
	 * @return the number
	 */
	public int awaited(int observedFailures) {
		long now = this.time.nanos();
		Collection<Prober> known = this.probers.values();
		return (int) known.stream().filter((prober) -> prober.isAwaited(now, observedFailures)).count();
	}

	/**
	 * Return the number of addresses that are remembered.
	 * @return the number
	 */
	int remembered() {
		return this.probers.size();
	}

	private @Nullable Prober remember(String address) {
		if (this.probers.size() >= MAX_PROBERS) {
			long now = this.time.nanos();
			this.probers.values().removeIf((prober) -> prober.isSilent(now));
		}
		if (this.probers.size() >= MAX_PROBERS) {
			return null;
		}
		return this.probers.computeIfAbsent(address, (key) -> new Prober());
	}

}
