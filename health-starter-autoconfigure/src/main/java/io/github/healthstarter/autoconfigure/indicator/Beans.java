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

package io.github.healthstarter.autoconfigure.indicator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationNotAllowedException;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

import io.github.healthstarter.time.TimeSource;

/**
 * Beans of one type that are candidates for injection, created one by one, so that one
 * that cannot be created hides no other. Safe for any number of threads.
 *
 * @param <T> the type
 */
final class Beans<T> {

	/**
	 * The time after which the creation of a bean is tried again.
	 */
	static final Duration RETRY_AFTER = Duration.ofMinutes(1);

	private final Class<T> type;

	private final ConfigurableListableBeanFactory beanFactory;

	private final TimeSource time;

	private final Map<String, Failure> failures = new ConcurrentHashMap<>();

	Beans(Class<T> type, ConfigurableListableBeanFactory beanFactory, TimeSource time) {
		this.type = type;
		this.beanFactory = beanFactory;
		this.time = time;
	}

	/**
	 * Find the beans, and create those that are lazy.
	 * @param failed called with the name of each bean that cannot be created and the
	 * cause
	 * @return the others, by name
	 */
	Map<String, T> find(BiConsumer<String, Throwable> failed) {
		Map<String, T> beans = new LinkedHashMap<>();
		for (String name : BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory, this.type, false,
				true)) {
			if (isCandidate(name)) {
				Failure failure = create(name, beans);
				if (failure != null) {
					failed.accept(name, failure.cause());
				}
			}
		}
		return beans;
	}

	private boolean isCandidate(String name) {
		try {
			return this.beanFactory.getMergedBeanDefinition(name).isAutowireCandidate();
		}
		catch (NoSuchBeanDefinitionException ex) {
			return true;
		}
	}

	// A bean that the application has created meanwhile is not created again
	private @Nullable Failure create(String name, Map<String, T> beans) {
		Failure earlier = this.failures.get(name);
		if (earlier != null && !isCreated(name) && this.time.since(earlier.triedAt()).compareTo(RETRY_AFTER) < 0) {
			return earlier;
		}
		try {
			Object bean = this.beanFactory.getBean(name);
			if (this.type.isInstance(bean)) {
				beans.put(name, this.type.cast(bean));
			}
			this.failures.remove(name);
			return null;
		}
		catch (BeanCreationNotAllowedException ex) {
			// The context is being closed
			throw ex;
		}
		catch (RuntimeException | Error ex) {
			Failure failure = new Failure((earlier != null) ? earlier.cause() : ex, this.time.nanos());
			this.failures.put(name, failure);
			return failure;
		}
	}

	private boolean isCreated(String name) {
		return this.beanFactory.containsSingleton(name) && !this.beanFactory.isFactoryBean(name);
	}

	/**
	 * Failure to create a bean.
	 *
	 * @param cause the cause of the first failure, the same until the bean is created
	 * @param triedAt the reading of the time source at the last one
	 */
	record Failure(Throwable cause, long triedAt) {

	}

}
