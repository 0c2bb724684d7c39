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

package io.github.healthstarter.participant.scheduling;

import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.SchedulingAwareRunnable;

/**
 * A task whose runs go through the gate.
 */
final class GatedTask implements SchedulingAwareRunnable {

	private final Runnable task;

	private final TaskGate gate;

	private final @Nullable Runnable whenOpened;

	/**
	 * Create a task.
	 * @param task what it does
	 * @param gate the gate
	 * @param whenOpened called when the gate is opened after a run has been left out,
	 * {@code null} where there will be another
	 */
	GatedTask(Runnable task, TaskGate gate, @Nullable Runnable whenOpened) {
		this.task = task;
		this.gate = gate;
		this.whenOpened = whenOpened;
	}

	@Override
	public void run() {
		this.gate.run(this.task, this.whenOpened);
	}

	@Override
	public boolean isLongLived() {
		return this.task instanceof SchedulingAwareRunnable aware && aware.isLongLived();
	}

	@Override
	public @Nullable String getQualifier() {
		return (this.task instanceof SchedulingAwareRunnable aware) ? aware.getQualifier() : null;
	}

	@Override
	public String toString() {
		return this.task.toString();
	}

}
