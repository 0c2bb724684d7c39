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

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.time.TimeSource;

/**
 * A time that passes only when it is told to, and then runs the tasks of all
 * {@link ManualScheduler manual schedulers} that come due, in the order of their due
 * times. Its readings overflow within the first second, as those of a real clock may.
 */
public final class ManualTime implements TimeSource {

	/**
	 * The time of day at which it begins.
	 */
	public static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

	private static final long ORIGIN = Long.MAX_VALUE - Duration.ofMillis(500).toNanos();

	private final AtomicLong elapsed = new AtomicLong();

	private final Queue<Task> tasks = new PriorityQueue<>(
			Comparator.comparingLong(Task::due).thenComparingLong(Task::number));

	private long created;

	private volatile Runnable beforeNanos = () -> {
	};

	private volatile Duration clockShift = Duration.ZERO;

	@Override
	public long nanos() {
		this.beforeNanos.run();
		return ORIGIN + this.elapsed.get();
	}

	@Override
	public Instant instant() {
		return START.plusNanos(this.elapsed.get()).plus(this.clockShift);
	}

	/**
	 * Set what is run before each reading.
	 */
	public void beforeNanos(Runnable action) {
		this.beforeNanos = action;
	}

	/**
	 * Set the wall clock ahead, or back; no time passes.
	 */
	public void setClock(Duration shift) {
		this.clockShift = shift;
	}

	/**
	 * Let time pass. Tasks run on the calling thread, each at its due time.
	 */
	public void advance(Duration duration) {
		long target = this.elapsed.get() + duration.toNanos();
		Task task = due(target);
		while (task != null) {
			passTo(task.due());
			task.runnable().run();
			task = due(target);
		}
		passTo(target);
	}

	/**
	 * Let time pass in which nothing runs, as in a process that is stopped.
	 */
	public void pause(Duration duration) {
		this.elapsed.addAndGet(duration.toNanos());
	}

	/**
	 * Run what is due without letting time pass.
	 */
	public void runDue() {
		advance(Duration.ZERO);
	}

	// A task may itself have let time pass
	private void passTo(long elapsed) {
		this.elapsed.accumulateAndGet(elapsed, Math::max);
	}

	synchronized Task add(ManualScheduler owner, Duration delay, Runnable runnable) {
		Task task = new Task(this.elapsed.get() + delay.toNanos(), this.created++, owner, runnable);
		this.tasks.add(task);
		return task;
	}

	synchronized void remove(Task task) {
		this.tasks.remove(task);
	}

	synchronized void removeAll(ManualScheduler owner) {
		this.tasks.removeIf((task) -> task.owner() == owner);
	}

	synchronized @Nullable Duration untilNext(ManualScheduler owner) {
		return this.tasks.stream()
			.filter((task) -> task.owner() == owner)
			.min(Comparator.comparingLong(Task::due))
			.map((task) -> Duration.ofNanos(task.due() - this.elapsed.get()))
			.orElse(null);
	}

	synchronized int count(ManualScheduler owner) {
		return (int) this.tasks.stream().filter((task) -> task.owner() == owner).count();
	}

	private synchronized @Nullable Task due(long target) {
		Task next = this.tasks.peek();
		return (next != null && next.due() <= target) ? this.tasks.poll() : null;
	}

	/**
	 * A task and the time at which it is due.
	 */
	record Task(long due, long number, ManualScheduler owner, Runnable runnable) {

	}

}
