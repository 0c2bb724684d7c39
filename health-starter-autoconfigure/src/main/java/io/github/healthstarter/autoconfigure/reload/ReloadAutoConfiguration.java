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

package io.github.healthstarter.autoconfigure.reload;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.autoconfigure.Replaceable;
import io.github.healthstarter.autoconfigure.check.CheckAutoConfiguration;
import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.reload.ReloadRequestedEvent;
import io.github.healthstarter.reload.Reloader;
import io.github.healthstarter.signal.ReloadSignal;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;

/**
 * Auto-configuration of reloads, and of the signal that asks for them.
 */
@AutoConfiguration(after = CheckAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnHealthEnabled
public final class ReloadAutoConfiguration {

	// Most applications are never asked to
	@Bean
	@Lazy
	@Replaceable
	Reloader healthStarterReloader(ConfigurableApplicationContext context, HealthProperties properties,
			HealthMonitor health, TimeSource time, ObjectProvider<ConfigurationRefresh> refresh) {
		ConfigurationReload configuration = new ConfigurationReload(
				new ConfigurationFiles(context.getEnvironment(), context),
				() -> refresh.ifAvailable(ConfigurationRefresh::refresh), context, properties);
		return new Reloader((trigger) -> {
			try {
				configuration.reload();
				context.publishEvent(new ReloadRequestedEvent(trigger));
			}
			finally {
				health.freshSnapshot();
			}
		}, new FailureText(context, context.getEnvironment())::of, Scheduler.start("health-reload"), time);
	}

	// Without a condition: whether the signal is asked for is known when the application
	// starts, and not where it is processed ahead of time
	@Bean
	ReloadOnSignal healthStarterReloadOnSignal(ObjectProvider<ReloadSignal> signal, ObjectProvider<Reloader> reloader,
			HealthMonitor health) {
		return new ReloadOnSignal(signal, reloader, health);
	}

	/**
	 * Lets others take up what is configured.
	 */
	@FunctionalInterface
	interface ConfigurationRefresh {

		/**
		 * Take it up.
		 */
		void refresh();

	}

	/**
	 * Spring Cloud's beans that can be refreshed.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ContextRefresher.class)
	static class SpringCloud {

		@Bean
		ConfigurationRefresh healthStarterConfigurationRefresh(ObjectProvider<ContextRefresher> refreshers) {
			return () -> refreshers.ifAvailable(ContextRefresher::refresh);
		}

	}

}
