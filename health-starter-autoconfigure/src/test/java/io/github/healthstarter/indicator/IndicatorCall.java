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

package io.github.healthstarter.indicator;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * One run of an indicator on a thread of its own, as the engine makes it.
 */
public final class IndicatorCall {

	private final FutureTask<Health> task;

	private final Thread thread;

	private volatile boolean interruptedAfterwards;

	private IndicatorCall(HealthIndicator indicator, Function<Runnable, Thread> starter) {
		this.task = new FutureTask<>(() -> {
			Health health = indicator.health();
			this.interruptedAfterwards = Thread.currentThread().isInterrupted();
			return health;
		});
		this.thread = starter.apply(this.task);
	}

	public static IndicatorCall onPlatformThread(HealthIndicator indicator) {
		return new IndicatorCall(indicator, IndicatorCall::startPlatform);
	}

	/**
	 * Needs Java 21; by reflection, because the tests are compiled for Java 17.
	 */
	public static IndicatorCall onVirtualThread(HealthIndicator indicator) {
		return new IndicatorCall(indicator, IndicatorCall::startVirtual);
	}

	private static Thread startPlatform(Runnable task) {
		Thread thread = new Thread(task, "indicator-call");
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	private static Thread startVirtual(Runnable task) {
		try {
			Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
			return (Thread) start.invoke(null, task);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public void interrupt() {
		this.thread.interrupt();
	}

	public boolean isBlockedFor(Duration time) throws Exception {
		try {
			result(time);
			return false;
		}
		catch (TimeoutException ex) {
			return true;
		}
	}

	public boolean wasInterruptedAfterwards() {
		return this.interruptedAfterwards;
	}

	public Health result(Duration limit) throws Exception {
		return this.task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
	}

}
