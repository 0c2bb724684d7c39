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
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.text.DurationText;
import io.github.healthstarter.time.TimeSource;

/**
 * Hands an executor a task that does nothing, and finds it stuck where that has not been
 * run for too long. There is never more than one such task in it.
 */
final class ExecutorSignal implements LivenessSignal {

	private static final int MAX_STACKS = 5;

	// After more, the process itself was paused
	private static final Duration LONGEST_GAP = LivenessMonitor.INTERVAL.multipliedBy(2);

	private final WatchedExecutor watched;

	private final Duration stuckAfter;

	private final ThreadMXBean threads;

	private final TimeSource time;

	private volatile @Nullable Executor asked;

	private volatile @Nullable Long waitingSince;

	private volatile boolean handedOver;

	private long lookedAt;

	private Duration paused = Duration.ZERO;

	ExecutorSignal(WatchedExecutor watched, Duration stuckAfter, ThreadMXBean threads, TimeSource time) {
		this.watched = watched;
		this.stuckAfter = stuckAfter;
		this.threads = threads;
		this.time = time;
		this.lookedAt = time.nanos();
	}

	@Override
	public String name() {
		return this.watched.name();
	}

	// One that was shut down may have dropped the task
	@Override
	@SuppressWarnings("ReferenceEquality")
	public @Nullable LivenessFailure look() {
		notePause();
		Executor executor = this.watched.executor();
		if (executor != this.asked) {
			this.asked = executor;
			ran();
		}
		if (executor == null) {
			return null;
		}
		Long since = this.waitingSince;
		if (!this.handedOver) {
			handOver(executor);
		}
		Duration waiting = (since != null) ? this.time.since(since).minus(this.paused) : Duration.ZERO;
		return (this.waitingSince != null && waiting.compareTo(this.stuckAfter) >= 0)
				? new LivenessFailure(name(), "no thread has been free for " + DurationText.rounded(waiting), stacks())
				: null;
	}

	// The time for which the process was paused is none for which the task has waited
	private void notePause() {
		Duration gap = this.time.since(this.lookedAt);
		this.lookedAt = this.time.nanos();
		if (this.waitingSince == null) {
			this.paused = Duration.ZERO;
		}
		else if (gap.compareTo(LONGEST_GAP) > 0) {
			this.paused = this.paused.plus(gap);
		}
	}

	// One that is full may refuse the task: that is waiting too, and it is tried again
	private void handOver(Executor executor) {
		if (this.waitingSince == null) {
			this.waitingSince = this.time.nanos();
		}
		this.handedOver = true;
		try {
			executor.execute(this::ran);
		}
		catch (RejectedExecutionException ex) {
			this.handedOver = false;
		}
	}

	private void ran() {
		this.waitingSince = null;
		this.handedOver = false;
	}

	private String stacks() {
		return Arrays.stream(this.threads.getThreadInfo(this.threads.getAllThreadIds(), Integer.MAX_VALUE))
			.filter(Objects::nonNull)
			.filter((thread) -> this.watched.isItsThread(thread.getThreadName()))
			.sorted(Comparator.comparing(this::processorTime).reversed())
			.limit(MAX_STACKS)
			.map(ThreadStack::of)
			.collect(Collectors.joining("\n"));
	}

	private long processorTime(ThreadInfo thread) {
		return this.threads.isThreadCpuTimeEnabled() ? this.threads.getThreadCpuTime(thread.getThreadId()) : 0;
	}

}
