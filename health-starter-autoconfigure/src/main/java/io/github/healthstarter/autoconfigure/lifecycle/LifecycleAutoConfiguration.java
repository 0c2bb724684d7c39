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

package io.github.healthstarter.autoconfigure.lifecycle;

import java.lang.management.ManagementFactory;
import java.time.Duration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.time.Notifications;
import io.github.healthstarter.time.TimeSource;

/**
 * Auto-configuration of the lifecycle, and of the time and the notifications that all
 * else shares.
 */
@AutoConfiguration
@ConditionalOnHealthEnabled
@EnableConfigurationProperties(HealthProperties.class)
public final class LifecycleAutoConfiguration {

	@Bean
	static LivenessPropertyCheck healthStarterLivenessPropertyCheck(Environment environment) {
		return new LivenessPropertyCheck(environment);
	}

	@Bean
	@ConditionalOnMissingBean
	TimeSource healthStarterTimeSource() {
		return TimeSource.system();
	}

	// Apart from events, so that nothing that an application does with one can keep a
	// line
	// from the log
	@Bean
	@ConditionalOnMissingBean(name = "healthStarterLogs")
	Notifications healthStarterLogs() {
		return new Notifications("health-logs");
	}

	@Bean
	@ConditionalOnMissingBean(name = "healthStarterEvents")
	Notifications healthStarterEvents() {
		return new Notifications("health-events");
	}

	@Bean
	@ConditionalOnMissingBean
	Lifecycle healthStarterLifecycle(TimeSource time) {
		return new Lifecycle(time, Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()));
	}

	@Bean
	LifecycleListener healthStarterLifecycleListener(ApplicationContext context, Lifecycle lifecycle) {
		return new LifecycleListener(context, lifecycle);
	}

}
