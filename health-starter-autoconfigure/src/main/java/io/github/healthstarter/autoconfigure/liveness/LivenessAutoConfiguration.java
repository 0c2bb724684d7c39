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

package io.github.healthstarter.autoconfigure.liveness;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.lifecycle.LifecycleAutoConfiguration;
import io.github.healthstarter.availability.ApplicationLiveness;
import io.github.healthstarter.liveness.LivenessMonitor;
import io.github.healthstarter.liveness.LivenessSignal;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;

/**
 * Auto-configuration of the liveness signals.
 */
@AutoConfiguration(after = LifecycleAutoConfiguration.class)
@ConditionalOnHealthEnabled
public final class LivenessAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "healthStarterDeadlockSignal")
	@ConditionalOnBooleanProperty(name = "health.liveness.signals.deadlock.enabled", matchIfMissing = true)
	LivenessSignal healthStarterDeadlockSignal() {
		return LivenessSignal.deadlock();
	}

	@Bean
	@ConditionalOnMissingBean
	ApplicationLiveness healthStarterApplicationLiveness() {
		return new ApplicationLiveness();
	}

	@Bean(initMethod = "start")
	@ConditionalOnMissingBean
	LivenessMonitor healthStarterLivenessMonitor(ObjectProvider<LivenessSignal> signals, TimeSource time) {
		return new LivenessMonitor(signals.orderedStream().toList(), Scheduler.start(LivenessMonitor.THREAD_NAME),
				time);
	}

}
