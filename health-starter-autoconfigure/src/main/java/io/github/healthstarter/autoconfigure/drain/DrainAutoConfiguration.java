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

import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.autoconfigure.lifecycle.LifecycleAutoConfiguration;
import io.github.healthstarter.drain.DrainBeforeClose;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainListener;
import io.github.healthstarter.drain.ShutdownReport;
import io.github.healthstarter.drain.Traffic;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.time.Notifications;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;

/**
 * Auto-configuration of the drain.
 */
@AutoConfiguration(after = LifecycleAutoConfiguration.class)
@ConditionalOnHealthEnabled
public final class DrainAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Traffic healthStarterTraffic(TimeSource time) {
		return new Traffic(time);
	}

	@Bean
	@ConditionalOnMissingBean
	DrainController healthStarterDrainController(HealthProperties properties, Lifecycle lifecycle, Traffic traffic,
			TimeSource time) {
		return new DrainController(properties.drainSettings(), lifecycle, traffic, Scheduler.start("health-drain"),
				time);
	}

	@Bean
	DrainListeners healthStarterDrainListeners(DrainController drain, ObjectProvider<DrainListener> listeners) {
		return new DrainListeners(drain, listeners);
	}

	@Bean
	@ConditionalOnMissingBean(name = "healthStarterDrainLog")
	DrainListener healthStarterDrainLog(@Qualifier("healthStarterLogs") Notifications logs) {
		return DrainListener.log(logs::execute);
	}

	@Bean
	@ConditionalOnMissingBean
	DrainBeforeClose healthStarterDrainBeforeClose(ApplicationContext context, DrainController drain,
			Lifecycle lifecycle, @Qualifier("healthStarterLogs") Notifications logs,
			@Qualifier("healthStarterEvents") Notifications events) {
		return new DrainBeforeClose(context, drain, lifecycle, List.of(logs, events));
	}

	@Bean
	@ConditionalOnMissingBean
	ShutdownReport healthStarterShutdownReport(HealthProperties properties, Traffic traffic, TimeSource time) {
		return new ShutdownReport(traffic.requests(), time, properties.terminationMessagePath());
	}

}
