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
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Bounded number of probers by their keys. Reading takes no lock. If there is no room for
 * another key, one that is no prober's is forgotten, of the source with the most keys; so
 * no caller, under whatever number of keys it asks, makes the table forget a prober or
 * keeps that of another source from being seen.
 */
final class ProberTable {

	/**
	 * The largest number of keys.
	 */
	static final int MAX_KEYS = 1024;

	/**
	 * The largest number of keys of one source.
	 */
	static final int MAX_KEYS_PER_SOURCE = 32;

	private final Map<ProberKey, Prober> probers = new ConcurrentHashMap<>();

	private final Map<String, ProberSource> sources = new HashMap<>();

	@Nullable Prober find(ProberKey key) {
		return this.probers.get(key);
	}

	/**
	 * Return all probers.
	 * @return a live view
	 */
	Collection<Prober> all() {
		return this.probers.values();
	}

	/**
	 * Return the number of sources whose keys are counted.
	 * @return the number
	 */
	synchronized int sources() {
		return this.sources.size();
	}

	/**
	 * Find the prober of a key, or add one.
	 * @param key the key
	 * @param nanos the time source's reading
	 * @return the prober, {@code null} if there is no room for it
	 */
	synchronized @Nullable Prober findOrAdd(ProberKey key, long nanos) {
		Prober known = this.probers.get(key);
		if (known != null) {
			return known;
		}
		ProberSource source = this.sources.getOrDefault(key.source(), new ProberSource(key.source()));
		if (!makeRoom(source, nanos)) {
			return null;
		}
		Prober added = new Prober(key, source, nanos);
		source.add();
		this.sources.put(source.name(), source);
		this.probers.put(key, added);
		return added;
	}

	private boolean makeRoom(ProberSource source, long nanos) {
		if (source.keys() >= MAX_KEYS_PER_SOURCE) {
			return evict((prober) -> prober.source() == source, nanos);
		}
		return this.probers.size() < MAX_KEYS || evict((prober) -> true, nanos);
	}

	private boolean evict(Predicate<Prober> candidates, long nanos) {
		Prober least = null;
		for (Prober prober : this.probers.values()) {
			if (candidates.test(prober) && isWorthLess(prober, least, nanos) && !prober.isRetained(nanos)) {
				least = prober;
			}
		}
		if (least == null) {
			return false;
		}
		this.probers.remove(least.key());
		least.source().remove();
		if (least.source().keys() == 0) {
			this.sources.remove(least.source().name());
		}
		return true;
	}

	private static boolean isWorthLess(Prober prober, @Nullable Prober other, long nanos) {
		if (other == null || prober.source().keys() != other.source().keys()) {
			return other == null || prober.source().keys() > other.source().keys();
		}
		return prober.age(nanos) > other.age(nanos);
	}

}
