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
import java.util.concurrent.Semaphore;

import io.github.healthstarter.traffic.RequestLoad;

/**
 * Callers that wait for the end of a drain. Beyond a number of them none waits, so that
 * threads are left for others.
 */
final class WaitingCallers {

	private final RequestLoad requests;

	private final Semaphore places = new Semaphore(DrainController.MAX_WAITING);

	/**
	 * Create with nobody waiting.
	 * @param requests the requests that count as under way
	 */
	WaitingCallers(RequestLoad requests) {
		this.requests = requests;
	}

	/**
	 * Wait until the drain's waiting is over, where there is room.
	 * @param run the drain
	 * @param limit how long to wait at the most
	 * @param inFlight whether the caller is itself a request that counts
	 */
	void await(DrainRun run, Duration limit, boolean inFlight) {
		if (limit.isZero() || !this.places.tryAcquire()) {
			return;
		}
		if (inFlight) {
			this.requests.exclude();
		}
		try {
			run.awaitEnd(limit);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			if (inFlight) {
				this.requests.include();
			}
			this.places.release();
		}
	}

}
