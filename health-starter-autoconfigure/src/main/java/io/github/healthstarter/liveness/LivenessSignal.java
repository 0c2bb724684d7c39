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

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.time.TimeSource;

/**
 * A look inside this process, never at anything outside it. A failing signal makes the
 * liveness probe fail, and an orchestrator restart the process: a signal fails only for
 * what nothing but a restart mends.
 */
public interface LivenessSignal {

	/**
	 * Return the signal's name.
	 * @return a short, constant name
	 */
	String name();

	/**
	 * Look. Called every few seconds on a thread that all signals share; returns within
	 * milliseconds. What it throws is logged, once in a row, and counts as a healthy
	 * look.
	 * @return what is wrong, or {@code null} when nothing is
	 */
	@Nullable LivenessFailure look();

	/**
	 * Return the signal that finds deadlocked platform threads.
	 * @param enabled whether it is to find any; read at each look
	 * @return a signal named {@code deadlock}
	 * @see java.lang.management.ThreadMXBean#findDeadlockedThreads()
	 */
	static LivenessSignal deadlock(BooleanSupplier enabled) {
		return new DeadlockSignal(enabled, ManagementFactory.getThreadMXBean());
	}

	/**
	 * Return a signal that fails where an executor has no thread to spare for too long.
	 * @param watched the executor
	 * @param stuckAfter how long that is
	 * @param time the time source
	 * @return the signal
	 */
	static LivenessSignal executor(WatchedExecutor watched, Duration stuckAfter, TimeSource time) {
		return new ExecutorSignal(watched, stuckAfter, ManagementFactory.getThreadMXBean(), time);
	}

}
