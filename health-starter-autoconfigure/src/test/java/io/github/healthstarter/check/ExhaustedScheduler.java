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

package io.github.healthstarter.check;

import java.time.Duration;

import io.github.healthstarter.time.Scheduler;

/**
 * A scheduler for whose second task there is no memory.
 */
final class ExhaustedScheduler implements Scheduler {

	private final Scheduler scheduler;

	private int executed;

	ExhaustedScheduler(Scheduler scheduler) {
		this.scheduler = scheduler;
	}

	@Override
	public void execute(Runnable task) {
		if (++this.executed == 2) {
			throw new OutOfMemoryError();
		}
		this.scheduler.execute(task);
	}

	@Override
	public Scheduled schedule(Duration delay, Runnable task) {
		return this.scheduler.schedule(delay, task);
	}

	@Override
	public void recoverWith(Runnable recovery) {
		this.scheduler.recoverWith(recovery);
	}

	@Override
	public void close() {
		this.scheduler.close();
	}

}
