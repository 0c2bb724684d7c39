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

package io.github.healthstarter.startup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.startup.StartupState.SlowBean;
import io.github.healthstarter.time.TimeSource;

/**
 * Notes how far the start of an application has come, bean by bean, as the one thread
 * that builds the context makes them, and then which runner or ready listener runs on it.
 * May be read by any thread.
 */
public final class StartupProgress {

	static final int MAX_SLOWEST = 5;

	private final TimeSource time;

	private final AtomicInteger made = new AtomicInteger();

	private final Thread builder = Thread.currentThread();

	private volatile StartupPhase phase = StartupPhase.ENVIRONMENT;

	private volatile int expected;

	private volatile @Nullable Creation innermost;

	private volatile List<SlowBean> slowest = List.of();

	private @Nullable Runner runner;

	/**
	 * Begin to note, in the phase {@link StartupPhase#ENVIRONMENT}. To be called by the
	 * thread that builds the context.
	 * @param time the time source
	 */
	public StartupProgress(TimeSource time) {
		this.time = time;
	}

	/**
	 * Note that a phase begins. What is earlier than the current one is ignored.
	 * @param phase the phase
	 */
	public synchronized void enter(StartupPhase phase) {
		if (phase.compareTo(this.phase) > 0) {
			this.phase = phase;
			this.innermost = null;
		}
	}

	/**
	 * Note how many beans there will be.
	 * @param beans how many
	 */
	public void expect(int beans) {
		this.expected = beans;
	}

	/**
	 * Note that a bean is about to be made. Ignored unless beans are what the start is
	 * at.
	 * @param bean its name
	 */
	public void begin(String bean) {
		if (isBuilding()) {
			this.innermost = new Creation(bean, this.time.nanos(), this.innermost);
		}
	}

	/**
	 * Note that a bean has been made. One that was not begun is ignored; those that were
	 * begun after it, and of which no end was noted, have failed and are forgotten.
	 * @param bean its name
	 */
	public void end(String bean) {
		Creation creation = isBuilding() ? find(bean) : null;
		if (creation != null) {
			this.made.incrementAndGet();
			long elapsed = this.time.nanos() - creation.begunAt;
			if (creation.outer != null) {
				long others = creation.outer.others;
				creation.outer.others = others + elapsed;
			}
			this.innermost = creation.outer;
			note(bean, elapsed - creation.others);
		}
	}

	private boolean isBuilding() {
		return this.phase.compareTo(StartupPhase.BEANS) <= 0 && Thread.currentThread() == this.builder;
	}

	private @Nullable Creation find(String bean) {
		Creation creation = this.innermost;
		while (creation != null && !creation.bean.equals(bean)) {
			creation = creation.outer;
		}
		return creation;
	}

	private void note(String bean, long nanos) {
		List<SlowBean> slowest = this.slowest;
		if (slowest.size() < MAX_SLOWEST || nanos > slowest.get(MAX_SLOWEST - 1).duration().toNanos()) {
			int place = slowest.size();
			while (place > 0 && slowest.get(place - 1).duration().toNanos() < nanos) {
				place--;
			}
			List<SlowBean> noted = new ArrayList<>(slowest);
			noted.add(place, new SlowBean(bean, Duration.ofNanos(nanos)));
			this.slowest = List.copyOf(noted.subList(0, Math.min(noted.size(), MAX_SLOWEST)));
		}
	}

	/**
	 * Return how far the start has come.
	 * @return an immutable picture
	 */
	public StartupState state() {
		Creation creation = this.innermost;
		Runner runner = (this.phase == StartupPhase.RUNNERS) ? runner() : null;
		int made = this.made.get();
		int expected = Math.max(made, this.expected);
		if (runner != null) {
			return new StartupState(this.phase, runner.name(), this.time.since(runner.since()), made, expected,
					this.slowest);
		}
		return new StartupState(this.phase, (creation != null) ? creation.bean : null,
				(creation != null) ? ownTime(creation) : Duration.ZERO, made, expected, this.slowest);
	}

	// Nothing announces a runner: it runs from when it was first seen
	private synchronized @Nullable Runner runner() {
		String name = RunningRunner.find(this.builder.getStackTrace());
		Runner seen = this.runner;
		if (name == null || seen == null || !seen.name().equals(name)) {
			this.runner = (name != null) ? new Runner(name, this.time.nanos()) : null;
		}
		return this.runner;
	}

	// The order matters: read the other way round, a bean that is made in between would
	// take more off than has passed
	private Duration ownTime(Creation creation) {
		long others = creation.others;
		return this.time.since(creation.begunAt).minusNanos(others);
	}

	/**
	 * What runs after the context has been built.
	 */
	private record Runner(String name, long since) {

	}

	/**
	 * A bean that is being made. What changes is changed by the building thread alone.
	 */
	private static final class Creation {

		private final String bean;

		private final long begunAt;

		private final @Nullable Creation outer;

		private volatile long others;

		private Creation(String bean, long begunAt, @Nullable Creation outer) {
			this.bean = bean;
			this.begunAt = begunAt;
			this.outer = outer;
		}

	}

}
