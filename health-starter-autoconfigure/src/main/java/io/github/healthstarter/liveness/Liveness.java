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

package io.github.healthstarter.liveness;

import java.util.List;

/**
 * What all liveness signals found at their latest look. Immutable.
 *
 * @param failures what is wrong, empty while the process is alive
 * @param freshUntil the reading of the time source after which this is too old to be
 * believed
 */
public record Liveness(List<LivenessFailure> failures, long freshUntil) {

	public Liveness {
		failures = List.copyOf(failures);
	}

	/**
	 * Whether no signal fails.
	 * @return {@code true} while the process is alive
	 */
	public boolean isAlive() {
		return this.failures.isEmpty();
	}

	/**
	 * Return this as it has to be seen at a moment: not alive where nobody has looked for
	 * long.
	 * @param nanos the time source's reading
	 * @return this, or a copy with one failure more
	 */
	public Liveness asOf(long nanos) {
		if (nanos - this.freshUntil < 0 || !isAlive()) {
			return this;
		}
		return new Liveness(List.of(new LivenessFailure("monitor",
				"the thread '" + LivenessMonitor.THREAD_NAME + "' has stopped looking", "")), this.freshUntil);
	}

}
