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

package io.github.healthstarter.autoconfigure;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanDefinitionStoreException;
import org.springframework.beans.factory.CannotLoadBeanClassException;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.util.ClassUtils;

/**
 * The types of the beans that a bean factory defines, each of which is found out once. A
 * bean factory that is still being filled finds them all out again whenever it is asked
 * for the beans of one type. Used by the one thread that fills the bean factory.
 */
final class DefinedTypes {

	private static final String NAME = "healthStarterDefinedTypes";

	private final ConfigurableListableBeanFactory beanFactory;

	private final Map<String, Class<?>> types = new HashMap<>();

	private DefinedTypes(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Return those of a bean factory.
	 * @param beanFactory the bean factory, which keeps them
	 * @return the types
	 */
	static DefinedTypes of(ConfigurableListableBeanFactory beanFactory) {
		if (beanFactory.getSingleton(NAME) instanceof DefinedTypes types) {
			return types;
		}
		DefinedTypes types = new DefinedTypes(beanFactory);
		beanFactory.registerSingleton(NAME, types);
		return types;
	}

	/**
	 * Return the beans of a type that are candidates for injection, as far as they can be
	 * told without making any.
	 * @param type the type
	 * @return the names of the beans
	 */
	Set<String> namesOf(Class<?> type) {
		Set<String> names = new LinkedHashSet<>();
		for (String definition : this.beanFactory.getBeanDefinitionNames()) {
			Class<?> defined = typeOf(definition);
			if (defined != null && type.isAssignableFrom(defined)) {
				String name = injected(definition);
				if (isCandidate(name)) {
					names.add(name);
				}
			}
		}
		Stream.of(this.beanFactory.getSingletonNames())
			.filter((name) -> !names.contains(name) && !this.beanFactory.containsBeanDefinition(name)
					&& type.isInstance(this.beanFactory.getSingleton(name)))
			.forEach(names::add);
		return names;
	}

	private @Nullable Class<?> typeOf(String name) {
		Class<?> type = this.types.get(name);
		if (type == null) {
			type = find(name);
			if (type != null) {
				this.types.put(name, type);
			}
		}
		return type;
	}

	private @Nullable Class<?> find(String name) {
		String declared = declaredType(this.beanFactory.getBeanDefinition(name));
		Class<?> type = (declared != null) ? load(declared) : null;
		return (type != null && !FactoryBean.class.isAssignableFrom(type)) ? type : ask(name);
	}

	// Of one with a parent, some of what it says may stand there
	private static @Nullable String declaredType(BeanDefinition definition) {
		if (definition.getParentName() != null) {
			return null;
		}
		if (definition instanceof AnnotatedBeanDefinition annotated && annotated.getFactoryMethodMetadata() != null) {
			return annotated.getFactoryMethodMetadata().getReturnTypeName();
		}
		return (definition.getFactoryMethodName() == null) ? definition.getBeanClassName() : null;
	}

	private @Nullable Class<?> load(String type) {
		try {
			return ClassUtils.forName(type, this.beanFactory.getBeanClassLoader());
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return null;
		}
	}

	// What cannot be loaded, or has a factory that is not defined yet, is none of the
	// starter's types, and fails when it is made
	private @Nullable Class<?> ask(String name) {
		try {
			return isMadeByAProduct(name) ? null : this.beanFactory.getType(name, false);
		}
		catch (CannotLoadBeanClassException | BeanDefinitionStoreException | NoSuchBeanDefinitionException ex) {
			return null;
		}
	}

	// Spring's own search leaves these out as well: to tell their type it would have to
	// make a factory bean
	private boolean isMadeByAProduct(String name) {
		String factory = this.beanFactory.getMergedBeanDefinition(name).getFactoryBeanName();
		return factory != null && this.beanFactory.isFactoryBean(factory)
				&& !this.beanFactory.containsSingleton(factory);
	}

	// Of a scoped bean, whose proxy does not tell its type, the proxy is what others get
	private static String injected(String name) {
		return ScopedProxyUtils.isScopedTarget(name) ? ScopedProxyUtils.getOriginalBeanName(name) : name;
	}

	private boolean isCandidate(String name) {
		BeanDefinition definition = this.beanFactory.getMergedBeanDefinition(name);
		return !definition.isAbstract() && definition.isAutowireCandidate()
				&& (!(definition instanceof AbstractBeanDefinition bean) || bean.isDefaultCandidate());
	}

}
