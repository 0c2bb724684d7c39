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

package io.github.healthstarter.autoconfigure.check;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.time.TimeSource;

/**
 * Checks that are run and have not been found again. They are kept until they have been
 * missing for a while, because a routing data source that is initialized again has few
 * targets for a moment. Guarded by the discovery's lock.
 */
final class MissingChecks {

	/**
	 * The time that a check is kept after it has first been missed.
	 */
	static final Duration KEPT_FOR = Duration.ofSeconds(1);

	private final TimeSource time;

	private final Map<String, Long> missedSince = new HashMap<>();

	MissingChecks(TimeSource time) {
		this.time = time;
	}

	/**
	 * Add to what has been found the checks that are not missing for long enough.
	 * @param known the checks that are run
	 * @param now what has been found, changed by this
	 * @return the time until one of those added has been missing for long enough,
	 * {@code null} if none has been added
	 */
	@Nullable Duration keep(Map<String, FoundCheck> known, Map<String, FoundCheck> now) {
		this.missedSince.keySet().removeIf((name) -> now.containsKey(name) || !known.containsKey(name));
		Duration next = null;
		for (FoundCheck check : known.values()) {
			if (!now.containsKey(check.name())) {
				Duration left = KEPT_FOR.minus(missingFor(check.name()));
				if (left.compareTo(Duration.ZERO) > 0) {
					now.put(check.name(), check);
					next = (next == null || left.compareTo(next) < 0) ? left : next;
				}
			}
		}
		return next;
	}

	private Duration missingFor(String name) {
		return this.time.since(this.missedSince.computeIfAbsent(name, (missing) -> this.time.nanos()));
	}

	/**
	 * Forget what has been missed.
	 */
	void clear() {
		this.missedSince.clear();
	}

}
