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

package io.github.healthstarter.autoconfigure.instance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;

import org.springframework.beans.factory.ListableBeanFactory;

import io.github.healthstarter.autoconfigure.InvalidPropertyException;
import io.github.healthstarter.drain.DrainParticipant;
import io.github.healthstarter.drain.Drained;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.participant.executor.ExecutorTasks;

/**
 * Adds all participants in the context to the drain, and the executors that are annotated
 * for it.
 */
final class DrainParticipants {

	private final ListableBeanFactory beanFactory;

	private final HealthInstance instance;

	private final Map<String, String> beansByName = new LinkedHashMap<>();

	DrainParticipants(ListableBeanFactory beanFactory, HealthInstance instance) {
		this.beanFactory = beanFactory;
		this.instance = instance;
	}

	void add() {
		this.beanFactory.getBeansOfType(DrainParticipant.class, false, true).forEach(this::add);
		for (String bean : this.beanFactory.getBeanNamesForType(Executor.class, false, false)) {
			if (this.beanFactory.findAnnotationOnBean(bean, Drained.class, false) != null) {
				add(bean, tasks(bean));
			}
		}
	}

	private DrainParticipant tasks(String bean) {
		Object executor = this.beanFactory.getBean(bean);
		DrainParticipant participant = ExecutorTasks.of(bean, executor);
		if (participant == null) {
			throw new InvalidPropertyException(
					"The bean '" + bean + "' of type " + executor.getClass().getName()
							+ " is annotated with @Drained but its tasks cannot be counted.",
					"Use a ThreadPoolTaskExecutor, a ThreadPoolTaskScheduler or a ThreadPoolExecutor, or remove the"
							+ " annotation and define a DrainParticipant bean that counts the tasks.");
		}
		return participant;
	}

	private void add(String bean, DrainParticipant participant) {
		String name = participant.name();
		if (name == null || name.isBlank()) {
			throw new InvalidPropertyException("The drain's participant '" + bean + "' has no name.",
					"Return one from its method name().");
		}
		String other = this.beansByName.putIfAbsent(name, bean);
		if (other != null) {
			throw new InvalidPropertyException(
					"The drain's participants '" + other + "' and '" + bean + "' have the same name '" + name + "'.",
					"Give each a name of its own.");
		}
		this.instance.drain().addParticipant(name, participant);
	}

}
