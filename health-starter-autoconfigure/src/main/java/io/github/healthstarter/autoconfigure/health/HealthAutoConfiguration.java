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

package io.github.healthstarter.autoconfigure.health;

import java.lang.management.ManagementFactory;
import java.time.Duration;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.autoconfigure.Replaceable;
import io.github.healthstarter.availability.ApplicationLiveness;
import io.github.healthstarter.availability.AvailabilityBridge;
import io.github.healthstarter.check.CheckEngine;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.health.HealthListener;
import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.health.HealthSources;
import io.github.healthstarter.health.ProbeCounters;
import io.github.healthstarter.health.ServiceInfo;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.liveness.LivenessMonitor;
import io.github.healthstarter.liveness.LivenessSignal;
import io.github.healthstarter.liveness.WatchedExecutor;
import io.github.healthstarter.mode.ModeController;
import io.github.healthstarter.mode.ModeListener;
import io.github.healthstarter.notification.Notifications;
import io.github.healthstarter.startup.StartupGate;
import io.github.healthstarter.startup.StartupProgress;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;

/**
 * Auto-configuration of the state that probes tell of, and of what decides about it apart
 * from checks and the drain. Each part of an auto-configuration costs a start some
 * milliseconds, so what has the same conditions stands in one.
 */
@AutoConfiguration(after = ApplicationAvailabilityAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnHealthEnabled
@EnableConfigurationProperties(HealthProperties.class)
public final class HealthAutoConfiguration {

	@Bean
	@Replaceable
	TimeSource healthStarterTimeSource() {
		return TimeSource.system();
	}

	@Bean
	@Replaceable
	Notifications healthStarterNotifications() {
		return new Notifications();
	}

	@Bean
	@Replaceable
	Lifecycle healthStarterLifecycle(TimeSource time) {
		return new Lifecycle(time, Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()));
	}

	// There already where a SpringApplication builds the context
	@Bean
	@Replaceable
	StartupProgress healthStarterStartupProgress(TimeSource time) {
		return new StartupProgress(time);
	}

	@Bean
	LifecycleListener healthStarterLifecycleListener(ApplicationContext context, Lifecycle lifecycle,
			StartupProgress progress) {
		AncestorCheck.check(context, "healthStarterLifecycleListener");
		return new LifecycleListener(context, lifecycle, progress);
	}

	@Bean
	@Replaceable(byName = true)
	@ConditionalOnBooleanProperty(name = "health.liveness.signals.deadlock.enabled", matchIfMissing = true)
	LivenessSignal healthStarterDeadlockSignal() {
		return LivenessSignal.deadlock();
	}

	@Bean
	@ConditionalOnBooleanProperty("health.liveness.signals.request-executor.enabled")
	UnwatchedRequests healthStarterUnwatchedRequests(ApplicationContext context,
			ObjectProvider<WatchedExecutor> executors) {
		return new UnwatchedRequests(context, executors);
	}

	@Bean
	@Replaceable
	ApplicationLiveness healthStarterApplicationLiveness() {
		return new ApplicationLiveness();
	}

	@Bean(initMethod = "start")
	@Replaceable
	LivenessMonitor healthStarterLivenessMonitor(ObjectProvider<LivenessSignal> signals, TimeSource time,
			Environment environment) {
		LivenessPropertyCheck.check(environment);
		return new LivenessMonitor(signals.orderedStream().toList(), Scheduler.start(LivenessMonitor.THREAD_NAME),
				time);
	}

	@Bean
	@Replaceable
	ModeController healthStarterModeController(TimeSource time, ApplicationEventPublisher publisher,
			Notifications notifications) {
		ModeController modes = new ModeController(Scheduler.start("health-mode"), time);
		modes.addListener(ModeListener.log(notifications.logs()));
		modes.addListener(ModeListener.publishing(publisher, notifications.events()));
		return modes;
	}

	@Bean
	@Replaceable
	HealthMonitor healthStarterMonitor(Lifecycle lifecycle, LivenessMonitor liveness, CheckEngine checks,
			ModeController modes, TimeSource time, Notifications notifications) {
		HealthMonitor health = new HealthMonitor(new HealthSources(lifecycle, liveness, checks, modes), time,
				notifications.logs());
		health.addListener(HealthListener.log());
		return health;
	}

	@Bean
	@Lazy(false)
	@Replaceable
	StartupGate healthStarterStartupGate(Lifecycle lifecycle, CheckEngine checks, HealthProperties properties,
			TimeSource time) {
		return new StartupGate(lifecycle, checks, properties.startup().awaitChecks(), time);
	}

	// After Spring Boot's own listener, which so hears of a state before this one answers
	// it with another
	@Bean
	@Replaceable
	AvailabilityBridge healthStarterAvailabilityBridge(ApplicationContext context, HealthMonitor health,
			ApplicationLiveness liveness, Notifications notifications) {
		return new AvailabilityBridge(context, health, liveness, notifications.events());
	}

	@Bean
	HealthListeners healthStarterListeners(ListableBeanFactory beanFactory, HealthMonitor health, DrainController drain,
			Notifications notifications, HealthProperties properties, TimeSource time) {
		return new HealthListeners(beanFactory, health, drain, notifications.events(),
				() -> properties.modeAtStart(time.instant()));
	}

	@Bean
	@Replaceable
	ProbeCounters healthStarterProbeCounters() {
		return new ProbeCounters();
	}

	@Bean
	@Replaceable
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
