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
 * The addresses that ask for readiness again and again. Remembers a bounded number of
 * them, whatever asks. Safe for use by any thread.
 */
public final class Probers {

	/**
	 * How many addresses are remembered at the most.
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
	 * Note that an address has been told about readiness.
	 * @param address the peer's address
	 * @param draining whether it was told that the instance is draining
	 */
	public void asked(String address, boolean draining) {
		Prober prober = this.probers.get(address);
		if (prober == null) {
			prober = remember(address);
		}
		if (prober != null) {
			prober.asked(this.time.nanos(), draining);
		}
	}

	/**
	 * Whether anybody asks at a steady interval.
	 * @return {@code true} where there is a prober
	 */
	public boolean isAnyPresent() {
		long now = this.time.nanos();
		return this.probers.values().stream().anyMatch((prober) -> prober.isPresent(now));
	}

	/**
	 * Return how many probers a drain still has to wait for.
	 * @param observedFailures how often in a row each must have been told that the
	 * instance is draining
	 * @return the number
	 */
	public int awaited(int observedFailures) {
		long now = this.time.nanos();
		Collection<Prober> known = this.probers.values();
		return (int) known.stream().filter((prober) -> prober.isAwaited(now, observedFailures)).count();
	}

	/**
	 * Return how many addresses are remembered.
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
