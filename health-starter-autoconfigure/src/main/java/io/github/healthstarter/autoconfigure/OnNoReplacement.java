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

import java.util.Map;
import java.util.Set;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.core.type.MethodMetadata;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * Matches where no bean is defined yet of the type that the method returns, or of its
 * name where that is what counts.
 */
final class OnNoReplacement extends SpringBootCondition implements ConfigurationCondition {

	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConfigurableListableBeanFactory beanFactory = context.getBeanFactory();
		Assert.state(beanFactory != null, "There is no bean factory");
		MethodMetadata bean = (MethodMetadata) metadata;
		Set<String> replacements = isReplacedByName(metadata) ? named(beanFactory, bean.getMethodName())
				: DefinedTypes.of(beanFactory)
					.namesOf(ClassUtils.resolveClassName(bean.getReturnTypeName(), context.getClassLoader()));
		ConditionMessage.Builder message = ConditionMessage.forCondition(Replaceable.class, bean.getReturnTypeName());
		return replacements.isEmpty() ? ConditionOutcome.match(message.didNotFind("any beans").atAll())
				: ConditionOutcome.noMatch(message.found("bean", "beans").items(replacements));
	}

	private static boolean isReplacedByName(AnnotatedTypeMetadata metadata) {
		Map<String, ?> attributes = metadata.getAnnotationAttributes(Replaceable.class.getName());
		return attributes != null && Boolean.TRUE.equals(attributes.get("byName"));
	}

	private static Set<String> named(ConfigurableListableBeanFactory beanFactory, String name) {
		return beanFactory.containsLocalBean(name) ? Set.of(name) : Set.of();
	}

}
