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

import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Finds threads that wait for each other in a circle.
 */
final class DeadlockSignal implements LivenessSignal {

	private final BooleanSupplier enabled;

	private final ThreadMXBean threads;

	DeadlockSignal(BooleanSupplier enabled, ThreadMXBean threads) {
		this.enabled = enabled;
		this.threads = threads;
	}

	@Override
	public String name() {
		return "deadlock";
	}

	@Override
	public @Nullable LivenessFailure look() {
		long[] ids = this.enabled.getAsBoolean() ? this.threads.findDeadlockedThreads() : null;
		if (ids == null) {
			return null;
		}
		ThreadInfo[] infos = Arrays.stream(this.threads.getThreadInfo(ids, true, true))
			.filter(Objects::nonNull)
			.toArray(ThreadInfo[]::new);
		if (infos.length == 0) {
			return null;
		}
		String names = Arrays.stream(infos).map(ThreadInfo::getThreadName).collect(Collectors.joining(", "));
		String stacks = Arrays.stream(infos).map(ThreadStack::of).collect(Collectors.joining("\n"));
		return new LivenessFailure(name(), "threads are deadlocked: " + names, stacks);
	}

}
