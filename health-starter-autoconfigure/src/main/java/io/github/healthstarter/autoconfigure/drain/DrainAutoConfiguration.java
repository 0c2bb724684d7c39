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

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.autoconfigure.Replaceable;
import io.github.healthstarter.autoconfigure.ShutdownBudget;
import io.github.healthstarter.autoconfigure.health.HealthAutoConfiguration;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainListener;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.notification.Notifications;
import io.github.healthstarter.shutdown.DrainBeforeClose;
import io.github.healthstarter.shutdown.ShutdownDeadline;
import io.github.healthstarter.shutdown.ShutdownReport;
import io.github.healthstarter.shutdown.ShutdownSignals;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.traffic.Traffic;

/**
 * Auto-configuration of the drain, and of the signals that begin it.
 */
@AutoConfiguration(after = HealthAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnHealthEnabled
public final class DrainAutoConfiguration {

	@Bean
	@Replaceable
	Traffic healthStarterTraffic(TimeSource time) {
		return new Traffic(time);
	}

	@Bean
	@Replaceable
	ShutdownBudget healthStarterShutdownBudget(HealthProperties properties, Environment environment) {
		return ShutdownBudget.of(properties, environment);
	}

	@Bean
	@Replaceable
	DrainController healthStarterDrainController(ShutdownBudget budget, Lifecycle lifecycle, Traffic traffic,
			TimeSource time, ApplicationEventPublisher publisher, Notifications notifications) {
		DrainController drain = new DrainController(budget.drain(), lifecycle, traffic, Scheduler.start("health-drain"),
				time);
		drain.addListener(DrainListener.log(notifications.logs()));
		drain.addListener(DrainListener.publishing(publisher, notifications.events()));
		return drain;
	}

	@Bean
	DrainParticipants healthStarterDrainParticipants(ListableBeanFactory beanFactory, DrainController drain,
			TimeSource time) {
		return new DrainParticipants(beanFactory, drain, time);
	}

	@Bean
	@Lazy(false)
	@Replaceable
	ShutdownSignals healthStarterShutdownSignals(DrainController drain, ShutdownReport report, ShutdownBudget budget,
			Environment environment) {
		GracePeriodCheck.check(budget, environment);
		return new ShutdownSignals(drain,
				budget.isHeld() ? new ShutdownDeadline(budget.gracePeriod(), drain, report) : null);
	}

	@Bean
	@Replaceable
	DrainBeforeClose healthStarterDrainBeforeClose(ApplicationContext context, DrainController drain,
			Lifecycle lifecycle, Notifications notifications) {
		return new DrainBeforeClose(context, drain, lifecycle, notifications);
	}

	@Bean
	@Replaceable
	ShutdownReport healthStarterShutdownReport(HealthProperties properties, Traffic traffic, TimeSource time) {
		return new ShutdownReport(traffic.requests(), time, properties.terminationMessagePath());
	}

}
