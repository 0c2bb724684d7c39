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
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.autoconfigure.check.CheckDiscovery;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.reload.ReloadListener;
import io.github.healthstarter.reload.ReloadRequestedEvent;
import io.github.healthstarter.reload.Reloader;
import io.github.healthstarter.time.Scheduler;

/**
 * Auto-configuration of reloads.
 */
@AutoConfiguration
@ConditionalOnHealthEnabled
public final class ReloadAutoConfiguration {

	private static final String SYSTEMD = "healthStarterSystemdService";

	// Most applications never reload
	@Bean
	@Lazy
	Reloader healthStarterReloader(ConfigurableApplicationContext context, HealthProperties properties,
			HealthInstance instance, CheckDiscovery checks, ObjectProvider<ConfigurationRefresh> refresh) {
		ConfigurationReload configuration = new ConfigurationReload(
				new ConfigurationFiles(context.getEnvironment(), context),
				() -> refresh.ifAvailable(ConfigurationRefresh::refresh), checks, instance,
				new ConfigurationReload.Initial(properties, context.getEnvironment()));
		Reloader reloader = new Reloader((trigger) -> {
			try {
				configuration.reload();
				context.publishEvent(new ReloadRequestedEvent(trigger));
			}
			finally {
				instance.health().freshSnapshot();
			}
		}, new FailureText(context, context.getEnvironment())::of, Scheduler.start("health-reload"), instance.time());
		if (context.containsBean(SYSTEMD)) {
			reloader.addListener(context.getBean(SYSTEMD, ReloadListener.class));
		}
		return reloader;
	}

	/**
	 * Lets others read the configuration again.
	 */
	@FunctionalInterface
	interface ConfigurationRefresh {

		/**
		 * Read it again.
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
