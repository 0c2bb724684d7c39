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

package io.github.healthstarter.autoconfigure.drain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

import io.github.healthstarter.autoconfigure.InvalidPropertyException;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainParticipant;
import io.github.healthstarter.drain.Drained;
import io.github.healthstarter.participant.executor.ExecutorTasks;
import io.github.healthstarter.time.TimeSource;

/**
 * Makes all participants in the context known to the drain once every bean has been made,
 * and the executors that are marked for it.
 */
final class DrainParticipants implements SmartInitializingSingleton {

	private final ListableBeanFactory beanFactory;

	private final DrainController drain;

	private final TimeSource time;

	private final Map<String, String> beansByName = new LinkedHashMap<>();

	DrainParticipants(ListableBeanFactory beanFactory, DrainController drain, TimeSource time) {
		this.beanFactory = beanFactory;
		this.drain = drain;
		this.time = time;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.beanFactory.getBeansOfType(DrainParticipant.class, false, true).forEach(this::add);
		for (String bean : this.beanFactory.getBeanNamesForType(Executor.class, false, false)) {
			if (this.beanFactory.findAnnotationOnBean(bean, Drained.class, false) != null) {
				add(bean, tasks(bean));
			}
		}
	}

	private DrainParticipant tasks(String bean) {
		Object executor = this.beanFactory.getBean(bean);
		DrainParticipant participant = ExecutorTasks.of(bean, executor, this.time);
		if (participant == null) {
			throw new InvalidPropertyException(
					"The bean '" + bean + "' of type " + executor.getClass().getName()
							+ " is marked with @Drained and does not tell of its tasks.",
					"Make it a ThreadPoolTaskExecutor, a SimpleAsyncTaskExecutor or a ThreadPoolExecutor, or remove"
							+ " the annotation and give the drain a DrainParticipant.");
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
		this.drain.addParticipant(name, participant);
	}

}
