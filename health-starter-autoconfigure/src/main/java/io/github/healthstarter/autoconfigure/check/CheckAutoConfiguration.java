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

package io.github.healthstarter.autoconfigure.check;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.health.registry.ReactiveHealthContributorRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.check.CheckSource;
import io.github.healthstarter.indicator.contributor.ContributorChecks;
import io.github.healthstarter.instance.HealthInstance;

/**
 * Auto-configuration of the checks of what is found in the context.
 */
@AutoConfiguration
@ConditionalOnHealthEnabled
public final class CheckAutoConfiguration {

	@Bean
	CheckDiscovery healthStarterChecks(ConfigurableApplicationContext context, HealthProperties properties,
			ObjectProvider<CheckSource> sources, HealthInstance instance) {
		return new CheckDiscovery(context, properties, sources, instance);
	}

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	CheckSource healthStarterContributorCheckSource(ObjectProvider<HealthContributorRegistry> registry,
			ObjectProvider<ReactiveHealthContributorRegistry> reactiveRegistry,
			ConfigurableListableBeanFactory beanFactory) {
		return ContributorChecks.of(registry.getIfAvailable(), reactiveRegistry.getIfAvailable(),
				new SupersededContributors(beanFactory));
	}

}
