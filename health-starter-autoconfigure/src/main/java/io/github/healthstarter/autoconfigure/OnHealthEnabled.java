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

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/**
 * The condition of {@link ConditionalOnHealthEnabled}.
 */
final class OnHealthEnabled extends SpringBootCondition implements ConfigurationCondition {

	private static final String PROPERTY = "health.enabled";

	// Whatever is not read is not registered: asking once is enough
	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.PARSE_CONFIGURATION;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnHealthEnabled.class);
		if (!context.getEnvironment().getProperty(PROPERTY, Boolean.class, true)) {
			return ConditionOutcome.noMatch(message.because("'" + PROPERTY + "' is false"));
		}
		return ClassUtils.isPresent("org.springframework.boot.health.contributor.HealthIndicator",
				context.getClassLoader()) ? ConditionOutcome.match(message.because("'" + PROPERTY + "' is not false"))
						: ConditionOutcome.noMatch(message.didNotFind("class").items("HealthIndicator"));
	}

}
