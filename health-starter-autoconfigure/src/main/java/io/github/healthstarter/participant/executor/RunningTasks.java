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

package io.github.healthstarter.participant.executor;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.core.task.TaskDecorator;
import org.springframework.util.ReflectionUtils;

import io.github.healthstarter.time.TimeSource;

/**
 * The tasks that one of Spring's executors runs, and since when. It sees each task that
 * the executor is given from now on, and leaves to the application's own decorator what
 * that does.
 */
final class RunningTasks implements TaskDecorator {

	private static final Log logger = LogFactory.getLog(ExecutorTasks.class);

	private final @Nullable TaskDecorator own;

	private final TimeSource time;

	private final Set<Run> running = ConcurrentHashMap.newKeySet();

	private RunningTasks(@Nullable TaskDecorator own, TimeSource time) {
		this.own = own;
		this.time = time;
	}

	/**
	 * Follow the tasks of an executor.
	 * @param executor the executor
	 * @param time the time source
	 * @return its tasks, {@code null} where they cannot be followed
	 */
	// The setter of a proxy, or of one that passes all on, would replace a decorator that
	// the field does not know
	static @Nullable RunningTasks of(Object executor, TimeSource time) {
		Object target = Objects.requireNonNullElse(AopProxyUtils.getSingletonTarget(executor), executor);
		try {
			Field field = ReflectionUtils.findField(target.getClass(), "taskDecorator", TaskDecorator.class);
			if (field != null) {
				ReflectionUtils.makeAccessible(field);
				RunningTasks tasks = new RunningTasks((TaskDecorator) ReflectionUtils.getField(field, target), time);
				ReflectionUtils.setField(field, target, tasks);
				return tasks;
			}
		}
		catch (RuntimeException ex) {
			logger.debug("The decorator of an executor's tasks cannot be read", ex);
		}
		return null;
	}

	@Override
	public Runnable decorate(Runnable task) {
		Runnable decorated = (this.own != null) ? this.own.decorate(task) : task;
		return () -> run(decorated);
	}

	private void run(Runnable task) {
		Run run = new Run(this.time.nanos());
		this.running.add(run);
		try {
			task.run();
		}
		finally {
			this.running.remove(run);
		}
	}

	int count() {
		return this.running.size();
	}

	@Nullable Duration oldestAge() {
		return this.running.stream()
			.map((run) -> this.time.since(run.begunAt))
			.max(Comparator.naturalOrder())
			.orElse(null);
	}

	/**
	 * A run, equal to no other.
	 */
	private static final class Run {

		private final long begunAt;

		Run(long begunAt) {
			this.begunAt = begunAt;
		}

	}

}
