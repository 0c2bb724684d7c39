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

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

import io.github.healthstarter.drain.DrainParticipant;
import io.github.healthstarter.time.TimeSource;

/**
 * The tasks of methods with {@code @Scheduled}, and what else is registered with them.
 * They stay scheduled while draining, and each run that comes due is left out; a task
 * that was to run just once runs when the drain is undone. What the application schedules
 * by itself is left alone, and so are its schedulers.
 */
public final class ScheduledTasks implements DrainParticipant, SchedulingConfigurer {

	private final TaskGate gate;

	/**
	 * Create a participant that lets tasks run.
	 * @param time the time source
	 */
	public ScheduledTasks(TimeSource time) {
		this.gate = new TaskGate(time);
	}

	@Override
	public void configureTasks(ScheduledTaskRegistrar registrar) {
		TaskScheduler scheduler = registrar.getScheduler();
		if (scheduler != null) {
			registrar.setTaskScheduler(new GatedScheduler(scheduler, this.gate));
		}
	}

	@Override
	public String name() {
		return "scheduled-tasks";
	}

	@Override
	public void startDraining() {
		this.gate.shut();
	}

	@Override
	public void cancelDraining() {
		this.gate.open();
	}

	@Override
	public long inFlight() {
		return this.gate.running();
	}

	@Override
	public @Nullable Duration oldestAge() {
		return this.gate.oldestAge();
	}

}
