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

package io.github.healthstarter.autoconfigure.startup;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindMethod;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySource.StubPropertySource;

import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.autoconfigure.InvalidPropertyException;

/**
 * The properties under {@code health}, bound before there is a context. The context uses
 * them too, unless it has brought further property sources.
 */
final class EarlyProperties {

	// The name that Spring Boot gives the bean
	private static final String BEAN_NAME = "health-" + HealthProperties.class.getName();

	private final HealthProperties properties;

	private final List<PropertySource<?>> sources;

	private EarlyProperties(HealthProperties properties, List<PropertySource<?>> sources) {
		this.properties = properties;
		this.sources = sources;
	}

	/**
	 * Bind the properties.
	 * @param environment the environment, with all configuration files read
	 * @return the properties
	 * @throws BindException if a value cannot be bound
	 * @throws InvalidPropertyException if values do not go together
	 */
	static EarlyProperties bind(ConfigurableEnvironment environment) {
		return new EarlyProperties(HealthProperties.bind(environment), sources(environment));
	}

	/**
	 * Bind the properties if there is no mistake in them, such as a placeholder that the
	 * context will know.
	 * @param environment the environment, with all configuration files read
	 * @return the properties, {@code null} if they cannot be bound yet
	 */
	static @Nullable EarlyProperties bindIfPossible(ConfigurableEnvironment environment) {
		try {
			return bind(environment);
		}
		catch (BindException | InvalidPropertyException ex) {
			return null;
		}
	}

	// A web application context replaces sources that stand for its servlets by others,
	// which most often are as empty
	private static List<PropertySource<?>> sources(ConfigurableEnvironment environment) {
		return environment.getPropertySources().stream().filter((source) -> !isEmpty(source)).toList();
	}

	private static boolean isEmpty(PropertySource<?> source) {
		return source instanceof StubPropertySource
				|| (source instanceof EnumerablePropertySource<?> known && known.getPropertyNames().length == 0);
	}

	/**
	 * Return the properties.
	 * @return what is configured before there is a context
	 */
	HealthProperties get() {
		return this.properties;
	}

	/**
	 * Become the bean of a context.
	 * @param context the context, before any of its beans has been created
	 */
	void follow(ConfigurableApplicationContext context) {
		if (context.getBeanFactory() instanceof BeanDefinitionRegistry registry) {
			RootBeanDefinition definition = new RootBeanDefinition(HealthProperties.class,
					() -> current(context.getEnvironment()));
			// Bound already
			definition.setAttribute(BindMethod.class.getName(), BindMethod.VALUE_OBJECT);
			// There already if the application was processed ahead of time
			if (registry.containsBeanDefinition(BEAN_NAME)) {
				registry.removeBeanDefinition(BEAN_NAME);
			}
			registry.registerBeanDefinition(BEAN_NAME, definition);
		}
	}

	private HealthProperties current(ConfigurableEnvironment environment) {
		return isSame(sources(environment)) ? this.properties : bind(environment).get();
	}

	// Sources are equal if they have the same name
	@SuppressWarnings("ReferenceEquality")
	private boolean isSame(List<PropertySource<?>> others) {
		if (others.size() != this.sources.size()) {
			return false;
		}
		for (int i = 0; i < others.size(); i++) {
			if (others.get(i) != this.sources.get(i)) {
				return false;
			}
		}
		return true;
	}

}
