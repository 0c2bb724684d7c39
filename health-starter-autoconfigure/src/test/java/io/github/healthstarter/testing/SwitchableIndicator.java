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

import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * An indicator that a test holds in its hands. Any thread may call any method.
 */
public final class SwitchableIndicator implements HealthIndicator {

	private volatile Health health = Health.up().build();

	private volatile @Nullable CountDownLatch gate;

	/**
	 * Answers from now on what is given.
	 * @param health the answer
	 */
	public void answer(Health health) {
		this.health = health;
	}

	/**
	 * Answers nothing until {@link #release()}.
	 */
	public void block() {
		this.gate = new CountDownLatch(1);
	}

	/**
	 * Lets go what {@link #block()} held.
	 */
	public void release() {
		CountDownLatch held = this.gate;
		this.gate = null;
		if (held != null) {
			held.countDown();
		}
	}

	@Override
	public Health health() {
		CountDownLatch held = this.gate;
		if (held != null) {
			try {
				held.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
		return this.health;
	}

}
