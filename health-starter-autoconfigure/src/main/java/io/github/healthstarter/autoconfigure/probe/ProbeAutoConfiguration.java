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

package io.github.healthstarter.autoconfigure.probe;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.autoconfigure.check.CheckAutoConfiguration;
import io.github.healthstarter.autoconfigure.liveness.LivenessAutoConfiguration;
import io.github.healthstarter.autoconfigure.mode.ModeAutoConfiguration;
import io.github.healthstarter.check.CheckEngine;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.liveness.LivenessMonitor;
import io.github.healthstarter.mode.ModeController;
import io.github.healthstarter.probe.HealthListener;
import io.github.healthstarter.probe.HealthMonitor;
import io.github.healthstarter.probe.HealthSources;
import io.github.healthstarter.probe.ProbeCounters;
import io.github.healthstarter.probe.ServiceInfo;
import io.github.healthstarter.probe.StartupGate;
import io.github.healthstarter.time.Notifications;
import io.github.healthstarter.time.TimeSource;

/**
 * Auto-configuration of the snapshot that probes answer from.
 */
@AutoConfiguration(
		after = { CheckAutoConfiguration.class, LivenessAutoConfiguration.class, ModeAutoConfiguration.class })
@ConditionalOnHealthEnabled
public final class ProbeAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	HealthSources healthStarterSources(Lifecycle lifecycle, LivenessMonitor liveness, CheckEngine checks,
			ModeController modes) {
		return new HealthSources(lifecycle, liveness, checks, modes);
	}

	@Bean
	@ConditionalOnMissingBean
	HealthMonitor healthStarterMonitor(HealthSources sources, TimeSource time,
			@Qualifier("healthStarterLogs") Notifications logs) {
		return new HealthMonitor(sources, time, logs::execute);
	}

	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	StartupGate healthStarterStartupGate(Lifecycle lifecycle, CheckEngine checks, HealthProperties properties,
			TimeSource time) {
		return new StartupGate(lifecycle, checks, properties.startup().awaitChecks(), time);
	}

	@Bean
	@ConditionalOnMissingBean(name = "healthStarterLog")
	HealthListener healthStarterLog() {
		return HealthListener.log();
	}

	@Bean
	HealthListeners healthStarterListeners(HealthMonitor health, ObjectProvider<HealthListener> listeners) {
		return new HealthListeners(health, listeners);
	}

	@Bean
	@ConditionalOnMissingBean
	ProbeCounters healthStarterProbeCounters() {
		return new ProbeCounters();
	}

	@Bean
	@ConditionalOnMissingBean
	ServiceInfo healthStarterServiceInfo(Environment environment, ObjectProvider<BuildProperties> build,
			ObjectProvider<GitProperties> git) {
		BuildProperties buildProperties = build.getIfAvailable();
		GitProperties gitProperties = git.getIfAvailable();
		String version = (buildProperties != null) ? buildProperties.getVersion() : null;
		return new ServiceInfo(environment.getProperty("spring.application.name"),
				(version != null) ? version : environment.getProperty("spring.application.version"),
				(gitProperties != null) ? gitProperties.getShortCommitId() : null, InstanceName.find(environment));
	}

}
