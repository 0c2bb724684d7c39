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

package io.github.healthstarter.autoconfigure.mode;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.autoconfigure.lifecycle.LifecycleAutoConfiguration;
import io.github.healthstarter.mode.ModeController;
import io.github.healthstarter.mode.ModeListener;
import io.github.healthstarter.time.Notifications;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;

/**
 * Auto-configuration of the modes that operators may ask for.
 */
@AutoConfiguration(after = LifecycleAutoConfiguration.class)
@ConditionalOnHealthEnabled
public final class ModeAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ModeController healthStarterModeController(TimeSource time) {
		return new ModeController(Scheduler.start("health-mode"), time);
	}

	@Bean
	@ConditionalOnMissingBean(name = "healthStarterModeLog")
	ModeListener healthStarterModeLog(@Qualifier("healthStarterLogs") Notifications logs) {
		return ModeListener.log(logs::execute);
	}

	@Bean
	@ConditionalOnMissingBean(name = "healthStarterModeEvents")
	ModeListener healthStarterModeEvents(ApplicationEventPublisher publisher,
			@Qualifier("healthStarterEvents") Notifications events) {
		return ModeListener.publishing(publisher, events::execute);
	}

	@Bean
	ModeStart healthStarterModeStart(ModeController modes, ObjectProvider<ModeListener> listeners,
			HealthProperties properties, TimeSource time) {
		return new ModeStart(modes, listeners, () -> properties.modeAtStart(time.instant()));
	}

}
