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

package io.github.healthstarter.autoconfigure.availability;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.probe.ProbeAutoConfiguration;
import io.github.healthstarter.availability.ApplicationLiveness;
import io.github.healthstarter.availability.AvailabilityBridge;
import io.github.healthstarter.drain.DrainListener;
import io.github.healthstarter.probe.HealthMonitor;
import io.github.healthstarter.probe.HealthSources;
import io.github.healthstarter.time.Notifications;

/**
 * Auto-configuration of the bridge to Spring Boot's availability states.
 */
@AutoConfiguration(after = { ApplicationAvailabilityAutoConfiguration.class, ProbeAutoConfiguration.class })
@ConditionalOnHealthEnabled
public final class AvailabilityAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AvailabilityBridge healthStarterAvailabilityBridge(ApplicationContext context, HealthMonitor health,
			HealthSources sources, ApplicationLiveness liveness,
			@Qualifier("healthStarterEvents") Notifications events) {
		return new AvailabilityBridge(context, health, sources, liveness, events::execute);
	}

	@Bean
	@ConditionalOnMissingBean(name = "healthStarterDrainEvents")
	DrainListener healthStarterDrainEvents(ApplicationEventPublisher publisher,
			@Qualifier("healthStarterEvents") Notifications events) {
		return DrainListener.publishing(publisher, events::execute);
	}

}
