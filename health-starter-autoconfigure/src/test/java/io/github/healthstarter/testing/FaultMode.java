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

package io.github.healthstarter.testing;

import java.time.Duration;

/**
 * What a {@link FaultProxy} does with connections and bytes.
 *
 * @param kind the kind of fault
 * @param delay how long bytes are held, zero for every kind but {@code DELAY}
 */
record FaultMode(Kind kind, Duration delay) {

	static FaultMode of(Kind kind) {
		return new FaultMode(kind, Duration.ZERO);
	}

	static FaultMode delayOf(Duration delay) {
		if (delay.isNegative() || delay.isZero()) {
			throw new IllegalArgumentException("'delay' is %s and must be positive".formatted(delay));
		}
		return new FaultMode(Kind.DELAY, delay);
	}

	boolean is(Kind kind) {
		return this.kind == kind;
	}

	boolean forwards() {
		return is(Kind.PASS) || is(Kind.DELAY);
	}

	enum Kind {

		PASS, HANG, BLACK_HOLE, REFUSE, RESET, DELAY

	}

}
