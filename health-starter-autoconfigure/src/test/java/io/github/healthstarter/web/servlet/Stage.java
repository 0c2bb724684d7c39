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

package io.github.healthstarter.web.servlet;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where requests are held until the test lets them go on.
 */
final class Stage {

	private static final int LIMIT_SECONDS = 15;

	private final Semaphore entered = new Semaphore(0);

	private final Semaphore released = new Semaphore(0);

	void pass() {
		this.entered.release();
	}

	void hold() {
		pass();
		acquire(this.released);
	}

	void awaitEntered() {
		assertThat(acquire(this.entered)).isTrue();
	}

	void release() {
		this.released.release();
	}

	void reset() {
		this.entered.drainPermits();
		this.released.drainPermits();
	}

	private static boolean acquire(Semaphore semaphore) {
		try {
			return semaphore.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
