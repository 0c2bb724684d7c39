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

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.availability.AvailabilityBridge;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.shutdown.ShutdownReport;

/**
 * Auto-configuration that attaches the application context to its instance, which is
 * there before the context if a {@code SpringApplication} builds that.
 */
@AutoConfiguration(after = ApplicationAvailabilityAutoConfiguration.class)
@ConditionalOnHealthEnabled
@EnableConfigurationProperties(HealthProperties.class)
public final class HealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = InstanceFactory.BEAN_NAME, search = SearchStrategy.CURRENT)
	HealthInstance healthStarterInstance(HealthProperties properties, Environment environment) {
		return InstanceFactory.create(properties, environment);
	}

	@Bean
	InstanceAttachment healthStarterAttachment(ConfigurableApplicationContext context, HealthInstance instance,
			HealthProperties properties, ShutdownReport report, ObjectProvider<BuildProperties> build,
			ObjectProvider<GitProperties> git) {
		instance
			.describe(InstanceFactory.service(context.getEnvironment(), build.getIfAvailable(), git.getIfAvailable()));
		return new InstanceAttachment(context, instance, properties, report);
	}

	// After Spring Boot's own listener, which so is notified of a state before this one
	// answers it with another
	@Bean
	AvailabilityBridge healthStarterAvailabilityBridge(ConfigurableApplicationContext context,
			HealthInstance instance) {
		return new AvailabilityBridge(context, instance);
	}

	@Bean
	ShutdownReport healthStarterShutdownReport(ApplicationContext context, HealthInstance instance) {
		return new ShutdownReport(context, instance);
	}

}
